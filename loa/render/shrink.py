"""One picture, made smaller: as much quality as its bytes allow, then fewer colours, then fewer pixels."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from loa.errors import RenderError
from loa.render.finish import QUALITY, srgb_profile
from loa.render.scan import codes_in

_FULL_COLOUR, _HALF_COLOUR = 0, 2
"""Pillow's names of 4:4:4 and 4:2:0."""
_BEST, _TURN, _LOWEST = QUALITY, 75, 65
"""From best to lowest quality. At the turn, half the colour costs less than more of the blocks: red text on blue
frays a little, while letters keep clean rims. Below the lowest, rims of blocks can be seen around letters."""
_STEP = 0.8
_SMALLEST_SIDE = 1080
"""A picture is not made smaller than a phone shows it only to save bytes."""


class Shrunk(NamedTuple):
    """The bytes of a JPEG, and its size in pixels."""

    data: bytes
    width: int
    height: int


def shrunk(path: Path, most_bytes: int, most_pixels: tuple[int, int]) -> Shrunk | None:
    """A JPEG of ``most_bytes`` with sides of at most ``most_pixels`` (shorter, longer; 0 for any), in sRGB, no EXIF.

    None where it cannot be had without harm: to the letters, or to a code that can be scanned in the picture.

    Raises:
        RenderError: E489, the file is no picture.
    """
    picture = _opened(path)
    for size in _sizes(picture.size, most_pixels):
        smaller = picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)
        data = _within(smaller, most_bytes)
        if data is not None:
            return Shrunk(data, *size) if _scans(picture, data) else None
    return None


def _opened(path: Path) -> Image.Image:
    """The picture on white, without what else its file said."""
    try:
        with Image.open(path) as file:
            layers = file.convert("RGBA") if file.mode in {"RGBA", "LA", "PA", "P"} else None
            picture = file.convert("RGB") if layers is None else Image.new("RGB", file.size, "white")
    except (OSError, ValueError, SyntaxError) as error:
        raise RenderError("E489", path=path.name) from error
    if layers is not None:
        picture.paste(layers, mask=layers.getchannel("A"))
    picture.info = {}
    return picture


def _sizes(size: tuple[int, int], most: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The size that keeps the cap, then smaller ones of the same shape."""
    short, long = sorted(size)
    scale = min(1.0, *(cap / side for cap, side in ((most[0], short), (most[1], long)) if cap)) if any(most) else 1.0
    yield _scaled(size, scale)
    while short * (scale := scale * _STEP) >= _SMALLEST_SIDE:
        yield _scaled(size, scale)


def _scaled(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return size if scale == 1 else (max(1, int(size[0] * scale)), max(1, int(size[1] * scale)))


def _within(picture: Image.Image, most_bytes: int) -> bytes | None:
    """The best quality that keeps the limit: in full colour down to the turn, then in half colour."""
    return _best(picture, _FULL_COLOUR, _TURN, most_bytes) or _best(picture, _HALF_COLOUR, _LOWEST, most_bytes)


def _best(picture: Image.Image, colour: int, lowest: int, most_bytes: int) -> bytes | None:
    """The best of the qualities from ``lowest`` on, found in seven encodings at most."""
    best, low, high = None, lowest, _BEST
    while low <= high:
        middle = (low + high) // 2
        data = _jpeg(picture, middle, colour)
        if len(data) <= most_bytes:
            best, low = data, middle + 1
        else:
            high = middle - 1
    return best


def _jpeg(picture: Image.Image, quality: int, colour: int) -> bytes:
    for own_tables in (True, False):  # tables made for the picture need it whole in a buffer; noise may take more
        out = io.BytesIO()
        try:
            picture.save(
                out, "JPEG", quality=quality, subsampling=colour, optimize=own_tables, icc_profile=srgb_profile()
            )
        except OSError:
            continue
        return out.getvalue()
    raise RenderError("E489", path="")


def _scans(before: Image.Image, data: bytes) -> bool:
    """Whether every code of the picture can be scanned in its variant: as large as it is, and as a feed shows it."""
    with Image.open(io.BytesIO(data)) as after:
        shown = (before.size, (before.width // 2, before.height // 2))
        return all(codes_in(before, size) <= codes_in(after, size) for size in shown)
