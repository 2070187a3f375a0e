"""A whole palette from one or two colours of an office: OKLCH keeps the hue while lightness gives the contrast."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loa.render.contrast import ENOUGH, ENOUGH_ELDER, contrast
from loa.render.tree.theme import parse_hex

GOLD = "#FFC420"
_WHITE, _BLACK = "#FFFFFF", "#000000"
_ALERT, _GOOD = "#C81E36", "#08806C"
_OTHERS = ("#C81E36", "#08806C", "#C0440B", "#6440BF", "#9A5200", "#1259C3", "#0B7A8C")
"""Accents beside the office's own colour; those too near its hue are left out."""
_ACCENTS = 6
_NEAR = 28.0
_SPARE = 1.04
"""A little more contrast than is asked for, so that rounding to eight bits never falls below."""
_BRIGHT = 1.35
"""How far the highlight stands above what is needed on the deepest ground, so that gradients have somewhere to go."""
_STEPS = 24
_ROUNDING = 1e-4


@dataclass(frozen=True, slots=True)
class Lch:
    """A colour by lightness (0 to 1), chroma and hue (degrees), even to the eye."""

    lightness: float
    chroma: float
    hue: float

    @classmethod
    def of(cls, text: str) -> Lch:
        """The colour of ``#RRGGBB``."""
        red, green, blue = (_linear(value / 255) for value in parse_hex(text)[:3])
        long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
        middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
        short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
        lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
        a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
        b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
        return cls(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)

    def hex(self) -> str:
        """``#RRGGBB``, with as much of the chroma as a screen can show."""
        low, high = 0.0, self.chroma
        if _in_gamut(channels := self._channels(high)):
            low = high
        for _ in range(_STEPS if low < high else 0):
            middle = (low + high) / 2
            low, high = (middle, high) if _in_gamut(self._channels(middle)) else (low, middle)
        channels = self._channels(low)
        return "#" + "".join(f"{round(255 * _gamma(min(1.0, max(0.0, value)))):02X}" for value in channels)

    def _channels(self, chroma: float) -> tuple[float, float, float]:
        a, b = chroma * math.cos(math.radians(self.hue)), chroma * math.sin(math.radians(self.hue))
        long = (self.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        middle = (self.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (self.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        return (
            4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
        )


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 (sRGB)


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055  # noqa: PLR2004 (sRGB)


def _in_gamut(channels: Sequence[float]) -> bool:
    return all(-_ROUNDING <= value <= 1 + _ROUNDING for value in channels)


def least_contrast(text: str, grounds: Iterable[str]) -> float:
    """The contrast of a colour on the worst of its grounds."""
    return min(contrast(parse_hex(text), parse_hex(ground)) for ground in grounds)


def readable(text: str, grounds: Sequence[str], least: float) -> str:
    """The colour nearest to ``text``, of the same hue, that reads on all of ``grounds``; black or white at the end."""
    if least_contrast(text, grounds) >= least:
        return text
    color = Lch.of(text)
    ends = (0.0, 1.0) if least_contrast(_BLACK, grounds) >= least_contrast(_WHITE, grounds) else (1.0, 0.0)
    good, bad = ends[0], color.lightness
    for _ in range(_STEPS):
        middle = (good + bad) / 2
        tried = Lch(middle, color.chroma, color.hue).hex()
        good, bad = (middle, bad) if least_contrast(tried, grounds) >= least * _SPARE else (good, middle)
    return Lch(good, color.chroma, color.hue).hex()


@dataclass(frozen=True, slots=True)
class Derived:
    """A palette by role, its gradients, its accents, and the same for elder readers."""

    colors: dict[str, str]
    gradients: dict[str, tuple[str, str, int]]
    accents: tuple[str, ...]
    elder_colors: dict[str, str]
    elder_gradients: dict[str, tuple[str, str, int]]
    elder_accents: tuple[str, ...]


def derive(primary: str, highlight: str = "") -> Derived:
    """The palette of an office whose own colour is ``primary``; a colour that already reads is kept as it is."""
    own = Lch.of(primary)
    vivid = min(own.chroma, 0.16)
    paper = Lch(0.974, min(0.009, own.chroma), own.hue).hex()
    deep = Lch(0.27, min(vivid, 0.1), own.hue).hex()
    main = readable(primary, (paper, _WHITE), ENOUGH * _SPARE)
    bright = readable(highlight or GOLD, (deep,), _BRIGHT * ENOUGH)
    royal = _under((bright, _WHITE), min(Lch.of(main).lightness, 0.44), vivid, own.hue, ENOUGH * 1.08)
    middle = Lch((Lch.of(deep).lightness + Lch.of(royal).lightness) / 2 - 0.03, vivid, own.hue).hex()
    soft = readable(Lch(0.92, min(0.045, own.chroma), own.hue).hex(), (royal,), ENOUGH * _SPARE)
    grounds = (paper, _WHITE)
    colors = {
        "paper": paper,
        "card": _WHITE,
        "ink": Lch(0.25, min(vivid, 0.06), own.hue).hex(),
        "muted": readable(Lch(0.47, min(vivid, 0.035), own.hue).hex(), grounds, 1.2 * ENOUGH),
        "line": Lch(0.905, min(0.02, own.chroma), own.hue).hex(),
        "deep": deep,
        "primary": main,
        "royal": royal,
        "soft": soft,
        "on-deep": _WHITE,
        "highlight": bright,
        "on-highlight": deep,
        "alert": readable(_ALERT, grounds, ENOUGH * _SPARE),
        "good": readable(_GOOD, grounds, ENOUGH * _SPARE),
    }
    accents = (main, *(readable(each, grounds, ENOUGH * _SPARE) for each in _apart(own.hue)))[:_ACCENTS]
    return Derived(
        colors,
        {"header": (middle, "royal", 35), "cover": ("deep", "royal", 60)},
        accents,
        *_elder(colors, accents, vivid, own.hue),
    )


def _elder(
    colors: dict[str, str], accents: tuple[str, ...], vivid: float, hue: float
) -> tuple[dict[str, str], dict[str, tuple[str, str, int]], tuple[str, ...]]:
    """Black on white, and every colour dark enough for 7:1."""
    bright = readable(colors["highlight"], (colors["deep"],), _BRIGHT * ENOUGH_ELDER)
    over = (bright, _WHITE)
    royal = _under(over, Lch.of(colors["royal"]).lightness, vivid, hue, ENOUGH_ELDER * _SPARE)
    dark = {name: readable(colors[name], (_WHITE,), ENOUGH_ELDER * _SPARE) for name in ("primary", "alert", "good")}
    told = {
        "paper": _WHITE,
        "ink": _BLACK,
        "muted": Lch(0.26, 0.02, hue).hex(),
        "line": Lch(0.74, 0.02, hue).hex(),
        "soft": _WHITE,
        "royal": royal,
        "highlight": bright,
        **dark,
    }
    gradients = {"header": ("deep", "royal", 35), "cover": ("deep", "royal", 60)}
    return told, gradients, tuple(readable(each, (_WHITE,), ENOUGH_ELDER * _SPARE) for each in accents)


def _under(texts: Sequence[str], lightness: float, chroma: float, hue: float, least: float) -> str:
    """The lightest ground of this hue, not lighter than ``lightness``, that carries all of these texts."""
    low, high = 0.0, lightness
    for _ in range(_STEPS):
        middle = (low + high) / 2
        ground = Lch(middle, chroma, hue).hex()
        low, high = (middle, high) if all(least_contrast(text, (ground,)) >= least for text in texts) else (low, middle)
    return Lch(low, chroma, hue).hex()


def _apart(hue: float) -> list[str]:
    """The usual accents whose hue is not that of the office."""
    return [each for each in _OTHERS if abs((Lch.of(each).hue - hue + 180) % 360 - 180) > _NEAR]
