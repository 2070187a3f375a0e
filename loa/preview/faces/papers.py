"""The paper of a finished PDF, in millimetres: the boxes that a press reads, as the document itself has them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_MILLIMETRE = 72 / 25.4
_BOX = rb"/%s \[\s*([0-9.+-]+)\s+([0-9.+-]+)\s+([0-9.+-]+)\s+([0-9.+-]+)\s*\]"
_TRIM, _BLEED = (re.compile(_BOX % name) for name in (b"TrimBox", b"BleedBox"))
_NEAR = 1.0
_MOST_BYTES = 80_000_000
_NAMES = {
    (74, 105): "A7", (105, 148): "A6", (148, 210): "A5", (210, 297): "A4", (297, 420): "A3", (420, 594): "A2",
    (594, 841): "A1", (841, 1189): "A0",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """Trimmed sheets of one size. Lengths in millimetres."""

    width: float
    height: float
    bleed: int
    """On every side; whole millimetres, as shops ask for it."""
    sheets: int

    @property
    def name(self) -> str:
        """``A4``, or nothing for a size without a name."""
        short, long = sorted((self.width, self.height))
        for (a, b), name in _NAMES.items():
            if abs(short - a) <= _NEAR and abs(long - b) <= _NEAR:
                return name
        return ""


LONGER_SIDE = (1600, 900)
"""Pixels of a sheet's longer side in the picture that shows a document: of one by itself, of one among others."""


def shown_millimetres(paper: Paper, pixels: int) -> float:
    """How wide a picture of sheets is in truth that is ``pixels`` wide."""
    side = LONGER_SIDE[paper.sheets > 1]
    return round(pixels * max(paper.width, paper.height) / side, 1)


@lru_cache(maxsize=512)
def paper_of(path: Path, sha256: str) -> Paper | None:
    """The paper of a PDF (its bytes are ``sha256``); None where it does not tell, or sheets differ in size."""
    del sha256  # part of the key: other bytes may be another paper
    if path.suffix != ".pdf" or not path.is_file() or path.stat().st_size > _MOST_BYTES:
        return None
    data = path.read_bytes()
    trims, bleeds = ([_lengths(found) for found in box.findall(data)] for box in (_TRIM, _BLEED))
    if not trims or len({(round(width), round(height)) for width, height in trims}) > 1:
        return None
    width, height = trims[0]
    bleed = (bleeds[0][0] - width) / 2 if bleeds else 0.0
    return Paper(width, height, round(bleed), len(trims))


def _lengths(box: tuple[bytes, ...]) -> tuple[float, float]:
    left, low, right, high = (float(each) for each in box)
    return (right - left) / _MILLIMETRE, (high - low) / _MILLIMETRE
