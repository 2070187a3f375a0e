"""Where two pictures differ, pixel by pixel: what is the same is pale, what changed stands out."""

from __future__ import annotations

import uuid
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageOps

_NOTICED = 12
"""Of 255: less is the grain of a JPEG that was written anew."""
_MARK = (214, 0, 110)
_HALO = 5
"""Pixels: a changed comma is seen too."""
_MOST_PIXELS = 60_000_000


def pixel_difference(before: Path, after: Path, target: Path) -> float:
    """Write to ``target`` (PNG) the picture ``after``, paled, with what changed marked; the part that changed (0 to 1).

    Pictures of unequal size are laid upon each other at their top left corners: what one lacks has changed.
    """
    old, new = _opened(before), _opened(after)
    width, height = max(old.width, new.width), max(old.height, new.height)
    apart = ImageChops.difference(_on_canvas(old, width, height), _on_canvas(new, width, height))
    red, green, blue = apart.split()
    loudest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    changed = loudest.point([255 if each > _NOTICED else 0 for each in range(256)])
    share = changed.histogram()[255] / (width * height)
    pale = Image.blend(ImageOps.grayscale(_on_canvas(new, width, height)).convert("RGB"), _white(width, height), 0.6)
    pale.paste(_MARK, mask=changed.filter(ImageFilter.MaxFilter(_HALO)))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{uuid.uuid4().hex[:8]}")
    pale.save(draft, "PNG")
    draft.replace(target)
    return share


def _opened(path: Path) -> Image.Image:
    with Image.open(path, formats=["PNG", "JPEG", "WEBP"]) as picture:
        if picture.width * picture.height > _MOST_PIXELS:
            raise ValueError(f"{path} is larger than any picture that Loa makes")
        return picture.convert("RGB")


def _white(width: int, height: int) -> Image.Image:
    return Image.new("RGB", (width, height), (255, 255, 255))


def _on_canvas(picture: Image.Image, width: int, height: int) -> Image.Image:
    canvas = _white(width, height)
    canvas.paste(picture, (0, 0))
    return canvas
