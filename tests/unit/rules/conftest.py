from datetime import date
from pathlib import Path

import pytest
from support.office import make_office

from loa.rules import RuleSet, rules_in_force
from loa.workspace import Workspace, open_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(make_office(tmp_path / "office"))


@pytest.fixture
def rules(workspace: Workspace) -> RuleSet:
    """The rules that the program brings."""
    return rules_in_force(workspace, date(2027, 3, 2))
