"""Setting a text into lines: greedy breaks, balanced by bisection, shrunk to fit, no lonely last syllable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from loa.render.tree.fonts import width_of
from loa.render.tree.words import NBSP, chunks

_BISECTIONS = 9
_STEP = 0.96


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set, sizes already in pixels."""

    size: float
    smallest: float
    lines: int
    weight: int
    leading: float
    tracking: float = 0
    balance: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """A text set into lines. ``fits`` is False when even the smallest size does not do."""

    lines: tuple[str, ...]
    size: float
    width: float
    height: float
    fits: bool


def _break(widths: Sequence[float], space: float, room: float) -> list[int]:
    """How many pieces each line takes, filling greedily."""
    counts: list[int] = []
    used = room + 1
    for width in widths:
        if used + space + width <= room:
            counts[-1] += 1
            used += space + width
        else:
            counts.append(1)
            used = width
    return counts


def _balanced(widths: Sequence[float], space: float, room: float) -> list[int]:
    """The same number of lines in the narrowest room that allows it."""
    counts = _break(widths, space, room)
    low, high = max(widths), room
    if len(counts) < 2 or low >= high:  # noqa: PLR2004 (one line needs no balance)
        return counts
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_break(widths, space, middle)) == len(counts) else (middle, high)
    return _break(widths, space, high)


def _company(counts: list[int], pieces: Sequence[str]) -> list[int]:
    """Give a last line of one syllable a piece of the line above."""
    if len(counts) > 1 and counts[-1] == 1 and counts[-2] > 2 and NBSP not in pieces[-1]:  # noqa: PLR2004
        return [*counts[:-2], counts[-2] - 1, 2]
    return counts


def _set_once(pieces: Sequence[str], style: Style, size: float, room: float) -> Setting:
    widths = [width_of(piece, size, style.weight, style.tracking) for piece in pieces]
    space = width_of("a a", size, style.weight, style.tracking) - width_of("aa", size, style.weight, style.tracking)
    counts = _balanced(widths, space, room) if style.balance else _break(widths, space, room)
    counts = _company(counts, pieces)
    lines, at = [], 0
    for count in counts:
        lines.append(" ".join(pieces[at : at + count]))
        at += count
    wide = max(width_of(line, size, style.weight, style.tracking) for line in lines)
    fits = len(lines) <= style.lines and wide <= room + 0.5
    return Setting(tuple(lines), size, wide, len(lines) * size * style.leading, fits)


@lru_cache(maxsize=16384)
def set_text(text: str, style: Style, room: float) -> Setting:
    """Set a text into a room of this width: at its own size if that fits, else smaller, down to the smallest."""
    pieces = chunks(text)
    size = style.size
    setting = _set_once(pieces, style, size, room)
    while not setting.fits and size > style.smallest:
        size = max(size * _STEP, style.smallest)
        setting = _set_once(pieces, style, size, room)
    if not setting.fits and style.lines > 1:  # a compound wider than the room may break after all
        loose = _set_once([word for piece in pieces for word in piece.split(NBSP)], style, size, room)
        return loose if loose.fits else setting
    return setting
