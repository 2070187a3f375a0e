"""What the lint of pictures cannot know: a burnt-in caption must not lie over what the scene shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loa.errors import Problem
from loa.render.clip.captions import burnt_in
from loa.render.clip.timeline import Shot
from loa.render.picture import Design
from loa.render.tree import nodes
from loa.render.tree.measure import Placed, Rect

_SHOWN = (nodes.Text, nodes.Qr, nodes.Logo, nodes.Image, nodes.Ring, nodes.Bar, nodes.Chart)
_SLACK = 2.0


def caption_problems(plan: Design, shot: Shot, roots: Sequence[Placed]) -> Iterator[Problem]:
    """E446 for each thing that the caption of a scene covers."""
    words = burnt_in(shot, roots) if shot.caption else None
    if words is None:
        return
    panel = next((panel for root in roots if (panel := _panel(root, words)) is not None), words)
    for root in roots:
        for part in _leaves(root, panel):
            if _overlap(part.inner, panel.rect):
                name = f"{plan.order.template}/{plan.order.format}"
                covered = part.element.get("text") or part.element.kind
                params = {"template": name, "text": shot.caption[:60], "covered": covered[:60]}
                yield Problem("E446", params)


def _panel(placed: Placed, words: Placed) -> Placed | None:
    """The outermost box with a ground of its own that holds the caption and little else."""
    if placed is words:
        return words
    for child in placed.children:
        found = _panel(child, words)
        if found is not None:
            return placed if placed.element.node.fill else found
    return None


def _leaves(placed: Placed, panel: Placed) -> Iterator[Placed]:
    if placed is panel:
        return
    if isinstance(placed.element.node, _SHOWN):
        yield placed
    for child in placed.children:
        yield from _leaves(child, panel)


def _overlap(one: Rect, other: Rect) -> bool:
    return (
        one.x + _SLACK < other.x + other.width
        and other.x + _SLACK < one.x + one.width
        and one.y + _SLACK < other.y + other.height
        and other.y + _SLACK < one.y + one.height
    )
