"""What must hold of every placed tree before it is painted: nothing overflows, is unreadable, or cannot be scanned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loa.errors import Problem
from loa.render.contrast import ENOUGH, ENOUGH_ELDER, ENOUGH_LARGE, blend, contrast, luminance
from loa.render.tree import nodes
from loa.render.tree.boxes import boxes_of
from loa.render.tree.fill import Element
from loa.render.tree.fonts import missing_glyphs
from loa.render.tree.icons import ICONS
from loa.render.tree.measure import Placed, Rect
from loa.render.tree.paint import qr_grid
from loa.render.tree.qr import SMALLEST_MODULE, modules
from loa.render.tree.theme import Rgba, Shade, Theme

WHITE: Rgba = (255, 255, 255, 255)
_SLACK = 1.5
_LARGE_TEXT = 32.0
_ROUNDING = 0.01
_MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class Lint:
    """Checks one placed tree; ``name`` is the template and format told to people."""

    theme: Theme
    name: str
    safe: Rect

    def problems(self, root: Placed, ground: Rgba = WHITE) -> list[Problem]:
        return [*self._tree(root, root.rect, ground)]

    def _tree(self, placed: Placed, around: Rect, ground: Rgba) -> Iterator[Problem]:
        ground = ground_under(self.theme, placed.element, ground)
        if not _inside(placed.rect, around):
            yield self._problem("E431", _label(placed))
        if isinstance(placed.element.node, nodes.Text):
            yield from self._text(placed, placed.element.node, ground)
        elif isinstance(placed.element.node, nodes.Qr):
            yield from self._qr(placed)
        elif isinstance(placed.element.node, nodes.Fit) and not placed.element.children:
            yield self._problem("E439", "")
        elif placed.element.kind == "icon" and placed.element.get("name") not in ICONS:  # a name that the data gave
            yield Problem("E414", {"template": self.name, "icon": placed.element.get("name")}, accepted=tuple(ICONS))
        if isinstance(placed.element.node, nodes.Text | nodes.Qr) and not _inside(placed.inner, self.safe):
            yield self._problem("E436", _label(placed))
        for child in placed.children:
            yield from self._known(child, placed.rect, ground)

    def _known(self, placed: Placed, around: Rect, ground: Rgba) -> tuple[Problem, ...]:
        """What was found before of a box that stands where it stood in an earlier picture."""
        memory, key = boxes_of(self.theme).problems, (placed, around, ground, self.safe, self.name)
        found: tuple[Problem, ...] | None = memory.get(key)
        if found is None:
            if len(memory) > _MOST_KNOWN:
                memory.clear()
            found = memory[key] = tuple(self._tree(placed, around, ground))
        return found

    def _problem(self, code: str, text: str, **params: str) -> Problem:
        return Problem(code, {"template": self.name, "text": text[:60], **params})

    def _text(self, placed: Placed, node: nodes.Text, ground: Rgba) -> Iterator[Problem]:
        text = f"{placed.element.get('text')} {placed.element.get('tail')}".strip()
        if placed.text is None or not placed.text.setting.fits:
            yield self._problem("E431", text)
            return
        if placed.text.setting.split:
            yield self._problem("E450", text)
        if missing := missing_glyphs(text, self.theme.family(node.face)):
            yield self._problem("E432", text, glyphs=" ".join(missing))
        behind = self.theme.color(node.behind, placed.element.accent) if node.behind else ground
        ratio = contrast(blend(self.theme.color(node.color, placed.element.accent), behind), behind)
        large = placed.text.setting.size >= _LARGE_TEXT
        enough = ENOUGH_LARGE if large else ENOUGH_ELDER if self.theme.elder else ENOUGH
        if ratio < enough:
            yield self._problem("E433", text, ratio=f"{ratio:.1f}")
        smallest = min(placed.text.setting.size, placed.text.tail_size or placed.text.setting.size)
        if smallest < self.theme.smallest - _ROUNDING and placed.element.get("tail") != "%":
            yield self._problem("E435", text, size=f"{smallest:.0f}")

    def _qr(self, placed: Placed) -> Iterator[Problem]:
        value = placed.element.get("value")
        cell = qr_grid(placed.inner, len(modules(value)))[0]
        if cell < SMALLEST_MODULE:
            yield self._problem("E434", value, module=f"{cell:.0f}")


def ground_under(theme: Theme, element: Element, below: Rgba) -> Rgba:
    """The colour that text inside stands on; of a gradient the lighter end, the worse one for our white text."""
    if not element.node.fill:
        return below
    fill = theme.fill(element.node.fill, element.accent)
    color = max((fill.start, fill.end), key=luminance) if isinstance(fill, Shade) else fill
    return blend(color, below)


def _label(placed: Placed) -> str:
    if placed.element.get("text"):
        return placed.element.get("text")
    return next((label for child in placed.children if (label := _label(child))), "")


def _inside(rect: Rect, around: Rect) -> bool:
    return (
        rect.x >= around.x - _SLACK
        and rect.y >= around.y - _SLACK
        and rect.x + rect.width <= around.x + around.width + _SLACK
        and rect.y + rect.height <= around.y + around.height + _SLACK
    )
