"""The font files that all text is set in, without Skia: the key of an order needs only their hash."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import fontpkg_be_vietnam_pro

_WEIGHTS = {
    100: "Thin", 200: "ExtraLight", 300: "Light", 400: "Regular", 500: "Medium",
    600: "SemiBold", 700: "Bold", 800: "ExtraBold", 900: "Black",
}  # fmt: skip


def font_files() -> tuple[Path, ...]:
    """The font files that text is set in, for the hash of the renderer."""
    folder = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    return tuple(folder / f"BeVietnamPro-{name}.ttf" for name in _WEIGHTS.values())


@lru_cache(maxsize=1)
def fonts_hash() -> str:
    """One hash over every font file."""
    digest = hashlib.blake2b(digest_size=16)
    for path in font_files():
        digest.update(path.read_bytes())
    return digest.hexdigest()
