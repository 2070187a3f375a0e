"""Every way to break a text that is worth having, in ems: sizes and widths of boxes only choose among them.

Widths grow with the size, so that what a text needs is told once by ratios: "two lines want at least 11.3 ems". The
best breaks are found as TeX finds them, over all lines at once (Knuth & Plass 1981): even lines, ends where a reader
would pause, no word left alone, no name torn.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from loa.render.tree.fonts import em_width
from loa.render.tree.words import FREE, NBSP, chunks, joints

LONELY = 0.3
"""A line shorter than this share of the widest looks forgotten."""
_SHORT, _SHORT_COST, _LONELY_COST = 0.45, 1.2, 0.6
_WIDEST = 2.4
_SLACK, _NARROWER = 1e-6, 1e-5
_NONE = float("inf")


class Breaking(NamedTuple):
    """A text in lines; ``width`` is that of the widest, in ems."""

    lines: tuple[str, ...]
    width: float
    lonely: bool


class Copy:
    """One text in one weight, measured once: its pieces, and the breaks that were asked for."""

    def __init__(
        self, pieces: tuple[str, ...], hues: Sequence[float], style: tuple[int, float, str, bool, bool]
    ) -> None:
        weight, tracking, family, upper, even = style
        self._style = (weight, tracking, family)
        self._pieces = [_shown(piece, upper) for piece in pieces]
        self._joints = [*hues, FREE]
        self._even = even
        self._widths = [em_width(piece, weight, tracking, family) for piece in self._pieces]
        self._space = em_width("a a", weight, tracking, family) - em_width("aa", weight, tracking, family)
        self._broadest = max(self._widths)
        self._starts = [0.0, *accumulate(width + self._space for width in self._widths)]
        self._tight: dict[int, Breaking | None] = {}
        self._best: dict[int, list[Breaking]] = {}

    def tight(self, lines: int) -> Breaking | None:
        """The breaking into at most so many lines that needs the least room; None when fewer lines need no more."""
        if lines not in self._tight:
            self._tight[lines] = self._tightest(lines)
        return self._tight[lines]

    def best(self, lines: int, room: float = _NONE) -> Breaking:
        """The best breaking into so many lines within a room that is known to be enough for them.

        Each known one is the best of all that are narrower than the one before it. The answer is the first that the
        room takes, so it is the best of this room whatever was asked before.
        """
        if not self._even:  # long lines want to be as long as this very room
            return self._within(lines, room)
        known = self._best.setdefault(lines, [])
        for breaking in known:
            if breaking.width <= room + _SLACK:
                return breaking
        while True:
            limit = known[-1].width - _NARROWER if known else _NONE
            found = self._within(lines, limit)
            if known and found.width >= known[-1].width:
                return found
            known.append(found)
            if found.width <= room + _SLACK:
                return found

    def _within(self, lines: int, room: float) -> Breaking:
        ends = self._cheapest(lines, room)
        if ends:
            return self._broken(ends)
        tight = self.tight(lines)
        return tight if tight is not None else self._broken([len(self._pieces)])

    def greedy(self, room: float) -> Breaking:
        """Every line as long as it can be, whatever that looks like."""
        return self._broken(self._greedy(room)[0])

    # -- ways

    def _width(self, start: int, end: int) -> float:
        return self._starts[end] - self._starts[start] - self._space

    def _broken(self, ends: Sequence[int]) -> Breaking:
        starts = (0, *ends[:-1])
        spans = list(zip(starts, ends, strict=True))
        lines = tuple(" ".join(self._pieces[start:end]) for start, end in spans)
        widths = [self._width(start, end) for start, end in spans]
        wide = max(widths)
        return Breaking(lines, wide, len(lines) > 1 and min(widths) < LONELY * wide)

    def _greedy(self, room: float) -> tuple[list[int], float]:
        """Where lines end when each takes all that it can, and the next room at which one would take more."""
        ends: list[int] = []
        starts, offset, more = self._starts, -self._space, _NONE
        for end in range(2, len(self._pieces) + 1):
            width = starts[end] + offset
            if width > room:
                more = min(more, width)
                ends.append(end - 1)
                offset = -self._space - starts[end - 1]
        return [*ends, len(self._pieces)], more

    def _tightest(self, lines: int) -> Breaking | None:
        count = len(self._pieces)
        if lines > count:
            return None
        room = max(self._broadest, (self._width(0, count) - self._space * (lines - 1)) / lines)
        ends, more = self._greedy(room + _SLACK)
        while len(ends) > lines:
            ends, more = self._greedy(more + _SLACK)
        return self._broken(ends) if len(ends) == lines else None

    def _cheapest(self, lines: int, room: float) -> list[int] | None:
        """The ends of the lines that cost least, none wider than the room; None if there is no such way."""
        count = len(self._pieces)
        whole = (self._width(0, count) - self._space * (lines - 1)) / lines
        target = whole if self._even else min(room, self._width(0, count))
        limit = min(room, max(self._broadest, _WIDEST * whole)) + _SLACK
        costs: list[float] = [0.0] + [_NONE] * count
        ways: list[list[int]] = []
        for line in range(1, lines + 1):
            costs, way = self._one_line_more(costs, line, lines, target, limit)
            ways.append(way)
        if costs[count] == _NONE:
            return None
        ends = [count]
        for way in reversed(ways[1:]):
            ends.append(way[ends[-1]])
        return ends[::-1]

    def _one_line_more(
        self, before: list[float], line: int, lines: int, target: float, limit: float
    ) -> tuple[list[float], list[int]]:
        """The least cost to end line number ``line`` after each piece, and where that line began."""
        count, is_last, starts = len(self._pieces), line == lines, self._starts
        costs, way = [_NONE] * (count + 1), [0] * (count + 1)
        for end in range(count if is_last else line, count - (lines - line) + 1):
            least = _NONE
            edge = starts[end] - self._space
            for start in range(end - 1, line - 2, -1):
                width = edge - starts[start]
                if width > limit:
                    break
                cost = before[start] + self._cost(width / target, is_last)
                if cost < least:
                    least, way[end] = cost, start
            costs[end] = least + self._joints[end - 1]
        return costs, way

    def _cost(self, share: float, is_last: bool) -> float:  # noqa: FBT001 - called for every line that could be
        """What a line costs that takes this share of what it should."""
        cost = 0.0 if is_last and not self._even and share <= 1 else (share - 1) ** 2
        if share < _SHORT:
            cost += (_SHORT - share) * _SHORT_COST + (_LONELY_COST if share < LONELY else 0.0)
        return cost


def _shown(piece: str, upper: bool) -> str:  # noqa: FBT001 - one of the values of a style
    plain = piece.replace(NBSP, " ")
    return plain.upper() if upper else plain


@lru_cache(maxsize=8192)
def copy_of(text: str, weight: int, tracking: float, even: bool, family: str, upper: bool) -> Copy:  # noqa: FBT001 - a cache takes them by place
    """A text, measured, with its compounds whole."""
    pieces = chunks(text)
    return Copy(pieces, joints(pieces), (weight, tracking, family, upper, even))


@lru_cache(maxsize=1024)
def split_copy(text: str, weight: int, tracking: float, even: bool, family: str, upper: bool) -> Copy:  # noqa: FBT001 - as above
    """The same text with its compounds open: the last resort."""
    words = tuple(text.split())
    return Copy(words, joints(words), (weight, tracking, family, upper, even))
