"""QR codes by segno, as a matrix of dark modules."""

from __future__ import annotations

from functools import lru_cache

import segno

from loa.errors import RenderError

QUIET = 2
"""Quiet modules inside the box; the white tile around it gives the rest."""
SMALLEST_MODULE = 3.0
"""Pixels: below this a phone cannot read the code from a feed."""

_MOST_LETTERS = 700
"""A code of more letters has modules too small for any of our formats, long before no code holds it."""


@lru_cache(maxsize=512)
def modules(value: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of a code, row by row.

    Raises:
        RenderError: E488, no code holds so much.
    """
    if len(value) > _MOST_LETTERS:
        raise RenderError("E488", value=value[:60], length=len(value), most=_MOST_LETTERS)
    code = segno.make(value, error="m", micro=False, boost_error=True)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
