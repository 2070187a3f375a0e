"""Logos and photos of the staff: looked at with suspicion, decoded within limits, never passed on as they came."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from loa.errors import RenderError
from loa.render.canvas import Pixels
from loa.workspace import Workspace

_FORMATS = ("PNG", "JPEG", "WEBP")
_MOST_PIXELS = 40_000_000
_MOST_BYTES = 30_000_000
_LONGEST_SIDE = 2000


def take_in(
    ws: Workspace, relative: str, most_pixels: int = _MOST_PIXELS, longest_side: int = _LONGEST_SIDE
) -> Pixels:
    """The pixels of a picture in the workspace, upright, without its metadata, no larger than ``longest_side``.

    Raises:
        RenderError: it is missing, not a picture of an accepted kind, or too large.
    """
    path = ws.find_file(relative)
    if not path.is_file():
        raise RenderError("E421", path=relative)
    if path.stat().st_size > _MOST_BYTES:
        raise RenderError("E423", path=relative)
    return _decode(path, relative, most_pixels, longest_side)


def _decode(path: Path, relative: str, most_pixels: int, longest_side: int) -> Pixels:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as picture:
                if picture.width * picture.height > most_pixels:
                    raise RenderError("E423", path=relative)
                upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RenderError("E422", path=relative, accepted=", ".join(_FORMATS)) from error
    upright.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    return np.ascontiguousarray(np.asarray(upright), dtype=np.uint8)
