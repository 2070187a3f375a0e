"""The one place that knows Skia's text: how wide words are, and lines drawn with each letter in a font that has it."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import skia

from loa.errors import RenderError
from loa.render.fontfiles import FALLBACKS, FAMILY, file_of

ASCENT, DESCENT = 1.0, 0.265
"""Of an em, the same in every weight of Be Vietnam Pro; other families are set on the same lines."""
_MEASURE, _DRAWN = 100.0, 1000.0
_HIGHEST, _LOWEST = 1.5, 0.8
_WEIGHT_AXIS = 0x77676874  # wght
_MARKS = range(0x300, 0x370)
_PLAIN = range(0x20, 0x2100)
_local = threading.local()


# -- typefaces, from their files alone: the fonts of the computer are never asked for


@lru_cache(maxsize=64)
def _typeface(family: str, weight: int) -> Any:
    face = skia.FontMgr.New_Custom_Empty().makeFromFile(str(file_of(family, weight)))
    if face is None:
        raise RenderError("E452", font=file_of(family, weight).name)
    if any(axis.tag == _WEIGHT_AXIS for axis in face.getVariationDesignParameters()):
        coordinates = skia.FontArguments.VariationPosition.Coordinates(
            [skia.FontArguments.VariationPosition.Coordinate(_WEIGHT_AXIS, float(weight))]
        )
        position = skia.FontArguments.VariationPosition(coordinates)
        return face.makeClone(skia.FontArguments().setVariationDesignPosition(position))
    return face


@lru_cache(maxsize=1)
def _unicode() -> Any:
    return skia.Unicodes.ICU.Make()


class _Desk:
    """Skia's font collection of one thread: its paragraph cache is not made for two."""

    def __init__(self) -> None:
        self._provider = skia.textlayout.TypefaceFontProvider()
        self._collection = skia.textlayout.FontCollection()
        self._collection.setDefaultFontManager(self._provider)
        self._known: set[str] = set()
        self.paragraph: Callable[[str, float, int, float, int, str], Any] = lru_cache(maxsize=2048)(self._paragraph)

    def _alias(self, family: str, weight: int) -> str:
        """The name under which the collection knows one weight of a family."""
        alias = f"{family} {weight}"
        if alias not in self._known:
            self._provider.registerTypeface(_typeface(family, weight), alias)
            self._known.add(alias)
        return alias

    def _style(self, family: str, size: float, weight: int, tracking: float, color: int) -> Any:
        style = skia.textlayout.TextStyle()
        style.setFontFamilies([self._alias(family, weight)])
        style.setFontSize(size)
        style.setColor(color)
        style.setLetterSpacing(tracking * size / 1000)
        return style

    def _paragraph(self, text: str, size: float, weight: int, tracking: float, color: int, family: str) -> Any:
        pieces = runs(text, family)
        styles = {name: self._style(name, size, weight, tracking, color) for name, _ in pieces or ((family, ""),)}
        whole = skia.textlayout.ParagraphStyle()
        whole.setTextStyle(next(iter(styles.values())))
        builder = skia.textlayout.ParagraphBuilder.make(whole, self._collection, _unicode())
        for name, piece in pieces:
            builder.pushStyle(styles[name])
            builder.addText(piece)
            builder.pop()
        paragraph = builder.Build()
        paragraph.layout(1_000_000)
        return paragraph


def _desk() -> _Desk:
    if not hasattr(_local, "desk"):
        _local.desk = _Desk()
    desk: _Desk = _local.desk
    return desk


# -- which font has a letter


@lru_cache(maxsize=8)
def _plain(family: str) -> frozenset[str]:
    """The letters of common use that a family has; loose marks are left out, for not every font can place them."""
    letters = [code for code in _PLAIN if code not in _MARKS]
    glyphs = _typeface(family, 400).unicharsToGlyphs(letters)
    return frozenset(chr(code) for code, glyph in zip(letters, glyphs, strict=True) if glyph)


def _clusters(text: str) -> list[str]:
    """Letters with the marks on them."""
    clusters: list[str] = []
    for letter in text:
        if clusters and (unicodedata.category(letter).startswith("M") or letter in "\u200c\u200d"):
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return clusters


@lru_cache(maxsize=4096)
def _family_of(cluster: str, family: str) -> str | None:
    """The first family that has every part of a cluster; None if no font has."""
    marked = any(ord(letter) in _MARKS for letter in cluster)
    for name in dict.fromkeys((family, *FALLBACKS)):
        if marked and name == FAMILY:
            continue  # its marks do not find their place over and under a letter
        if all(_typeface(name, 400).unicharsToGlyphs([ord(letter) for letter in cluster])):
            return name
    return None


@lru_cache(maxsize=8192)
def runs(text: str, family: str = FAMILY) -> tuple[tuple[str, str], ...]:
    """A text cut where the font changes: (family, piece). A letter that no font has stays in the family of the text."""
    if _plain(family).issuperset(text):
        return ((family, text),) if text else ()
    found: list[tuple[str, str]] = []
    for cluster in _clusters(text):
        name = family if cluster.isspace() else _family_of(cluster, family) or family
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + cluster)
        else:
            found.append((name, cluster))
    return tuple(found)


def missing_glyphs(text: str, family: str = FAMILY) -> tuple[str, ...]:
    """The letters that no font of ours has; a blank would stand in their place."""
    if _plain(family).issuperset(text):
        return ()
    clusters = {cluster for cluster in _clusters(text) if not cluster.isspace()}
    return tuple(sorted(cluster for cluster in clusters if _family_of(cluster, family) is None))


# -- measuring and drawing


@lru_cache(maxsize=65536)
def em_width(text: str, weight: int, tracking: float = 0, family: str = FAMILY) -> float:
    """The width of a line of text in ems: it grows with the size, so one measure serves every size."""
    return float(_desk().paragraph(text, _MEASURE, weight, tracking, 0, family).MaxIntrinsicWidth) / _MEASURE


def width_of(text: str, size: float, weight: int, tracking: float = 0, family: str = FAMILY) -> float:
    """The width of a line of text."""
    return em_width(text, weight, tracking, family) * size


@lru_cache(maxsize=4096)
def _ink(letter: str, weight: int, family: str) -> tuple[float, float, float]:
    """Of the ink of a letter, in ems: how far from its start it begins, how high it rises, how low it falls."""
    name = _family_of(letter, family) or family
    font = skia.Font(_typeface(name, weight), _DRAWN)
    font.setHinting(skia.FontHinting.kNone)
    outline = font.getPath(font.unicharToGlyph(ord(letter)))
    if not outline:
        return 0.0, 0.0, 0.0
    bounds = outline.getBounds()
    return float(bounds.left()) / _DRAWN, -float(bounds.top()) / _DRAWN, float(bounds.bottom()) / _DRAWN


def em_bearing(letter: str, weight: int, family: str = FAMILY) -> float:
    """How far from its start the ink of a letter begins, in ems. Stems that begin on one line look aligned."""
    return max(0.0, _ink(letter, weight, family)[0]) if letter else 0.0


@lru_cache(maxsize=8192)
def em_reach(text: str, weight: int, family: str = FAMILY) -> tuple[float, float]:
    """How far the ink of a line may reach above and below its baseline, in ems."""
    if not _plain(family).issuperset(text):
        return _HIGHEST, _LOWEST  # marks of other scripts stack; where they end only the shaper knows
    inks = [_ink(letter, weight, family) for letter in set(text)]
    return max((ink[1] for ink in inks), default=0.0), max((ink[2] for ink in inks), default=0.0)


def draw_line(
    canvas: Any,
    text: str,
    x: float,
    baseline: float,
    size: float,
    weight: int,
    tracking: float,
    color: int,
    family: str = FAMILY,
) -> None:
    """Draw one line with its baseline at ``baseline``."""
    paragraph = _desk().paragraph(text, size, weight, tracking, color, family)
    paragraph.paint(canvas, x, baseline - paragraph.AlphabeticBaseline)
