"""A contact sheet on paper: many small pictures with their words, page after page, as a PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import skia
from PIL import Image

from loa.render.tree.fonts import draw_line, width_of

_POINT = 72 / 25.4
_PAGE = (210 * _POINT, 297 * _POINT)
_MARGIN, _GAP = 12 * _POINT, 5 * _POINT
_TOP, _FOOT = 22 * _POINT, 9 * _POINT
_COLUMNS, _ROWS = 3, 4
_WORDS_HIGH = 52.0
"""Points under a picture, for its words."""
_PIXELS_A_POINT = 150 / 72
_QUALITY = 80
_MOST_PIXELS = 60_000_000
_INK, _SOFT, _LINE, _WELL, _BAND = 0xFF0D2045, 0xFF4C5B76, 0xFFD9E2F0, 0xFFF2F6FC, 0xFF0A2E7A


@dataclass(frozen=True, slots=True)
class Thumb:
    """One picture of the sheet. Without ``picture`` its ``words`` stand in its place."""

    title: str
    lines: tuple[str, ...]
    """Of what is under the title, at most three."""
    picture: Path | None
    words: str = ""
    label: str = ""
    """What kind of thing it is; stands above the words where there is no picture."""


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What stands on every page. ``page`` is filled with ``{at}`` and ``{of}``."""

    title: str
    subtitle: str
    foot: str
    page: str


def contact_sheet(thumbs: Sequence[Thumb], words: SheetWords) -> bytes:
    """The PDF, A4 upright, twelve pictures a page."""
    told = skia.PDF.Metadata()
    told.fTitle, told.fCreator, told.fProducer, told.fEncodingQuality = words.title, "Loa", "Loa", _QUALITY
    stream = skia.DynamicMemoryWStream()
    pdf = skia.PDF.MakeDocument(stream, told)
    a_page = _COLUMNS * _ROWS
    pages = [thumbs[first : first + a_page] for first in range(0, len(thumbs), a_page)] or [()]
    for number, some in enumerate(pages, 1):
        canvas = pdf.beginPage(*_PAGE)
        _dress(canvas, words, words.page.format(at=number, of=len(pages)))
        for place, thumb in enumerate(some):
            _draw(canvas, thumb, *_spot(place))
        pdf.endPage()
    pdf.close()
    return bytes(stream.detachAsData())


def _spot(place: int) -> tuple[float, float, float, float]:
    """Left, top, width and height of a cell."""
    width = (_PAGE[0] - 2 * _MARGIN - (_COLUMNS - 1) * _GAP) / _COLUMNS
    height = (_PAGE[1] - _MARGIN - _TOP - _FOOT - (_ROWS - 1) * _GAP) / _ROWS
    column, row = place % _COLUMNS, place // _COLUMNS
    return _MARGIN + column * (width + _GAP), _TOP + row * (height + _GAP), width, height


def _dress(canvas: Any, words: SheetWords, page: str) -> None:
    right = _PAGE[0] - _MARGIN
    draw_line(canvas, fitted(words.title, right - _MARGIN, 13, 700), _MARGIN, 36, 13, 700, 0, _BAND)
    draw_line(canvas, fitted(words.subtitle, right - _MARGIN, 8, 400), _MARGIN, 49, 8, 400, 0, _SOFT)
    base = _PAGE[1] - _MARGIN + 8
    draw_line(canvas, fitted(words.foot, right - _MARGIN - 80, 7, 400), _MARGIN, base, 7, 400, 0, _SOFT)
    draw_line(canvas, page, right - width_of(page, 7, 600), base, 7, 600, 0, _SOFT)


def _draw(canvas: Any, thumb: Thumb, left: float, top: float, width: float, height: float) -> None:
    frame = skia.Rect.MakeXYWH(left, top, width, height - _WORDS_HIGH)
    canvas.drawRect(frame, skia.Paint(Color=_WELL))
    if thumb.picture is None:
        _draw_words(canvas, thumb, frame)
    else:
        _draw_picture(canvas, thumb.picture, frame)
    canvas.drawRect(frame, skia.Paint(Color=_LINE, Style=skia.Paint.kStroke_Style, StrokeWidth=0.5))
    base = top + height - _WORDS_HIGH + 11
    for line in wrapped(thumb.title, width, 8, 600, 2):
        draw_line(canvas, line, left, base, 8, 600, 0, _INK)
        base += 10
    for line in thumb.lines:
        draw_line(canvas, fitted(line, width, 6.8, 400), left, base - 0.5, 6.8, 400, 0, _SOFT)
        base += 8.8


def _draw_picture(canvas: Any, path: Path, frame: Any) -> None:
    """The whole picture in the middle of the frame, with as many points as paper shows."""
    most = (round(frame.width() * _PIXELS_A_POINT), round(frame.height() * _PIXELS_A_POINT))
    with Image.open(path, formats=["PNG", "JPEG", "WEBP"]) as found:
        if found.width * found.height > _MOST_PIXELS:
            raise ValueError(f"{path} is larger than any picture that Loa makes")
        found.draft("RGB", most)
        small = found.convert("RGB")
    small.thumbnail(most, Image.Resampling.LANCZOS)
    data = io.BytesIO()
    small.save(data, "JPEG", quality=_QUALITY)
    scale = min(frame.width() / small.width, frame.height() / small.height)
    wide, high = small.width * scale, small.height * scale
    where = skia.Rect.MakeXYWH(frame.centerX() - wide / 2, frame.centerY() - high / 2, wide, high)
    image = skia.Image.MakeFromEncoded(skia.Data.MakeWithCopy(data.getvalue()))
    canvas.drawImageRect(image, where, skia.SamplingOptions(skia.FilterMode.kLinear))


def _draw_words(canvas: Any, thumb: Thumb, frame: Any) -> None:
    inner = frame.width() - 16
    draw_line(canvas, fitted(thumb.label, inner, 7, 600), frame.left() + 8, frame.top() + 15, 7, 600, 0, _SOFT)
    room = int((frame.height() - 30) // 9.5)
    for number, line in enumerate(wrapped(thumb.words, inner, 7.2, 400, room)):
        draw_line(canvas, line, frame.left() + 8, frame.top() + 28 + 9.5 * number, 7.2, 400, 0, _INK)


def wrapped(text: str, width: float, size: float, weight: int, most: int) -> list[str]:
    """The text in at most so many lines of this width; an ellipsis where it goes on."""
    lines = [""]
    words = text.split()
    for place, word in enumerate(words):
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size, weight) <= width or not lines[-1]:
            lines[-1] = longer
        elif len(lines) == most:
            lines[-1] = f"{lines[-1]} {' '.join(words[place:])}"
            break
        else:
            lines.append(word)
    return [fitted(line, width, size, weight) for line in lines]


def fitted(text: str, width: float, size: float, weight: int) -> str:
    """The text within a width; an ellipsis where it was cut."""
    text = " ".join(text[:400].split())
    if width_of(text, size, weight) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width_of(f"{text[:middle]}…", size, weight) <= width else (low, middle - 1)
    return f"{text[:low].rstrip(' ,;:.–-')}…"
