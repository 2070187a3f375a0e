"""The workspace: one folder with ``loa.yaml`` at its root. All paths of the program are made here."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from loa.errors import LoaError, Problem, ProblemsFound, WorkspaceError
from loa.reader import Loaded, load
from loa.workspace.accounts import Accounts
from loa.workspace.bundle import bundled
from loa.workspace.check import read_all_accounts, read_all_units, settings_problems, unit_flaws
from loa.workspace.paths import inside
from loa.workspace.settings import AccountSettings, Settings
from loa.workspace.units import UnitTree, tree_problems

SETTINGS_FILE = "loa.yaml"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace that was opened and found in order."""

    root: Path
    settings: Settings
    """What ``loa.yaml`` says, with the accounts of the file that it names among its own."""
    units: UnitTree
    zone: ZoneInfo
    loaded: Loaded[Settings]
    """``loa.yaml`` as it was written; of an account, ``accounts`` tells the place."""
    accounts: Accounts
    flaws: tuple[Problem, ...] = field(default=(), compare=False)
    """What is wrong with one unit and holds up no other."""

    @property
    def campaigns(self) -> Path:
        return self.root / "campaigns"

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def rules(self) -> Path:
        """The office's own rules of messages to people, over those that the program brings."""
        return self.root / "rules"

    @property
    def var(self) -> Path:
        return self.root / "var"

    @property
    def book(self) -> Path:
        return self.var / "book.sqlite"

    @property
    def assets(self) -> Path:
        return self.var / "assets"

    @property
    def holidays_file(self) -> Path | None:
        name = self.settings.holidays_file
        return inside(self.root, name) if name else None

    def account(self, account_id: str) -> AccountSettings:
        """The account of this id.

        Raises:
            LoaError: E203, there is no such account.
        """
        if account_id not in self.accounts.by_id:
            raise LoaError("E203", account=account_id)
        return self.accounts.by_id[account_id]

    def accounts_for(self, unit_code: str, channel: str) -> tuple[AccountSettings, ...]:
        """The accounts of this unit itself on this channel; those of its parent speak for the parent."""
        return self.accounts.of.get((unit_code, channel), ())

    def secret_names(self) -> dict[str, tuple[str, ...]]:
        """Every secret that is asked for, with the ids of the accounts (``media``: the common store; ``alerts``)."""
        asked: dict[str, tuple[str, ...]] = {}
        for account in self.settings.accounts:
            for name in account.secrets.values():
                asked[name] = (*asked.get(name, ()), account.id)
        for name in filter(None, (self.settings.media.access_key, self.settings.media.secret_key)):
            asked[name] = (*asked.get(name, ()), "media")
        for name in filter(None, (way.smtp_password for way in self.settings.alerts)):
            asked[name] = (*asked.get(name, ()), "alerts")
        return asked

    def shown(self, path: Path) -> str:
        """How a path is told to people: relative to the workspace where it lies inside."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def inside(self, relative: str) -> Path:
        """The path of a file that the staff named, never outside the workspace (symbolic links neither)."""
        return inside(self.root, relative)

    def find_file(self, relative: str) -> Path:
        """``inside``; of ``templates/``, the file that the program brings where the workspace has none of its own."""
        own = inside(self.root, relative)
        folder, _, rest = relative.partition("/")
        if folder == "templates" and rest and not own.exists():
            shipped = inside(bundled("templates"), rest)
            return shipped if shipped.is_file() else own
        return own

    def find_template(self, name: str) -> Path | None:
        """The folder of a template: the workspace's own first, then the one that the program brings."""
        own = inside(self.root, f"templates/{name}")
        if own.is_dir():
            return own
        shipped = inside(bundled("templates"), name)
        return shipped if shipped.is_dir() else None


def find_root(start: Path) -> Path:
    """The nearest folder at or above ``start`` that has a ``loa.yaml``.

    Raises:
        WorkspaceError: E201, there is none.
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    raise WorkspaceError("E201", folder=start)


def open_workspace(root: Path) -> Workspace:
    """Read ``loa.yaml`` and the units.

    Raises:
        ProblemsFound: everything that is wrong in them, at once.
    """
    root = root.resolve()
    loaded = load(root / SETTINGS_FILE, Settings, SETTINGS_FILE)
    placed, problems = read_all_units(root, loaded)
    accounts, wrong_accounts = read_all_accounts(root, loaded)
    # References are judged on the whole tree only: a row that could not be read would make them all look wrong.
    whole = [] if problems else placed
    problems += wrong_accounts
    problems += tree_problems(whole)
    problems += settings_problems(root, loaded, whole, accounts)
    if problems:
        raise ProblemsFound(problems)
    tree = UnitTree(tuple(item.unit for item in placed))
    settings = loaded.value.model_copy(update={"accounts": tuple(each.account for each in accounts)})
    return Workspace(
        root, settings, tree, ZoneInfo(settings.time_zone), loaded, Accounts(tuple(accounts)), unit_flaws(root, placed)
    )
