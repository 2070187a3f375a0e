"""The finishing touches of a PDF: the boxes that a press reads, the language, the colour space. Never the time.

Skia writes plain objects and one table of their places, so that they can be taken apart and put together again
without a library; ``tests/unit/render/test_print_pdf.py`` has other programs read what comes out.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from loa.render.finish import srgb_profile
from loa.render.tree.measure import Rect

_PAGE = re.compile(rb"<</Type /Page\n")
_CATALOG = re.compile(rb"<</Type /Catalog\n")
_MEDIA = re.compile(rb"/MediaBox \[[^]]*\]")
_HEADER = b"%PDF-1.4\n%\xd3\xeb\xe9\xe1\n"  # the same as Skia's


Boxes = tuple[Rect, Rect, Rect]
_LANGUAGE = b"vi-VN"
_LEVEL = 4  # a third of the time of the usual level, for a twentieth more bytes


def dress(pdf: bytes, boxes: Sequence[Boxes], restore: Callable[[bytes], bytes]) -> bytes:
    """The PDF with media, bleed and trim box on every page, its language, and sRGB as the space of its colours.

    ``restore`` is given what each page draws.
    """
    found = _objects(pdf)
    root, info = (_reference(pdf[pdf.rindex(b"trailer") :], name) for name in (b"Root", b"Info"))
    pages = sorted(number for number, body in found.items() if _PAGE.match(body))
    for number, rects in zip(pages, boxes, strict=True):
        content = _reference(found[number], b"Contents")
        found[content] = _stream(restore(_unpacked(found[content])))
        found[number] = _MEDIA.sub(_boxes(*rects), found[number], count=1)
    profile, intent = max(found) + 1, max(found) + 2
    found[profile] = _packed_profile()
    found[intent] = (
        b"<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)\n"
        b"/RegistryName (http://www.color.org) /Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R>>" % profile
    )
    told = b"<</Type /Catalog\n/Lang (%s) /OutputIntents [%d 0 R]\n"
    found[root] = _CATALOG.sub(lambda _: told % (_LANGUAGE, intent), found[root], count=1)
    found[info] = found[info].replace(b"<<", b"<</Trapped /False ", 1)
    return _put_together(found, root, info)


def _objects(pdf: bytes) -> dict[int, bytes]:
    """Number → body, taken from the table at the end of the file."""
    start = int(pdf[pdf.rindex(b"startxref") + 9 :].split(None, 1)[0])
    lines = pdf[start : pdf.index(b"trailer", start)].split(b"\n")[2:]
    places = {number: int(line[:10]) for number, line in enumerate(lines) if line[17:18] == b"n"}
    ends = dict(zip(sorted(places.values()), [*sorted(places.values())[1:], start], strict=True))
    bodies = {}
    for number, place in places.items():
        body = pdf[place : ends[place]]
        bodies[number] = body[body.index(b"obj\n") + 4 : body.rindex(b"\nendobj")]
    return bodies


def _reference(body: bytes, name: bytes) -> int:
    return int(body.split(b"/" + name + b" ", 1)[1].split(None, 1)[0])


def _unpacked(body: bytes) -> bytes:
    head, _, rest = body.partition(b"stream\n")
    packed = rest[: rest.rindex(b"\nendstream")]
    return zlib.decompress(packed) if b"/FlateDecode" in head else packed


def _stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content, _LEVEL)
    return b"<<%s/Filter /FlateDecode /Length %d>> stream\n%s\nendstream" % (more, len(packed), packed)


@lru_cache(maxsize=1)
def _packed_profile() -> bytes:
    return _stream(srgb_profile(), b"/N 3 ")


def _boxes(media: Rect, bleed: Rect, trim: Rect) -> bytes:
    """The three boxes from the lower left, as PDF counts."""
    told = ((b"MediaBox", media), (b"BleedBox", bleed), (b"TrimBox", trim))
    return b"\n".join(
        b"/%s [%s]" % (name, " ".join(_number(value) for value in _corners(rect, media.height)).encode())
        for name, rect in told
    )


def _corners(rect: Rect, height: float) -> tuple[float, float, float, float]:
    return rect.x, height - rect.y - rect.height, rect.x + rect.width, height - rect.y


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


def _put_together(found: Mapping[int, bytes], root: int, info: int) -> bytes:
    parts, table, at = [_HEADER], {}, len(_HEADER)
    for number in sorted(found):
        body = b"%d 0 obj\n%s\nendobj\n" % (number, found[number])
        table[number] = at
        at += len(body)
        parts.append(body)
    size = max(found) + 1
    rows = [
        b"%010d 00000 n \n" % table[number] if number in table else b"0000000000 65535 f \n" for number in range(size)
    ]
    name = hashlib.blake2b(b"".join(parts), digest_size=16).hexdigest().encode()
    trailer = b"trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>]>>\n" % (size, root, info, name, name)
    return b"".join((*parts, b"xref\n0 %d\n" % size, *rows, trailer, b"startxref\n%d\n%%%%EOF\n" % at))
