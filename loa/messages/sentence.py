"""One sentence of the catalogue, in both languages."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """``{name}`` is filled from the parameters of the error. ``remedy`` tells what to do."""

    vi: str
    en: str
    remedy_vi: str = ""
    remedy_en: str = ""
