"""The one place that knows Skia's text: the bundled fonts, widths of words, and lines drawn on a canvas."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import skia

from loa.render.fontfiles import font_files

FAMILY = "Be Vietnam Pro"
ASCENT, DESCENT = 1.0, 0.265
"""Of an em, the same in every weight of the family."""
_MEASURE = 100.0
_local = threading.local()


def _typeface(path: Path) -> Any:
    """A typeface from its file alone: the fonts of the computer are never asked for."""
    return skia.FontMgr.New_Custom_Empty().makeFromFile(str(path))


@lru_cache(maxsize=1)
def _regular() -> Any:
    return _typeface(font_files()[3])


@lru_cache(maxsize=1)
def _unicode() -> Any:
    return skia.Unicodes.ICU.Make()


def _collection() -> Any:
    """A font collection of this thread: Skia's paragraph cache is not made for two threads."""
    if not hasattr(_local, "collection"):
        provider = skia.textlayout.TypefaceFontProvider()
        for path in font_files():
            provider.registerTypeface(_typeface(path), FAMILY)
        _local.collection = skia.textlayout.FontCollection()
        _local.collection.setDefaultFontManager(provider)
    return _local.collection


def _paragraph(text: str, size: float, weight: int, tracking: float, color: int) -> Any:
    style = skia.textlayout.TextStyle()
    style.setFontFamilies([FAMILY])
    style.setFontSize(size)
    style.setFontStyle(skia.FontStyle(weight, 5, skia.FontStyle.kUpright_Slant))
    style.setColor(color)
    style.setLetterSpacing(tracking * size / 1000)
    whole = skia.textlayout.ParagraphStyle()
    whole.setTextStyle(style)
    builder = skia.textlayout.ParagraphBuilder.make(whole, _collection(), _unicode())
    builder.pushStyle(style)
    builder.addText(text)
    paragraph = builder.Build()
    paragraph.layout(1_000_000)
    return paragraph


@lru_cache(maxsize=65536)
def _em_width(text: str, weight: int, tracking: float) -> float:
    return float(_paragraph(text, _MEASURE, weight, tracking, 0xFF000000).MaxIntrinsicWidth) / _MEASURE


def width_of(text: str, size: float, weight: int, tracking: float = 0) -> float:
    """The width of a line of text. Widths grow with the size, so one measure serves every size."""
    return _em_width(text, weight, tracking) * size


def draw_line(
    canvas: Any, text: str, x: float, baseline: float, size: float, weight: int, tracking: float, color: int
) -> None:
    """Draw one line with its baseline at ``baseline``."""
    paragraph = _paragraph(text, size, weight, tracking, color)
    paragraph.paint(canvas, x, baseline - paragraph.AlphabeticBaseline)


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The characters that the font cannot draw; it would leave a blank in their place."""
    letters = sorted({letter for letter in text if not letter.isspace()})
    glyphs = _regular().unicharsToGlyphs([ord(letter) for letter in letters]) if letters else ()
    return tuple(letter for letter, glyph in zip(letters, glyphs, strict=True) if glyph == 0)
