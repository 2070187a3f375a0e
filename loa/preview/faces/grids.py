"""How a network lays several pictures side by side, and how much of each it cuts away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Network = Literal["facebook", "x"]
_SHOWN = {"facebook": 5, "x": 4}
_TALLEST = {"facebook": 4 / 5, "x": 3 / 4}
"""Width over height of the tallest single picture that is shown whole."""
_SQUARE = (0.9, 1.1)


@dataclass(frozen=True, slots=True)
class Grid:
    """The name of an arrangement (a class of the style sheet), and width over height of each place in it."""

    name: str
    ratios: tuple[float, ...]
    more: int = 0
    """How many pictures are not shown: a number stands over the last."""


def arranged(network: Network, sizes: Sequence[tuple[int, int]]) -> Grid:
    """The arrangement of pictures of these sizes (pixels); the first one decides."""
    ratios = [_ratio(*size) for size in sizes]
    if not ratios:
        return Grid("none", ())
    more = max(0, len(ratios) - _SHOWN[network])
    if len(ratios) == 1:
        tallest = _TALLEST[network]
        return Grid("one-cut", (tallest,)) if ratios[0] < tallest - 0.01 else Grid("one", (ratios[0],))
    grid = _on_x(len(ratios)) if network == "x" else _on_facebook(ratios)
    return Grid(grid.name, grid.ratios, more)


def kept(size: tuple[int, int], place: float) -> tuple[float, float, float, float]:
    """What of a picture is seen in a place of this ratio: left, top, width, height, as parts of the picture."""
    ratio = _ratio(*size)
    if not place or not ratio:
        return 0.0, 0.0, 1.0, 1.0
    if ratio > place:
        share = place / ratio
        return (1 - share) / 2, 0.0, share, 1.0
    share = ratio / place
    return 0.0, (1 - share) / 2, 1.0, share


def _ratio(width: int, height: int) -> float:
    return width / height if width and height else 1.0


def _on_facebook(ratios: Sequence[float]) -> Grid:
    low, high = _SQUARE
    shape = "wide" if ratios[0] > high else "tall" if ratios[0] < low else "square"
    return _FACEBOOK[min(len(ratios), 5), shape]


def _on_x(count: int) -> Grid:
    return _X[min(count, 4)]


_FACEBOOK = {
    (2, "wide"): Grid("two-rows", (2.0, 2.0)),
    (2, "tall"): Grid("two-tall", (0.5, 0.5)),
    (2, "square"): Grid("two-columns", (1.0, 1.0)),
    (3, "wide"): Grid("three-rows", (2.0, 1.0, 1.0)),
    (3, "tall"): Grid("three-columns", (0.5, 1.0, 1.0)),
    (3, "square"): Grid("three-rows", (2.0, 1.0, 1.0)),
    (4, "wide"): Grid("four-rows", (1.5, 1.0, 1.0, 1.0)),
    (4, "tall"): Grid("four-columns", (2 / 3, 1.0, 1.0, 1.0)),
    (4, "square"): Grid("four-square", (1.0, 1.0, 1.0, 1.0)),
    (5, "wide"): Grid("five-rows", (1.0, 1.0, 1.0, 1.0, 1.0)),
    (5, "tall"): Grid("five-columns", (1.0, 1.0, 1.5, 1.5, 1.5)),
    (5, "square"): Grid("five-rows", (1.0, 1.0, 1.0, 1.0, 1.0)),
}
_X = {
    2: Grid("x-two", (8 / 9, 8 / 9)),
    3: Grid("x-three", (8 / 9, 16 / 9, 16 / 9)),
    4: Grid("x-four", (16 / 9, 16 / 9, 16 / 9, 16 / 9)),
}
