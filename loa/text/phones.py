"""Phone numbers: any spelling to E.164, or the reason why a person must look; carriers; masks; numbers in a text.

Vietnamese mobile numbers have nine digits after 0 or +84. Until September 2018 some had ten, under 21 codes that are
dead since July 2019; their last seven digits were kept.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

_PREFIX = r"(?:(?:\+|00)?84|0)?"
_SWITCHED = {"120": "70", "121": "79", "122": "77", "126": "76", "128": "78"}  # MobiFone
_SWITCHED |= {"123": "83", "124": "84", "125": "85", "127": "81", "129": "82"}  # VinaPhone
_SWITCHED |= {f"16{digit}": f"3{digit}" for digit in range(2, 10)}  # Viettel
_SWITCHED |= {"186": "56", "188": "58", "199": "59"}  # Vietnamobile, Gmobile
_CARRIERS = {
    "viettel": "32 33 34 35 36 37 38 39 86 96 97 98",
    "vinaphone": "81 82 83 84 85 88 91 94",
    "mobifone": "70 76 77 78 79 89 90 93",
    "vietnamobile": "52 56 58 92",
    "gmobile": "59 99",
    "itel": "87",
    "wintel": "55",
}
_FIRST_OWNER = {block: carrier for carrier, blocks in _CARRIERS.items() for block in blocks.split()}
# Blocks whose numbers are accepted unseen. The rest may well be real (087 and 055 are in use, the tables of the
# libraries lag behind), so that a person looks at them; nothing is dropped.
_SETTLED = r"(?:3[2-9]|52[238]|5[689]|7[06-9]|8[1-68]|89[6-9]|9[0-46-8]|99[013-9])"
_MOBILE = re.compile(rf"{_PREFIX}((?={_SETTLED})[0-9]{{9}})")
_ANY_BLOCK = re.compile(r"(?:(?:(?:\+|00)?84)?0?)([35789][0-9]{8})")
_OLD = re.compile(r"(?:(?:(?:\+|00)?84)?0?)(1[0-9]{2})([0-9]{7})")
_HOTLINE = re.compile(r"(?:(?:\+|00)?84)?(?:1[89]00[0-9]{4,6})")
_LOST_DIGITS = re.compile(r"([0-9])[.,]([0-9]+)[eE]\+?([0-9]{1,2})")
_AS_A_SUM = re.compile(r"(\+?[0-9]+)[.,]0{1,2}")
_TWO = re.compile(r"(?<![0-9])(?:\+?84|0084|0)(?:[ .()-]*[0-9]){9}(?![0-9])")
_FILLING = re.compile(r"[\s.,()\[\]/_'‘’`´·•‐‑‒–—−-]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_INVISIBLE |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_FEWEST_SHORT, _MOST_SHORT = 3, 5
_DIGITS = 9
_IN_TEXT = re.compile(r"(?<![\d.])(?:\+?84|0)[ .-]?[35789](?:[ .-]?\d){8}(?!\d)")


class Why(StrEnum):
    """Why a number is in doubt. The value is a code of ``loa.messages``."""

    EMPTY = "E320"
    TOO_SHORT = "E321"
    TOO_LONG = "E322"
    LANDLINE = "E323"
    HOTLINE = "E324"
    SHORT_CODE = "E325"
    FOREIGN = "E326"
    SEVERAL = "E327"
    SPREADSHEET = "E328"
    """A spreadsheet has turned it into a rounded number: its last digits are lost."""
    OLD_FORMAT_UNMAPPED = "E329"
    UNKNOWN_BLOCK = "E330"
    UNPARSEABLE = "E331"


@dataclass(frozen=True, slots=True)
class Phone:
    """A Vietnamese mobile number. Its ``repr`` does not tell it."""

    e164: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was written is not surely a mobile number. ``guess`` is what it most likely means, in E.164, or empty."""

    why: Why
    guess: str = field(default="", repr=False)


def normalise(written: str) -> Phone | Doubt:
    """The number that a cell holds, however it is written; what is not settled beyond doubt is a Doubt."""
    if match := _MOBILE.fullmatch(written) or _MOBILE.fullmatch(written.replace(" ", "")):
        return Phone(f"+84{match[1]}")
    plain = (written if written.isascii() else _plainly(written)).strip().lstrip("'‘’`´")
    if not plain:
        return Doubt(Why.EMPTY)
    if lost := _LOST_DIGITS.fullmatch(plain):
        if len(lost[2]) != int(lost[3]):
            return Doubt(Why.SPREADSHEET)
        plain = lost[1] + lost[2]
    if whole := _AS_A_SUM.fullmatch(plain):
        plain = whole[1]
    bare = _FILLING.sub("", plain)
    if match := _MOBILE.fullmatch(bare):
        return Phone(f"+84{match[1]}")
    return Doubt(Why.SEVERAL) if len(_TWO.findall(plain)) > 1 else _of_digits(bare, plain)


def carrier_hint(e164: str) -> str:
    """The first owner of the number's block, or empty. A hint only: since 2018 people keep a number and change over."""
    return _FIRST_OWNER.get(e164.removeprefix("+84")[:2], "")


def masked(e164: str) -> str:
    """A number as people may see it: ``+84 91* *** 678``. Of a shorter address nothing is shown."""
    digits = e164.removeprefix("+84")
    return f"+84 {digits[:2]}* *** {digits[-3:]}" if len(digits) >= _DIGITS else "*** ***"


def mobile_numbers(text: str) -> int:
    """How many Vietnamese mobile numbers stand in ``text``; service numbers (1022, 1900…) and fixed lines are none."""
    return len(_IN_TEXT.findall(text))


def _plainly(written: str) -> str:
    """Full-width digits as plain ones, without the marks of direction that address books put around numbers."""
    return unicodedata.normalize("NFKC", written).translate(_INVISIBLE)


def _of_digits(bare: str, plain: str) -> Phone | Doubt:
    """``bare`` is ``plain`` without what people put between digits."""
    if old := _OLD.fullmatch(bare):
        if old[1] not in _SWITCHED:
            return Doubt(Why.HOTLINE if _HOTLINE.fullmatch(bare) else Why.OLD_FORMAT_UNMAPPED)
        bare = f"0{_SWITCHED[old[1]]}{old[2]}"
    if match := _ANY_BLOCK.fullmatch(bare):
        number = f"+84{match[1]}"
        return Phone(number) if _MOBILE.fullmatch(number) else Doubt(Why.UNKNOWN_BLOCK, number)
    if not re.fullmatch(r"\+?[0-9]+", bare):
        return _among_words(plain)
    if _HOTLINE.fullmatch(bare):
        return Doubt(Why.HOTLINE)
    if _FEWEST_SHORT <= len(bare) <= _MOST_SHORT:
        return Doubt(Why.SHORT_CODE)
    return Doubt(_told_by_library(bare))


def _among_words(plain: str) -> Doubt:
    """A cell with words in it: somebody must say that the one number in it is meant."""
    guesses = [normalise(match) for match in _TWO.findall(plain)]
    guess = guesses[0] if guesses else None
    return Doubt(Why.UNPARSEABLE, guess.e164 if isinstance(guess, Phone) else "")


def _told_by_library(bare: str) -> Why:
    """What kind of number it is that is no Vietnamese mobile number."""
    import phonenumbers  # noqa: PLC0415 - 60 ms, and clean lists never need it

    try:
        number = phonenumbers.parse(bare, "VN")
    except phonenumbers.NumberParseException:
        return Why.UNPARSEABLE
    kind = phonenumbers.number_type(number)
    if number.country_code != 84:  # noqa: PLR2004 - the code of Vietnam
        return Why.FOREIGN if phonenumbers.is_possible_number(number) else Why.UNPARSEABLE
    if kind == phonenumbers.PhoneNumberType.FIXED_LINE:
        return Why.LANDLINE
    if kind not in {phonenumbers.PhoneNumberType.UNKNOWN, phonenumbers.PhoneNumberType.MOBILE}:
        return Why.HOTLINE
    return _by_length(str(number.national_number))


def _by_length(national: str) -> Why:
    if len(national) == _DIGITS and not national.startswith("1"):
        return Why.LANDLINE  # area codes as they were until 2017, such as 04 for Hà Nội
    return Why.TOO_LONG if len(national) > _DIGITS else Why.TOO_SHORT
