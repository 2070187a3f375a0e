"""Text messages: in which alphabet a text travels, its parts to the octet, and what keeps it out of the short alphabet.

GSM 03.38: 160 septets alone, 153 in a chain; UCS-2: 70 UTF-16 units alone, 67 in a chain. Text is brought to its
normal form (NFC) first. A line break is one septet as LF and two as CR LF; both are kept as they are written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from loa.text.characters import UnwritableCharacters, nfc, unaccent, visible
from loa.text.gsm import gsm_decode, gsm_encode, gsm_width

Encoding = Literal["gsm7", "ucs2"]

_ALONE = {"gsm7": 160, "ucs2": 70}
_CHAINED = {"gsm7": 153, "ucs2": 67}
_ONE_UNIT = 0xFFFF
_CHAIN = b"\x05\x00\x03"
"""A user data header of five octets: element 0 (concatenated message), three octets long."""


@dataclass(frozen=True, slots=True)
class SmsCount:
    """How a text travels: in which alphabet, how many septets or UTF-16 units, and as how many parts."""

    encoding: Encoding
    units: int
    parts: int


@dataclass(frozen=True, slots=True)
class SmsPart:
    """One part as it travels. ``body`` holds septets, one a byte, or UTF-16BE; ``header`` is empty for a lone part."""

    encoding: Encoding
    header: bytes
    body: bytes

    @property
    def text(self) -> str:
        return gsm_decode(self.body) if self.encoding == "gsm7" else self.body.decode("utf-16-be")


@dataclass(frozen=True, slots=True)
class Breaker:
    """A character that takes a text out of GSM 03.38, and where it stands: counted from 1 in the normal form."""

    character: str
    places: tuple[int, ...]
    plain: str | None
    """What it becomes without diacritics: may be empty for an invisible character; None where it has no plain form."""

    @property
    def shown(self) -> str:
        """The character, or its code where there is nothing to be seen."""
        return visible(self.character)


def sms_count(text: str, reserved: int = 0) -> SmsCount:
    """What a text costs, after bringing it to its normal form; ``reserved`` as for ``sms_split``."""
    text = nfc(text)
    encoding = _encoding(text)
    return SmsCount(encoding, sum(_widths(text, encoding)), len(sms_split(text, reserved)))


def sms_split(text: str, reserved: int = 0) -> tuple[str, ...]:
    """The parts as handsets get them; no escape pair and no surrogate pair is cut. An empty text has no part.

    Args:
        text: the words.
        reserved: septets or units that the operator adds to the message (a label, how to refuse); the first part is
            so much shorter: with 38 reserved 122, 268 and 421 septets make one, two and three parts.
    """
    text = nfc(text)
    encoding = _encoding(text)
    widths = _widths(text, encoding)
    if sum(widths) + reserved <= _ALONE[encoding]:
        return (text,) if text else ()
    parts, start, filled = [], 0, reserved
    for position, width in enumerate(widths):
        if filled + width > _CHAINED[encoding]:
            parts.append(text[start:position])
            start, filled = position, 0
        filled += width
    return (*parts, text[start:])


def sms_parts(text: str, reference: int) -> tuple[SmsPart, ...]:
    """The parts of a text, to the octet; ``reference`` (0 to 255) ties a chain together.

    Raises:
        ValueError: more than 255 parts, or no such reference.
    """
    encoding = _encoding(nfc(text))
    bodies = [gsm_encode(part) if encoding == "gsm7" else part.encode("utf-16-be") for part in sms_split(text)]
    if len(bodies) <= 1:
        return tuple(SmsPart(encoding, b"", body) for body in bodies)
    return tuple(
        SmsPart(encoding, _CHAIN + bytes([reference, len(bodies), place]), body)
        for place, body in enumerate(bodies, start=1)
    )


def sms_join(parts: Iterable[SmsPart]) -> str:
    """The text of a message whose parts have come in any order, some perhaps twice.

    Raises:
        ValueError: a part is missing, or they are of different messages.
    """
    found = {part.header: part for part in parts}
    wanted = {header[:5] for header in found}
    if not found:
        return ""
    if len(wanted) > 1 or (b"" in found and len(found) > 1):
        raise ValueError("parts of different messages")
    if b"" not in found and len(found) != next(iter(wanted))[4]:
        raise ValueError("a part is missing")
    return "".join(found[header].text for header in sorted(found))


def sms_breakers(text: str) -> tuple[Breaker, ...]:
    """Every character that is not in GSM 03.38, in the order of its first place."""
    places: dict[str, list[int]] = {}
    for place, character in enumerate(nfc(text), start=1):
        if not gsm_width(character):
            places.setdefault(character, []).append(place)
    return tuple(Breaker(character, tuple(where), _plain(character)) for character, where in places.items())


def _plain(character: str) -> str | None:
    try:
        return unaccent(character)
    except UnwritableCharacters:
        return None


def _encoding(text: str) -> Encoding:
    return "gsm7" if all(map(gsm_width, set(text))) else "ucs2"


def _widths(text: str, encoding: Encoding) -> list[int]:
    if encoding == "gsm7":
        return [gsm_width(character) for character in text]
    return [1 if ord(character) <= _ONE_UNIT else 2 for character in text]
