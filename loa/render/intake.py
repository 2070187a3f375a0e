"""Logos and photos of the staff: looked at with suspicion, decoded within limits, never passed on as they came."""

from __future__ import annotations

import io
import stat
import struct
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image, ImageCms

from loa.errors import RenderError
from loa.render.pen import Pixels
from loa.render.structure import plausible
from loa.workspace import Workspace

_FORMATS = ("PNG", "JPEG", "WEBP")
_MOST_PIXELS = 40_000_000
_MOST_BYTES = 30_000_000
_LONGEST_SIDE = 2000
_LONGEST_EDGE = 20_000
_MOST_PROFILE = 4_000_000
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ON_ITS_SIDE = frozenset((5, 6, 7, 8))
_Found = TypeVar("_Found")
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, struct.error)
"""What Pillow's readers raise on files that are not what they claim (fuzzed, and tried on those of its own tests)."""


def take_in(ws: Workspace, relative: str, most_pixels: int = _MOST_PIXELS, longest_side: int = _LONGEST_SIDE) -> Pixels:
    """The pixels of a picture in the workspace: upright, sRGB, without its metadata, within ``longest_side``.

    Raises:
        RenderError: it is missing (E421), no picture of an accepted kind (E422), too large (E423), no file (E424), or
            built to be hard to read (E425).
        WorkspaceError: E202, it lies outside the workspace.
    """
    picture = _opened(ws, relative, most_pixels, lambda found: _finished(found, longest_side))
    return np.ascontiguousarray(np.asarray(picture), dtype=np.uint8)


def size_of(ws: Workspace, relative: str) -> tuple[int, int]:
    """The width and the height of a picture as it stands upright, told by its head: nothing is decoded.

    Raises:
        RenderError: as ``take_in``.
    """
    return _opened(ws, relative, _MOST_PIXELS, _upright_size)


def _upright_size(picture: Image.Image) -> tuple[int, int]:
    turned = _orientation(picture) in _ON_ITS_SIDE
    return (picture.height, picture.width) if turned else picture.size


def _read(path: Path, relative: str) -> bytes:
    """The bytes, read once: what is looked at is what is decoded."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a folder; a pipe or a device would never end
            raise RenderError("E424", path=relative)
        if status.st_size > _MOST_BYTES:
            raise RenderError("E423", path=relative)
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise RenderError("E421", path=relative) from error
    if len(data) > _MOST_BYTES:
        raise RenderError("E423", path=relative)
    return data


def _opened(ws: Workspace, relative: str, most_pixels: int, use: Callable[[Image.Image], _Found]) -> _Found:
    """What is made of a picture that was looked over."""
    data = _read(ws.find_file(relative), relative)
    if not plausible(data):
        raise RenderError("E425", path=relative)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a careless EXIF is no news to anybody
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > most_pixels or max(picture.size) > _LONGEST_EDGE:
                    raise RenderError("E423", path=relative)
                return use(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RenderError("E423", path=relative) from error
    except _BROKEN as error:
        raise RenderError("E422", path=relative, accepted=", ".join(_FORMATS)) from error


def _finished(picture: Image.Image, longest_side: int) -> Image.Image:
    """Small first, then upright, then in our colours: each step works on no more pixels than it must."""
    profile, turn = picture.info.get("icc_profile"), _UPRIGHT.get(_orientation(picture))
    picture.draft(picture.mode, (longest_side, longest_side))  # a JPEG is decoded at a fraction of its size
    small = _eight_bits(picture)
    small.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    return _srgb(small if turn is None else small.transpose(turn), profile)


def _orientation(picture: Image.Image) -> int:
    try:
        value = picture.getexif().get(_ORIENTATION, 1)
    except _BROKEN:
        return 1
    return value if isinstance(value, int) else 1


def _eight_bits(picture: Image.Image) -> Image.Image:
    """A mode that can be made smaller without harm: palettes and 16 bits are not such modes."""
    if picture.mode.startswith("I"):
        values = np.asarray(picture).astype(np.int64)
        return Image.fromarray(np.clip(values >> 8, 0, 255).astype(np.uint8))
    if picture.mode in {"L", "RGB", "CMYK", "RGBA", "LA"} and "transparency" not in picture.info:
        picture.load()
        return picture
    return picture.convert("RGBA")


def _srgb(picture: Image.Image, profile: object) -> Image.Image:
    """In sRGB as its own profile tells; one that cannot be read is as good as none."""
    alpha = picture.getchannel("A") if picture.mode in {"RGBA", "LA"} else None
    colors = picture.convert("RGB" if picture.mode == "RGBA" else "L") if alpha else picture
    if isinstance(profile, bytes) and 0 < len(profile) <= _MOST_PROFILE:
        colors = _converted(colors, profile)
    result = colors.convert("RGBA")
    if alpha is not None:
        result.putalpha(alpha)
    return result


def _converted(colors: Image.Image, profile: bytes) -> Image.Image:
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if ImageCms.getProfileDescription(own).strip().startswith("sRGB"):
            return colors
        target = ImageCms.createProfile("sRGB")
        flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        done = ImageCms.profileToProfile(colors, own, target, intent, outputMode="RGB", flags=flags)
    except (ImageCms.PyCMSError, *_BROKEN):
        return colors
    return colors if done is None else done
