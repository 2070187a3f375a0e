"""Numbers in Vietnamese words: mười and mươi, một and mốt, năm and lăm, tư, linh, nghìn, triệu, tỷ."""

from __future__ import annotations

from decimal import Decimal

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TEN = {5: "lăm"}
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_BILLION = 1_000_000_000
_LONGEST_FRACTION = 3
_ORDINALS = {1: "nhất", 4: "tư"}


def number_words(value: int | Decimal) -> str:
    """``value`` as it is said: 1005 → một nghìn không trăm linh năm, 62.5 → sáu mươi hai phẩy năm.

    The digits after the comma are said as they were given: 0.50 → không phẩy năm mươi.
    """
    exact = Decimal(value)
    sign = "âm " if exact < 0 else ""
    whole, _, fraction = f"{abs(exact):f}".partition(".")
    said = sign + _whole(int(whole))
    return f"{said} phẩy {_fraction(fraction)}" if fraction else said


def digit_words(digits: str) -> str:
    """The digits one by one, as telephone numbers and codes are said."""
    return " ".join(DIGITS[int(digit)] for digit in digits)


def ordinal_words(value: int) -> str:
    """What follows ``thứ`` and ``tháng``: nhất is for the ordinal only, tư is for both."""
    return _ORDINALS.get(value) or number_words(value)


def month_words(month: int) -> str:
    """What follows ``tháng``: một, hai, ba, tư."""
    return "tư" if month == 4 else number_words(month)  # noqa: PLR2004 (April)


def _fraction(digits: str) -> str:
    """Short fractions are said as a number; with a zero in front, or when long, digit by digit."""
    if digits.startswith("0") or len(digits) > _LONGEST_FRACTION:
        return digit_words(digits)
    return _whole(int(digits))


def _whole(value: int) -> str:
    if value < _BILLION:
        return _groups(value, full=False) or DIGITS[0]
    head, rest = divmod(value, _BILLION)
    return " ".join(filter(None, (_whole(head), "tỷ", _groups(rest, full=True))))


def _groups(value: int, *, full: bool) -> str:
    """A number below a billion. ``full``: something stands before it, so that its hundreds are said even when none."""
    words: list[str] = []
    for size, name in ((1_000_000, "triệu"), (1_000, "nghìn"), (1, "")):
        group, value = divmod(value, size)
        if group:
            words += [_hundreds(group, full=full or bool(words)), name]
    return " ".join(filter(None, words))


def _hundreds(value: int, *, full: bool) -> str:
    hundreds, rest = divmod(value, 100)
    if not hundreds and not full:
        return _tens(rest)
    words = [DIGITS[hundreds], "trăm"]
    if 0 < rest < 10:  # noqa: PLR2004 (a lone unit)
        words += ["linh", DIGITS[rest]]
    elif rest:
        words.append(_tens(rest))
    return " ".join(words)


def _tens(value: int) -> str:
    tens, unit = divmod(value, 10)
    if not tens:
        return DIGITS[unit]
    special = _AFTER_TEN if tens == 1 else _AFTER_TENS
    words = ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    return " ".join([*words, special.get(unit, DIGITS[unit])] if unit else words)
