"""The font files that text is set in, without Skia: the key of an order needs only their hash.

Be Vietnam Pro and Noto Sans have all of Vietnamese. Noto Sans has the letters of the ethnic languages written with
Latin letters (Ê Đê, Gia Rai, Ba Na, Xơ Đăng …); the other files have Khmer, Cham and Tai Viet. ``fonts/`` holds what no
package on PyPI brings, with its licence and the list of its hashes.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import fontpkg_be_vietnam_pro
import fontpkg_noto_sans
import fontpkg_noto_sans_khmer

FAMILY = "Be Vietnam Pro"
FAMILIES = (FAMILY, "Noto Sans")
"""What a brand may name. A brand may also bring a file of its own, told by its full path."""
FALLBACKS = ("Be Vietnam Pro", "Noto Sans", "Noto Sans Khmer", "Noto Sans Cham", "Noto Sans Tai Viet")
"""Where a letter is looked for that the family of a text lacks, in this order."""
VENDORED = Path(__file__).parent / "fonts"
_STAMP = "␟"
_WEIGHTS = {
    100: "Thin", 200: "ExtraLight", 300: "Light", 400: "Regular", 500: "Medium",
    600: "SemiBold", 700: "Bold", 800: "ExtraBold", 900: "Black",
}  # fmt: skip


def _packaged(module: str, name: str) -> Path:
    return Path(module).parent / "files" / name


@lru_cache(maxsize=1)
def _faces() -> dict[str, dict[int, Path]]:
    return {
        "Be Vietnam Pro": {
            weight: _packaged(fontpkg_be_vietnam_pro.__file__, f"BeVietnamPro-{name}.ttf")
            for weight, name in _WEIGHTS.items()
        },
        "Noto Sans": {400: _packaged(fontpkg_noto_sans.__file__, "NotoSans[wdth,wght].ttf")},
        "Noto Sans Khmer": {400: _packaged(fontpkg_noto_sans_khmer.__file__, "NotoSansKhmer[wdth,wght].ttf")},
        "Noto Sans Cham": {
            weight: VENDORED / f"NotoSansCham-{name}.ttf" for weight, name in ((400, "Regular"), (700, "Bold"))
        },
        "Noto Sans Tai Viet": {400: VENDORED / "NotoSansTaiViet-Regular.ttf"},
    }


def file_of(family: str, weight: int) -> Path:
    """The file that holds this weight of a family, or the nearest; a variable file holds them all."""
    faces = _faces().get(family)
    if faces is None:
        return Path(family.partition(_STAMP)[0])
    return faces[min(faces, key=lambda held: (abs(held - weight), held))]


def stamped_family(path: Path, changed: int, size: int) -> str:
    """The name under which a font file of an office is known until it changes."""
    return f"{path}{_STAMP}{changed}-{size}"


def font_files() -> tuple[Path, ...]:
    """Every font file of the program, for the hash of the renderer."""
    return tuple(path for faces in _faces().values() for path in faces.values())


@lru_cache(maxsize=1)
def fonts_hash() -> str:
    """One hash over every font file of the program."""
    digest = hashlib.blake2b(digest_size=16)
    for path in font_files():
        digest.update(path.read_bytes())
    return digest.hexdigest()
