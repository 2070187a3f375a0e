"""The last step: pixels to JPEG or PNG with the sRGB profile, always the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

import numpy as np
from PIL import Image, ImageCms

from loa.errors import RenderError
from loa.render.canvas import Pixels
from loa.render.strips import encode_whole

Encoding = Literal["jpg", "png"]
QUALITY, _LOWEST = 92, 65
"""Below the lowest quality, rims of blocks can be seen around letters."""
_PALETTE = 256


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """The sRGB profile without the moment of its making, which would change the bytes of every picture."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes((7, 234, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 2026-01-01 00:00:00
    profile[84:100] = bytes(16)
    return bytes(profile)


def encode(
    pixels: Pixels,
    encoding: Encoding = "jpg",
    most_bytes: int | None = None,
    whole: Callable[[], bytes] | None = None,
) -> bytes:
    """The bytes of a finished picture; a limit on them lowers the quality of a JPEG as little as it can.

    ``whole`` gives the JPEG at full quality where somebody has a shorter way to it.

    Raises:
        RenderError: E451, the limit cannot be kept without harm to the letters.
    """
    as_jpeg = whole if whole is not None else lambda: jpeg(pixels)
    data = _png(pixels) if encoding == "png" else as_jpeg()
    if most_bytes is None or len(data) <= most_bytes:
        return data
    if encoding == "png":
        raise RenderError("E451", bytes=str(len(data)), most=str(most_bytes))
    return _within(pixels, most_bytes)


def jpeg(pixels: Pixels) -> bytes:
    """A JPEG at full quality."""
    return encode_whole(pixels, QUALITY, srgb_profile())


def _small_jpeg(pixels: Pixels, quality: int) -> bytes:
    """A JPEG with tables made for the picture: a sixteenth of the bytes less, for twice the time."""
    picture = Image.frombuffer("RGBX", (pixels.shape[1], pixels.shape[0]), pixels, "raw", "RGBX", 0, 1)
    out = io.BytesIO()
    try:
        picture.save(out, "JPEG", quality=quality, subsampling=0, optimize=True, icc_profile=srgb_profile())
    except OSError:  # such tables need the whole picture in a buffer of a byte a pixel; noise takes more
        return encode_whole(pixels, quality, srgb_profile())
    return out.getvalue()


def _within(pixels: Pixels, most_bytes: int) -> bytes:
    """The best quality that keeps a limit, found in six encodings at most."""
    best = _small_jpeg(pixels, _LOWEST)
    if len(best) > most_bytes:
        raise RenderError("E451", bytes=str(len(best)), most=str(most_bytes))
    low, high = _LOWEST, QUALITY + 1
    while high - low > 1:
        middle = (low + high) // 2
        data = _small_jpeg(pixels, middle)
        if len(data) <= most_bytes:
            low, best = middle, data
        else:
            high = middle
    return best


def _png(pixels: Pixels) -> bytes:
    picture = Image.frombuffer("RGBX", (pixels.shape[1], pixels.shape[0]), pixels, "raw", "RGBX", 0, 1).convert("RGB")
    if picture.getcolors(_PALETTE) is not None:
        picture = _with_palette(pixels)
    out = io.BytesIO()
    picture.save(out, "PNG", icc_profile=srgb_profile(), compress_level=6)
    return out.getvalue()


def _with_palette(pixels: Pixels) -> Image.Image:
    """A picture of few colours, each kept as it is, in a third of the bytes or less."""
    colors = np.ascontiguousarray(pixels[..., :3]).reshape(-1, 3).astype(np.uint32)
    known, index = np.unique(colors @ np.array([65536, 256, 1], np.uint32), return_inverse=True)
    picture = Image.fromarray(index.reshape(pixels.shape[:2]).astype(np.uint8), "L")
    picture.putpalette([int(color) >> shift & 255 for color in known for shift in (16, 8, 0)])
    return picture
