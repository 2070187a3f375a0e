"""Figures as people type them and as the program writes them: ``62,5``, ``1.250``, ``62.5``."""

from __future__ import annotations

import re
from functools import lru_cache

_GROUPED = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")


@lru_cache(maxsize=1024)
def figure(text: str) -> float:
    """The number a text stands for, 0 if it is none. Points group thousands in Vietnamese: ``1.250`` is above 1000.

    Only where they cannot (``62.5``, ``0.125``) a point is taken for the decimal sign that the program writes.
    """
    plain = text.strip().rstrip("%").strip()
    if "," in plain or _GROUPED.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return 0.0
