"""SMS parts. GSM 03.38: 160 septets alone, 153 in a chain; UCS-2: 70 UTF-16 units alone, 67 in a chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from loa.text.characters import nfc

Encoding = Literal["gsm7", "ucs2"]

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")  # two septets each: an escape and a letter, which may not be parted
_ALONE = {"gsm7": 160, "ucs2": 70}
_CHAINED = {"gsm7": 153, "ucs2": 67}
_ONE_UNIT = 0xFFFF


@dataclass(frozen=True, slots=True)
class SmsCount:
    """How a text travels: in which alphabet, how many septets or UTF-16 units, and as how many parts."""

    encoding: Encoding
    units: int
    parts: int


def sms_count(text: str) -> SmsCount:
    """What a text costs, after bringing it to its normal form."""
    text = nfc(text)
    encoding = _encoding(text)
    return SmsCount(encoding, sum(_units(character, encoding) for character in text), len(sms_split(text)))


def sms_split(text: str) -> tuple[str, ...]:
    """The parts as handsets get them; no escape pair and no surrogate pair is cut. An empty text has no part."""
    text = nfc(text)
    encoding = _encoding(text)
    widths = [_units(character, encoding) for character in text]
    if sum(widths) <= _ALONE[encoding]:
        return (text,) if text else ()
    parts, start, filled = [], 0, 0
    for position, width in enumerate(widths):
        if filled + width > _CHAINED[encoding]:
            parts.append(text[start:position])
            start, filled = position, 0
        filled += width
    return (*parts, text[start:])


def _encoding(text: str) -> Encoding:
    return "gsm7" if all(character in _BASIC or character in _EXTENDED for character in text) else "ucs2"


def _units(character: str, encoding: Encoding) -> int:
    if encoding == "gsm7":
        return 2 if character in _EXTENDED else 1
    return 1 if ord(character) <= _ONE_UNIT else 2
