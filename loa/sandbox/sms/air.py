"""How a text travels: what the gateway makes of it, cut into the parts that handsets put together again."""

from __future__ import annotations

from functools import lru_cache

from loa.text import sms_count, sms_split

ALONE, CHAINED = 70, 67
"""UTF-16 units of a message alone, and of each part of a chain."""
LABEL = "[QC] "
HOW_TO_REFUSE = " Tu choi QC soan TC gui 5656 (0d)"
"""With the label 38 characters, which carriers add to advertising."""
LABELS = ("[QC]", "[AD]")


@lru_cache(maxsize=1024)
def on_the_air(text: str, *, unicode: bool | None) -> tuple[tuple[str, ...], bool]:
    """The parts, and whether they travel as UCS-2.

    ``unicode``: as in ``Order``. Asked for the cheap alphabet, the gateway puts a question mark for every other letter.
    """
    if unicode is None:
        unicode = not is_cheap(text)
    if not unicode:
        return sms_split("".join(letter if _is_cheap(letter) else "?" for letter in text)), False
    return _cut(text), True


def labelled(text: str) -> str:
    """An advertisement as carriers send it on: label first, how to refuse last; a label that is there stays alone."""
    return (text if text.startswith(LABELS) else LABEL + text) + HOW_TO_REFUSE


def is_cheap(text: str) -> bool:
    """Whether every letter is in the alphabet of GSM 03.38."""
    return sms_count(text).encoding == "gsm7"


@lru_cache(maxsize=512)
def _is_cheap(letter: str) -> bool:
    return is_cheap(letter)


def _cut(text: str) -> tuple[str, ...]:
    """UCS-2: no surrogate pair is cut, and nothing is normalised: a gateway sends what it is given."""
    widths = [len(letter.encode("utf-16-le")) // 2 for letter in text]
    if sum(widths) <= ALONE:
        return (text,) if text else ()
    parts, start, filled = [], 0, 0
    for position, width in enumerate(widths):
        if filled + width > CHAINED:
            parts.append(text[start:position])
            start, filled = position, 0
        filled += width
    return (*parts, text[start:])
