"""What a check works with: one campaign among its workspace and the channels that there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from loa.campaign.content import Content, read_content
from loa.campaign.load import LoadedCampaign, Loc
from loa.campaign.members import during, members
from loa.campaign.model import Campaign, Item
from loa.errors import Place, Problem, ProblemsFound, WorkspaceError
from loa.reader import closest
from loa.workspace import Workspace


class Choosable(Protocol):
    """An option of a channel, as far as a check goes (``loa.delivery.Option``)."""

    @property
    def name(self) -> str: ...
    @property
    def accepted(self) -> tuple[str, ...]: ...
    @property
    def takes(self) -> Callable[[str], bool] | None: ...


class Card(Protocol):
    """What a check asks of a channel's card (``loa.delivery.ChannelCard``, a room above this one)."""

    @property
    def to_recipients(self) -> bool: ...
    @property
    def account_settings(self) -> tuple[str, ...]: ...
    @property
    def account_secrets(self) -> tuple[str, ...]: ...
    @property
    def options(self) -> Sequence[Choosable]: ...
    @property
    def chosen_by(self) -> str: ...
    @property
    def variants(self) -> Mapping[str, Card]: ...
    def of(self, settings: Mapping[str, str]) -> Card: ...


@dataclass
class Contents:
    """Content files, each read once in a check, and what is wrong with them, each told once."""

    ws: Workspace
    read: dict[str, Content | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    flawed: set[str] = field(default_factory=set)
    """Files whose sections are not what was meant: nothing more is to be concluded from them."""

    def get(self, relative: str, place: Place) -> Content | None:
        """The content, or None where it cannot be read (then ``problems`` say why; ``place`` is who asked first)."""
        if relative not in self.read:
            self.read[relative] = self._load(relative, place)
        return self.read[relative]

    def _load(self, relative: str, place: Place) -> Content | None:
        try:
            if not self.ws.inside(relative).is_file():
                self.problems.append(Problem("E233", {"file": relative}, place, suggestion=self._near(relative)))
                return None
            content, problems = read_content(self.ws, relative)
        except WorkspaceError as error:
            self.problems.append(Problem(error.code, error.params, place))
        except ProblemsFound as found:
            self.problems += found.problems()
        else:
            self.problems += problems
            if problems:
                self.flawed.add(relative)
            return content
        return None

    def _near(self, relative: str) -> str:
        return closest(relative, (self.ws.shown(path) for path in self.ws.content.rglob("*.md")))


@dataclass(frozen=True)
class Scope:
    """One campaign and all that it may refer to."""

    ws: Workspace
    loaded: LoadedCampaign
    cards: Mapping[str, Card]
    contents: Contents

    @property
    def campaign(self) -> Campaign:
        return self.loaded.campaign

    def place(self, loc: Loc, *, key: bool = False) -> Place:
        return self.loaded.loaded.place_of(loc, key=key)

    def units_of(self, item: Item) -> tuple[str, ...]:
        """The codes of the units that send ``item`` while the campaign runs; codes that no unit has are left out."""
        return during(self.ws.units, self.campaign, members(self.ws.units, self.campaign, item))

    def unknown(self, code: str, name: str, choices: Iterable[str], loc: Loc, *, key: bool = False) -> Problem:
        """A reference to something that is not there."""
        accepted = tuple(choices)
        return Problem(code, {"name": name}, self.place(loc, key=key), accepted, closest(name, accepted))
