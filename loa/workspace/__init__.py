"""The workspace: find it, open it, lay out a new one; its units, its accounts, all of its paths."""

from loa.workspace.accounts import Accounts, PlacedAccount
from loa.workspace.brands import BRANDS, brand_names, brand_problems
from loa.workspace.bundle import CARRIED, PLAN_SAMPLES, SAMPLES, bundled, init_workspace
from loa.workspace.paths import is_contained
from loa.workspace.settings import (
    AccountSettings,
    Delegation,
    Lateness,
    Policies,
    RecipientList,
    Reviewer,
    Role,
    Settings,
    SharedMedia,
    Unit,
)
from loa.workspace.space import Workspace, find_root, open_workspace
from loa.workspace.units import UnitTree, is_valid_on

__all__ = [
    "BRANDS",
    "CARRIED",
    "PLAN_SAMPLES",
    "SAMPLES",
    "AccountSettings",
    "Accounts",
    "Delegation",
    "Lateness",
    "PlacedAccount",
    "Policies",
    "RecipientList",
    "Reviewer",
    "Role",
    "Settings",
    "SharedMedia",
    "Unit",
    "UnitTree",
    "Workspace",
    "brand_names",
    "brand_problems",
    "bundled",
    "find_root",
    "init_workspace",
    "is_contained",
    "is_valid_on",
    "open_workspace",
]
