"""How well one colour reads on another, as WCAG measures it."""

from __future__ import annotations

from loa.render.tree.theme import Rgba

ENOUGH, ENOUGH_LARGE, ENOUGH_ELDER = 4.5, 3.0, 7.0
"""For text, for large text and figures, and for elder readers."""


def blend(over: Rgba, below: Rgba) -> Rgba:
    """One colour over another, opaque."""
    alpha = over[3] / 255
    red, green, blue = (round(a * alpha + b * (1 - alpha)) for a, b in zip(over[:3], below[:3], strict=True))
    return red, green, blue, 255


def luminance(color: Rgba) -> float:
    """Relative luminance as WCAG defines it."""
    linear = [
        value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 (WCAG)
        for value in color[:3]
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Rgba, other: Rgba) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
