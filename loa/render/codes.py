"""The codes in a finished picture, for people who look at it. Light: nothing of the drawing room is loaded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image

_LOOKED_AT = 2400
"""Pixels of the longer side: a larger picture has no finer codes."""
_MOST_PIXELS = 60_000_000


def codes_of(path: Path) -> tuple[str, ...]:
    """The texts of all QR codes in a picture, in order; nothing for a file that is no picture of ours."""
    try:
        with Image.open(path, formats=["PNG", "JPEG", "WEBP"]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return ()
            grey = picture.convert("L")
    except OSError:
        return ()
    grey.thumbnail((_LOOKED_AT, _LOOKED_AT), Image.Resampling.BOX)
    found = zxingcpp.read_barcodes(np.asarray(grey), formats=zxingcpp.BarcodeFormat.QRCode)
    return tuple(sorted({code.text for code in found if code.text}))
