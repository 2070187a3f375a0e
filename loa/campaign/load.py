"""``campaigns/**/*.yaml`` → campaigns, each with the way back to its lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from loa.campaign.model import Campaign, Item
from loa.errors import Place, Problem, ProblemsFound, WorkspaceError
from loa.reader import Loaded, load_text, read_text
from loa.workspace import Workspace
from loa.workspace.space import SETTINGS_FILE

Loc = tuple[str | int, ...]
PLAN_FILE = "plan.yaml"
_KEPT = 64
"""Files: an office with more of them reads the rest anew."""


@dataclass(frozen=True)
class LoadedCampaign:
    """A campaign and the file that says it."""

    campaign: Campaign
    shown: str
    loaded: Loaded[Campaign]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {item.id: number for number, item in enumerate(self.loaded.value.items)}

    def item(self, item_id: str) -> Item:
        """The item of this id (KeyError where there is none)."""
        return self.loaded.value.items[self._numbers[item_id]]

    def part(self, items: Collection[str]) -> LoadedCampaign:
        """The campaign with these of its items alone: for a quick look; what is checked on it may miss the others."""
        kept = [each for each in self.campaign.items if each.id in items]
        return replace(self, campaign=self.campaign.model_copy(update={"items": kept}))

    def item_source(self, item_id: str) -> str:
        """The raw lines that say the item."""
        return self.loaded.source_of(("items", self._numbers[item_id]))

    def item_place(self, item_id: str, *loc: str | int) -> Place:
        """Where something of the item stands in the file."""
        return self.loaded.place_of(("items", self._numbers[item_id], *loc))


def load_campaigns(ws: Workspace) -> tuple[LoadedCampaign, ...]:
    """Every campaign of the workspace, in the order of the paths.

    Raises:
        ProblemsFound: with all problems of all files.
    """
    campaigns, problems = read_campaigns(ws)
    if problems:
        raise ProblemsFound(problems)
    return campaigns


def read_campaigns(ws: Workspace) -> tuple[tuple[LoadedCampaign, ...], list[Problem]]:
    """The campaigns that can be read, and what is wrong with the others: ``loa check`` tells of both at once."""
    campaigns: list[LoadedCampaign] = []
    problems: list[Problem] = []
    for path in _files(ws):
        shown = ws.shown(path)
        try:
            campaigns.append(_load(ws, path, shown))
        except WorkspaceError as error:
            problems.append(Problem(error.code, error.params, Place(shown)))
        except ProblemsFound as found:
            problems += found.problems()
    return tuple(campaigns), [*problems, *_doubles(campaigns)]


def plan_files(ws: Workspace) -> list[Path]:
    """The files of plans, which are no campaigns."""
    return [path for path in _written(ws) if path.name == PLAN_FILE]


def _files(ws: Workspace) -> list[Path]:
    return [path for path in _written(ws) if path.name != PLAN_FILE]


def _written(ws: Workspace) -> list[Path]:
    """Every YAML file of the staff; a folder with a ``loa.yaml`` is a workspace of its own and left alone."""
    return sorted(_below(ws.campaigns))


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir():
            if not (path / SETTINGS_FILE).is_file():
                yield from _below(path)
        elif path.suffix.lower() in (".yaml", ".yml") and path.is_file() and not path.name.startswith((".", "~")):
            yield path


def _load(ws: Workspace, path: Path, shown: str) -> LoadedCampaign:
    ws.inside(shown)
    if path.suffix != ".yaml":  # a file that is silently left out is a campaign that silently does not run
        raise ProblemsFound([Problem("E220", {"name": path.with_suffix(".yaml").name}, Place(shown))])
    return _as_read(read_text(path, shown), shown)


@lru_cache(maxsize=_KEPT)
def _as_read(text: str, shown: str) -> LoadedCampaign:
    """Read once for as long as the text is the same: pages, plans and lookouts ask for it again and again."""
    loaded = load_text(text, Campaign, shown)
    return LoadedCampaign(loaded.value, shown, loaded)


def _doubles(campaigns: Sequence[LoadedCampaign]) -> Iterator[Problem]:
    """Ids that are there twice: campaigns in the workspace; what a campaign lists under an id."""
    first: dict[str, str] = {}
    for loaded in campaigns:
        campaign = loaded.campaign
        if campaign.id in first:
            params = {"id": campaign.id, "file": first[campaign.id]}
            yield Problem("E221", params, loaded.loaded.place_of(("id",)))
        first.setdefault(campaign.id, loaded.shown)
        for name in ("items", "audiences", "themes", "phases", "events"):
            entries = getattr(campaign, name)
            yield from _double_ids(loaded, (((name, n, "id"), entry.id) for n, entry in enumerate(entries)))
        for number, item in enumerate(campaign.items):
            here = ("items", number, "make")
            yield from _double_ids(loaded, (((*here, n, "id"), make.id) for n, make in enumerate(item.make)))


def _double_ids(loaded: LoadedCampaign, ids: Iterable[tuple[Loc, str]]) -> Iterator[Problem]:
    first: dict[str, Loc] = {}
    for loc, id_ in ids:
        if id_ in first:
            line = loaded.loaded.place_of(first[id_]).line
            yield Problem("E222", {"id": id_, "line": str(line)}, loaded.loaded.place_of(loc))
        first.setdefault(id_, loc)
