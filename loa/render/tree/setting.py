"""Setting a text into a box: the fewest lines at which it keeps most of its size, broken as well as the room allows."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from loa.render.fontfiles import FAMILY
from loa.render.tree.breaks import Breaking, Copy, copy_of, split_copy

KEEPS = 0.72
"""How much of its size a text keeps before it takes one more line."""
_YIELDS = 0.93
"""How much of its size a text gives up for better breaks."""
_SLACK = 0.5
_STEPS = 4


class Style(NamedTuple):
    """How a text is set, sizes already in pixels."""

    size: float
    smallest: float
    lines: int
    weight: int
    leading: float
    tracking: float = 0
    balance: bool = True
    family: str = FAMILY
    upper: bool = False

    @property
    def face(self) -> tuple[int, float, bool, str, bool]:
        """What the shapes of the words depend on."""
        return self.weight, self.tracking, self.balance, self.family, self.upper


class Setting(NamedTuple):
    """A text set into lines. ``fits`` is False when even the smallest size does not do.

    ``split`` says that a compound had to be broken, ``loose`` that this happened or that a line stands alone; a layout
    with another choice takes that.
    """

    lines: tuple[str, ...]
    size: float
    width: float
    height: float
    fits: bool
    loose: bool = False
    split: bool = False


@lru_cache(maxsize=16384)
def set_text(text: str, style: Style, room: float) -> Setting:
    """Set a text into a room of this width.

    A text that may shrink takes the fewest lines at which it keeps most of its size: a title grows to one or two
    large lines before it falls into three small ones.
    """
    if not text or text.isspace():
        return Setting(("",), style.size, 0, style.size * style.leading, fits=True)
    face = style.face
    whole = copy_of(text, *face)
    smallest = style.smallest
    found = _set(whole, style, max(smallest, style.size * KEEPS), room) or _set(whole, style, smallest, room)
    if found is None and style.lines > 1:
        opened = _set(split_copy(text, *face), style, smallest, room)
        found = opened._replace(loose=True, split=True) if opened is not None else None
    return found if found is not None else _overflowing(whole, style, room)


def set_width(text: str, style: Style) -> float:
    """The width of a text on one line, in ems."""
    tight = copy_of(text, *style.face).tight(1)
    return tight.width if tight is not None else 0.0


def _set(copy: Copy, style: Style, floor: float, room: float) -> Setting | None:
    """The text in the fewest lines that the room takes at this size or a larger one."""
    for lines in range(1, style.lines + 1):
        tight = copy.tight(lines)
        if tight is not None and tight.width * floor <= room + _SLACK:
            return _settled(copy, lines, tight, style, floor, room)
    return None


def _settled(copy: Copy, lines: int, tight: Breaking, style: Style, floor: float, room: float) -> Setting:
    """So many lines at the largest size, or a little below it where that gives better breaks."""
    largest = _even(min(style.size, (room + _SLACK) / tight.width), style.size, floor)
    if lines == 1:
        return _made(tight, largest, style)
    best = copy.best(lines)
    size = _even(min(largest, (room + _SLACK) / best.width), style.size, floor)
    if size < max(floor, largest * _YIELDS) or best.width * size > room + _SLACK:
        best, size = copy.best(lines, (room + _SLACK) / largest), largest
    return _made(best, size, style)


def _even(size: float, full: float, floor: float) -> float:
    """A shrunken size in quarters of a pixel: fewer sizes are drawn faster, and nobody sees the difference."""
    return size if size >= full else max(floor, math.floor(size * _STEPS) / _STEPS)


def _made(breaking: Breaking, size: float, style: Style) -> Setting:
    height = len(breaking.lines) * size * style.leading
    return Setting(breaking.lines, size, breaking.width * size, height, fits=True, loose=breaking.lonely)


def _overflowing(copy: Copy, style: Style, room: float) -> Setting:
    """What does not fit, as it would look; the lint will stop it."""
    size = style.smallest
    breaking = copy.greedy(room / size)
    return _made(breaking, size, style)._replace(fits=False)
