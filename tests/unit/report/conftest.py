"""A small office for the reports."""

from pathlib import Path

import pytest
from support.office import make_office

from loa.workspace import Workspace, open_workspace


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return open_workspace(make_office(tmp_path_factory.mktemp("office")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "report"
