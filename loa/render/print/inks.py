"""The colours of letters, put in when the PDF is written.

Skia keeps a font in the PDF for every shade of letters (it prepares glyphs for screens, where pale and dark letters
are smoothed unlike), though paper needs one. So letters are drawn in stand-ins that are all of one shade, and the
stand-ins are exchanged for the colours in the finished page: half the bytes, two thirds of the time.
"""

from __future__ import annotations

import re

from loa.render.tree.theme import Rgba

_RED, _GREEN, _MOST = 2, 1, 40
"""A stand-in is ``#0201xx``, so dark that the last two digits do not change the shade."""
_WRITTEN = re.compile(rb"\.0078 \.0039 (\.\d+) RG \.0078 \.0039 \1 rg")


class Inks:
    """Which stand-in is used for which colour in one document."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, int, int], int] = {}

    def stand_in(self, color: Rgba) -> Rgba:
        """The colour to draw letters in; a document with more colours than stand-ins has the rest as they are."""
        red, green, blue, alpha = color
        if len(self._numbers) >= _MOST and (red, green, blue) not in self._numbers:
            return color
        return _RED, _GREEN, self._numbers.setdefault((red, green, blue), len(self._numbers) + 1), alpha

    def restore(self, content: bytes) -> bytes:
        """What a page draws, with the true colours."""
        written = {number: _written(color) for color, number in self._numbers.items()}
        return _WRITTEN.sub(lambda match: written[round(float(match[1]) * 255)], content)


def _written(color: tuple[int, int, int]) -> bytes:
    told = b" ".join(b"%.4f" % (value / 255) for value in color)
    return told + b" RG " + told + b" rg"
