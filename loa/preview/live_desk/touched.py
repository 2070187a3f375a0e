"""Which campaigns, and which of their items, a saved file belongs to, as far as their own words tell."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from loa.campaign import LoadedCampaign, read_campaigns
from loa.dispatch import Parts
from loa.workspace import Workspace

_ALL: frozenset[str] = frozenset()


def touched_by(workspace: Workspace, saved: Iterable[Path]) -> Parts:
    """The campaigns that the files are, or whose items name them; none where a file may belong to any campaign."""
    campaigns, problems = read_campaigns(workspace)
    found: dict[str, frozenset[str]] = {}
    for path in saved:
        named = {each.campaign.id: _items(each, _shown(workspace, path)) for each in campaigns}
        own = {campaign: items for campaign, items in named.items() if items is not None}
        if problems or not own:
            return {}
        for name, items in own.items():
            found[name] = _ALL if _ALL in (items, found.get(name)) else items | found.get(name, items)
    return found


def _items(loaded: LoadedCampaign, name: str) -> frozenset[str] | None:
    """The items that name a file; ``_ALL`` where something else of the campaign does too, None where nothing does."""
    if loaded.shown == name:
        return _ALL
    if not name or name not in loaded.loaded.text:
        return None
    named = {each.id: loaded.item_source(each.id).count(name) for each in loaded.campaign.items}
    whole = loaded.loaded.text.count(name) == sum(named.values())
    return frozenset(item for item, times in named.items() if times) if whole else _ALL


def _shown(workspace: Workspace, path: Path) -> str:
    """The name of a file of the campaigns or their content; empty for any other."""
    rooms = (workspace.campaigns, workspace.content)
    return workspace.shown(path) if any(path.is_relative_to(room) for room in rooms) else ""
