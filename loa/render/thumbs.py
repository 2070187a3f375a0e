"""Small pictures for overviews: made once from a finished picture, and kept by its hash."""

from __future__ import annotations

import uuid
from pathlib import Path

WIDTHS = (160, 320, 640)
"""Pixels. Other widths are refused: nobody fills the disk with them."""
_QUALITY = 82
_MOST_PIXELS = 60_000_000


def small_file(sha256: str, width: int, folder: Path) -> Path:
    """Where the small picture of a picture with this hash lies, once it was made."""
    return folder / f"{sha256}-{width}.jpg"


def thumbnail(source: Path, sha256: str, width: int, folder: Path) -> Path:
    """The picture ``source`` (its bytes are ``sha256``) as a JPEG of at most ``width`` pixels across, in ``folder``."""
    from PIL import Image  # noqa: PLC0415 - what is made already needs no Pillow

    target = small_file(sha256, width, folder)
    if target.is_file():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{target.name}.{uuid.uuid4().hex[:8]}"
    with Image.open(source, formats=["PNG", "JPEG", "WEBP"]) as picture:
        if picture.width * picture.height > _MOST_PIXELS:
            raise ValueError(f"{source} is larger than any picture that Loa makes")
        picture.draft("RGB", (width, picture.height * width // picture.width))
        small = picture.convert("RGB")
        small.thumbnail((width, small.height), Image.Resampling.LANCZOS)
        small.save(draft, "JPEG", quality=_QUALITY, optimize=True)
    draft.replace(target)
    return target
