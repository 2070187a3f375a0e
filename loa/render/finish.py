"""The last step: pixels to JPEG or PNG with the sRGB profile, always the same bytes."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Literal

from PIL import Image, ImageCms

from loa.render.canvas import Pixels

Encoding = Literal["jpg", "png"]
_QUALITY = 92


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """The sRGB profile without the moment of its making, which would change the bytes of every picture."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes((7, 234, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 2026-01-01 00:00:00
    profile[84:100] = bytes(16)
    return bytes(profile)


def encode(pixels: Pixels, encoding: Encoding = "jpg") -> bytes:
    """The bytes of a finished picture. Full colour resolution: red text on blue stays sharp."""
    picture = Image.frombuffer("RGBA", (pixels.shape[1], pixels.shape[0]), pixels, "raw", "RGBA", 0, 1).convert("RGB")
    out = io.BytesIO()
    if encoding == "png":
        picture.save(out, "PNG", icc_profile=srgb_profile(), compress_level=6)
    else:
        picture.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True, icc_profile=srgb_profile())
    return out.getvalue()
