"""Setting a text into lines: greedy breaks, balanced by bisection, shrunk to fit, no lonely last syllable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from loa.render.tree.fonts import width_of
from loa.render.tree.words import NBSP, chunks

_BISECTIONS = 9
_STEP = 0.96
KEEPS = 0.72
"""How much of its size a text keeps before it takes one more line."""
_PAUSES = {"–": 1.0, ":": 1.0, ".": 1.0, ";": 1.0, "!": 1.0, "?": 1.0, ",": 0.7}
_EVEN = 0.5
_SHORT, _OVER, _LONELY = 0.55, 1.15, 0.3


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
    """A text set into lines. ``fits`` is False when even the smallest size does not do.

    ``loose`` says that a compound had to be broken or a word stands alone; a layout with another choice takes that.
    """

    lines: tuple[str, ...]
    size: float
    width: float
    height: float
    fits: bool
    loose: bool = False


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


def _at_a_pause(
    counts: list[int], pieces: Sequence[str], widths: Sequence[float], space: float, room: float
) -> list[int]:
    """Break two lines where a reader would pause, if neither line gets too long or too short for it."""
    if len(counts) != 2:  # noqa: PLR2004 - a pair of lines, and nothing else
        return counts
    best, score = counts, 0.0
    for at in range(1, len(pieces)):
        worth = _PAUSES.get(pieces[at - 1][-1], 0.0)
        first = sum(widths[:at]) + space * (at - 1)
        second = sum(widths[at:]) + space * (len(pieces) - at - 1)
        even = min(first, second) / max(first, second)
        if max(first, second) <= room and even >= _EVEN and worth * even > score:
            best, score = [at, len(pieces) - at], worth * even
    return best


def _company(counts: list[int], widths: Sequence[float], space: float, room: float) -> list[int]:
    """Give a short last line pieces of the line above, as long as it stays the shorter of the two."""
    counts = list(counts)
    while len(counts) > 1 and counts[-2] > 1:
        lines = _line_widths(counts, widths, space)
        moved = lines[-1] + space + widths[len(widths) - counts[-1] - 1]
        left = lines[-2] - space - widths[len(widths) - counts[-1] - 1]
        if lines[-1] >= _SHORT * max(lines) or moved > room or moved > left * _OVER:
            break
        counts[-2:] = [counts[-2] - 1, counts[-1] + 1]
    return counts


def _line_widths(counts: Sequence[int], widths: Sequence[float], space: float) -> list[float]:
    found, at = [], 0
    for count in counts:
        found.append(sum(widths[at : at + count]) + space * (count - 1))
        at += count
    return found


def _set_once(pieces: Sequence[str], style: Style, size: float, room: float) -> Setting:
    widths = [width_of(piece, size, style.weight, style.tracking) for piece in pieces]
    space = width_of("a a", size, style.weight, style.tracking) - width_of("aa", size, style.weight, style.tracking)
    counts = _balanced(widths, space, room) if style.balance else _break(widths, space, room)
    if style.balance:
        counts = _at_a_pause(counts, pieces, widths, space, room)
    counts = _company(counts, widths, space, room)
    lines, at = [], 0
    for count in counts:
        lines.append(" ".join(pieces[at : at + count]))
        at += count
    wide = max(width_of(line, size, style.weight, style.tracking) for line in lines)
    fits = len(lines) <= style.lines and wide <= room + 0.5
    lonely = len(lines) > 1 and min(_line_widths(counts, widths, space)) < _LONELY * wide
    return Setting(tuple(lines), size, wide, len(lines) * size * style.leading, fits, loose=lonely)


@lru_cache(maxsize=16384)
def set_text(text: str, style: Style, room: float) -> Setting:
    """Set a text into a room of this width.

    A text that may shrink takes the fewest lines at which it keeps most of its size: a title grows to one or two
    large lines before it falls into three small ones.
    """
    pieces = chunks(text)
    if style.smallest < style.size:
        enough = max(style.smallest, style.size * KEEPS)
        for lines in range(1, style.lines + 1):
            setting = _largest(pieces, replace(style, lines=lines, smallest=enough), room)
            if setting.fits:
                return setting
    setting = _largest(pieces, style, room)
    if not setting.fits and style.lines > 1:  # a compound wider than the room may break after all
        loose = _set_once([word for piece in pieces for word in piece.split(NBSP)], style, setting.size, room)
        return replace(loose, loose=True) if loose.fits else setting
    return setting


def _largest(pieces: Sequence[str], style: Style, room: float) -> Setting:
    size = style.size
    setting = _set_once(pieces, style, size, room)
    while not setting.fits and size > style.smallest:
        size = max(size * _STEP, style.smallest)
        setting = _set_once(pieces, style, size, room)
    return setting
