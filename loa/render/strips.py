"""A JPEG in strips of eight rows, each of which stands by itself: only those that changed are encoded anew.

A restart marker after every row of blocks resets the encoder, so that a strip has the same bytes whatever lies above
it. Strips of an earlier picture and new ones, put together, are to the byte what encoding the whole picture would give.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

ROWS = 8
"""Rows of pixels in a row of blocks, at full colour resolution."""
_SCAN, _END = b"\xff\xda", b"\xff\xd9"
_RESTARTS = re.compile(rb"\xff[\xd0-\xd7]")
_FIRST_RESTART, _TURNS = 0xD0, 8


class Strips(NamedTuple):
    """What comes before the strips, and the strips."""

    head: bytes
    strips: tuple[bytes, ...]


def encode_whole(pixels: NDArray[np.uint8], quality: int, profile: bytes) -> bytes:
    """A JPEG with full colour resolution, so that red text on blue stays sharp, and a restart after every strip.

    The pixels go to the encoder as they lie in memory.
    """
    picture = Image.frombuffer("RGBX", (pixels.shape[1], pixels.shape[0]), pixels, "raw", "RGBX", 0, 1)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, subsampling=0, restart_marker_rows=1, icc_profile=profile)
    return out.getvalue()


def apart(data: bytes) -> Strips:
    """A JPEG of ``encode_whole`` in its strips."""
    scan = data.rindex(_SCAN)  # the scan's data cannot hold this marker: every ff in it is followed by 00 or a restart
    start = scan + 2 + int.from_bytes(data[scan + 2 : scan + 4], "big")
    end = data.rindex(_END)
    return Strips(data[:start], tuple(_RESTARTS.split(data[start:end])))


def together(strips: Strips) -> bytes:
    """The JPEG of these strips. Restart markers count from 0 to 7, over and over."""
    pieces = [strips.head, strips.strips[0]]
    for number, strip in enumerate(strips.strips[1:]):
        pieces.extend((bytes((0xFF, _FIRST_RESTART + number % _TURNS)), strip))
    return b"".join((*pieces, _END))


def renewed(old: Strips, pixels: NDArray[np.uint8], touched: Iterable[tuple[float, float]], quality: int) -> Strips:
    """The strips of a picture that differs from an earlier one only between these pairs of rows."""
    strips = list(old.strips)
    for first, last in _runs(touched, len(strips)):
        part = pixels[first * ROWS : last * ROWS]
        strips[first:last] = apart(encode_whole(part, quality, b"")).strips
    return Strips(old.head, tuple(strips))


def _runs(touched: Iterable[tuple[float, float]], count: int) -> Iterator[tuple[int, int]]:
    """Strips that hold any of these rows, as runs from one to before another."""
    dirty = [False] * (count + 1)
    for top, bottom in touched:
        first, last = max(0, int(top // ROWS)), min(count, int(bottom // ROWS) + 1)
        dirty[first:last] = [True] * max(0, last - first)
    start = None
    for number, is_dirty in enumerate(dirty):
        if is_dirty and start is None:
            start = number
        elif not is_dirty and start is not None:
            yield start, number
            start = None
