"""The alphabet of handsets: GSM 03.38 (3GPP TS 23.038), one septet a byte, as gateways take it.

Ten characters, € and [ among them, are two septets: an escape and a second code. Vietnamese has no table of its own.
"""

from __future__ import annotations

from itertools import islice

_ESCAPE = 0x1B
_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = {0x0A: "\f", 0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\", 0x3C: "[", 0x3D: "~", 0x3E: "]", 0x40: "|"}
_EXTENDED |= {0x65: "€"}
_SEPTETS = {character: bytes([code]) for code, character in enumerate(_BASIC) if code != _ESCAPE}
_SEPTETS |= {character: bytes([_ESCAPE, code]) for code, character in _EXTENDED.items()}
_CHARACTERS = {septets: character for character, septets in _SEPTETS.items()}


def gsm_width(character: str) -> int:
    """How many septets a character takes; 0: it is not in the alphabet."""
    return len(_SEPTETS.get(character, b""))


def gsm_encode(text: str) -> bytes:
    """``text`` in septets, one a byte.

    Raises:
        ValueError: a character is not in the alphabet.
    """
    try:
        return b"".join([_SEPTETS[character] for character in text])
    except KeyError as error:
        raise ValueError(f"not in GSM 03.38: {error.args[0]!a}") from None


def gsm_decode(septets: bytes) -> str:
    """The text that septets stand for.

    Raises:
        ValueError: an escape without its second code, or a code that the alphabet does not have.
    """
    text, codes = [], iter(septets)
    for code in codes:
        pair = bytes([code, *islice(codes, 1)]) if code == _ESCAPE else bytes([code])
        if pair not in _CHARACTERS:
            raise ValueError(f"no character of GSM 03.38: {pair.hex()}")
        text.append(_CHARACTERS[pair])
    return "".join(text)
