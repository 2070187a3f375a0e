"""A chart of bars for papers: what is, what is to be, where it began. Black on white prints well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from loa.messages import number
from loa.render.canvas import SkiaCanvas
from loa.render.finish import encode
from loa.render.tree.fonts import width_of
from loa.render.tree.measure import Rect

_WIDTH, _ROW, _MARGIN = 1650, 150, 24
"""Dots: 165 mm at ten a millimetre."""
_SIZE, _REGULAR, _BOLD = 36.0, 400, 600
_THICK, _THIN = 46, 12
_INK, _PALE, _BAR, _GROUND = (20, 20, 20, 255), (236, 236, 232, 255), (11, 61, 145, 255), (255, 255, 255, 255)
_BEGAN, _GOAL = (120, 120, 120, 255), (176, 0, 32, 255)
_ROOM = Decimal("1.05")
_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the chart; all three values in ``unit``."""

    label: str
    unit: str
    value: Decimal
    target: Decimal
    began: Decimal | None = None


def bar_chart(bars: Sequence[Bar]) -> bytes:
    """A PNG with a bar for each value, a mark where it is to be, and a thin line where it began.

    Raises:
        RenderError: never for a PNG without a limit of bytes.
    """
    canvas = SkiaCanvas(_WIDTH, _ROW * len(bars) + 2 * _MARGIN)
    canvas.rect(Rect(0, 0, _WIDTH, _ROW * len(bars) + 2 * _MARGIN), _GROUND)
    for place, bar in enumerate(bars):
        _draw(canvas, bar, _MARGIN + place * _ROW)
    return encode(canvas.pixels, "png")


def measured(value: Decimal, unit: str) -> str:
    """A value with its unit: 51,5% and 12 lớp."""
    return f"{number(value)}{unit}" if unit == "%" else f"{number(value)} {unit}".rstrip()


def _draw(canvas: SkiaCanvas, bar: Bar, top: float) -> None:
    told = f"{measured(bar.value, bar.unit)} / {measured(bar.target, bar.unit)}"
    room = _WIDTH - width_of(told, _SIZE, _BOLD) - 40
    canvas.line(_shortened(bar.label, room), 0, top + 40, _SIZE, _REGULAR, 0, _INK)
    canvas.line(told, _WIDTH - width_of(told, _SIZE, _BOLD), top + 40, _SIZE, _BOLD, 0, _INK)
    full = _PERCENT if bar.unit.strip() == "%" else max(bar.value, bar.target, bar.began or 0) * _ROOM
    y = top + 60
    canvas.rect(Rect(0, y, _WIDTH, _THICK), _PALE)
    canvas.rect(Rect(0, y, _reach(bar.value, full), _THICK), _BAR)
    if bar.began is not None:
        canvas.rect(Rect(0, y + _THICK, _reach(bar.began, full), _THIN), _BEGAN)
    goal = min(_reach(bar.target, full), _WIDTH - 6)
    canvas.rect(Rect(goal, y - 8, 6, _THICK + 16), _GOAL)


def _reach(value: Decimal, full: Decimal) -> float:
    return float(max(Decimal(0), min(value / full, Decimal(1)))) * _WIDTH if full else 0.0


def _shortened(label: str, room: float) -> str:
    words = label.split()
    while len(words) > 1 and width_of(" ".join(words), _SIZE, _REGULAR) > room:
        words[-2:] = ["…"]
    return " ".join(words)
