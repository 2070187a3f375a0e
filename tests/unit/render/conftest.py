from pathlib import Path

import pytest
from support.pictures import make_studio

from loa.workspace import Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return make_studio(tmp_path / "studio")
