"""Which campaigns a saved file belongs to, as far as their own words tell."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from loa.campaign import read_campaigns
from loa.workspace import Workspace


def campaigns_of(workspace: Workspace, saved: Iterable[Path]) -> frozenset[str]:
    """The campaigns that the files are, or that name them; none where a file may belong to any campaign."""
    campaigns, problems = read_campaigns(workspace)
    found: set[str] = set()
    for path in saved:
        name = _shown(workspace, path)
        own = {each.campaign.id for each in campaigns if each.shown == name or (name and name in each.loaded.text)}
        if problems or not own:
            return frozenset()
        found |= own
    return frozenset(found)


def _shown(workspace: Workspace, path: Path) -> str:
    """The name of a file of the campaigns or their content; empty for any other."""
    rooms = (workspace.campaigns, workspace.content)
    return workspace.shown(path) if any(path.is_relative_to(room) for room in rooms) else ""
