"""What is said for each thing that is no word: addresses, telephone numbers, dates, times, documents, numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from loa.text.spoken.numerals import digit_words, month_words, number_words, ordinal_words
from loa.text.spoken.words import DOCUMENTS, ISSUERS, LABELS, SIGNS_IN_NAMES, UNITS, is_syllable, spelled

Say = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """``say(found, before)``: what is said for the text found; ``before`` is what stands in front of it."""

    pattern: str
    say: Say
    early: bool = False
    """Before the short forms: an address or a document's number is one thing, whatever letters stand in it."""


_DAY, _MONTH, _YEAR = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])", "(?:1[89]|2[0-9])[0-9]{2}"
_DASH = " ?[-–—] ?"
_END = r"(?![\w])(?![.,/]\d)"
_AMOUNT = r"(?:\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
_UNIT = "|".join(
    re.escape(unit) + (r"(?!\w)" if unit[-1].isalnum() else "")
    for unit in sorted(UNITS, key=lambda unit: (-len(unit), unit))
)
_TIME = r"(?:[01]?\d|2[0-4])(?::[0-5]\d(?!\d)| ?(?:h|giờ) ?[0-5]\d(?: ?(?:phút|ph|'))?(?!\w)|h(?!\w))"
_CALL = re.compile(
    r"(?:tổng đài|đường dây nóng|hotline|điện thoại|số máy|đầu số|gọi|nhánh|ĐT)[^.!?\n\d]{0,24}"
    r"(?:\d{3,4}(?:,| hoặc| và) ){0,3}$",
    re.IGNORECASE,
)
_REACHED = re.compile(r"(?:đạt|được|hoàn thành|là|có)\s$", re.IGNORECASE)
_MOST_DIGITS = 18
_SHORTEST_CALL, _LONGEST_RUN = 3, 7
_TYPE_BEFORE = re.compile(r"(?:{})(?:\s+số)?:?\s*$".format("|".join(DOCUMENTS.values())), re.IGNORECASE)


def _name_words(name: str) -> str:
    """An address on the network: dichvucong.gov.vn → dịch vụ công chấm gov chấm vi en."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", name).rstrip("/")
    parts = re.findall(r"[^\W\d_]+|\d|[^\w\s]|_", bare)
    return " ".join(
        LABELS.get(part.lower()) or SIGNS_IN_NAMES.get(part) or (digit_words(part) if part.isdecimal() else part)
        for part in parts
    )


def _phone(found: str, _before: str) -> str:
    groups = re.findall(r"\d+", found)
    if len(groups) == 1 and len(groups[0]) > _LONGEST_RUN:  # 0912345678 is said as 0912 345 678
        groups = [groups[0][:4], groups[0][4:7], groups[0][7:]]
    said = ", ".join(digit_words(group) for group in groups)
    return f"cộng {said}" if found.startswith("+") else said


def _document(found: str, before: str) -> str:
    number, *middle, code = found.split("/")
    kind, _, issuer = code.partition("-")
    said = number_words(int(number))
    if middle:
        said += f" năm {number_words(int(middle[0]))}"
    if kind in DOCUMENTS and not _TYPE_BEFORE.search(before):
        said = f"{DOCUMENTS[kind]} số {said}"
    elif kind not in DOCUMENTS:
        said += f" {ISSUERS.get(kind) or spelled(kind)}"
    by = ISSUERS.get(issuer) or (spelled(issuer) if issuer else "")
    return f"{said} của {by}" if by else said


def _document_of(found: str, before: str) -> str:
    """The same where the text goes on to say whose it is: Quyết định số 1588/QĐ-TTg ngày … của Thủ tướng."""
    return _document(found.partition("-")[0], before)


def _time(found: str, _before: str) -> str:
    numbers = [int(part) for part in re.findall(r"\d+", found)]
    hour = f"{number_words(numbers[0])} giờ"
    return f"{hour} {number_words(numbers[1])} phút" if len(numbers) > 1 and numbers[1] else hour


def _times(found: str, before: str) -> str:
    first, last = re.split(_DASH, found)
    return f"{_time(first + ('h' if first.isdecimal() else ''), before)} đến {_time(last, before)}"


def _day_front(before: str) -> str:
    return "" if re.search(r"(?:ngày|mùng|mồng)\s$", before, re.IGNORECASE) else "ngày "


def _date(found: str, before: str) -> str:
    if found.count("/") == 1 and _REACHED.search(before):  # đạt 8/10
        return _fraction(found, before)
    day, month, *year = (int(part) for part in re.split(r"[/.-]", found))
    said = f"{_day_front(before)}{number_words(day)} tháng {month_words(month)}"
    return f"{said} năm {number_words(year[0])}" if year else said


def _dates(found: str, before: str) -> str:
    first, last = re.split(_DASH, found, maxsplit=1)
    start = _date(first, before) if "/" in first else f"{_day_front(before)}{number_words(int(first))}"
    return f"{start} đến {_date(last, '')}"


def _month_year(found: str, before: str) -> str:
    month, year = found.split("/")
    front = "" if re.search(r"tháng\s$", before, re.IGNORECASE) else "tháng "
    return f"{front}{month_words(int(month))} năm {number_words(int(year))}"


def _fraction(found: str, _before: str) -> str:
    above, below = found.split("/")
    return f"{_amount(above)} trên {_amount(below)}"


def _amount(written: str) -> str:
    """1.234.567 and 62,5 as Vietnam writes them, and the 62.5 of a careless typist."""
    grouped = re.match(r"\d{1,3}[.\u00a0\u202f]\d{3}(?!\d)", written)
    plain = re.sub(r"[.\u00a0\u202f](?=\d{3})", "", written) if grouped else written
    if len(plain) > _MOST_DIGITS:  # no quantity but a code
        return " ".join(digit_words(part) for part in re.findall(r"\d+", plain))
    return number_words(Decimal(plain.replace(",", ".")))


def _quantity(found: str, before: str) -> str:
    match = _QUANTITY.fullmatch(found)
    if match is None:  # the pattern that found it is the same
        return found
    first, first_unit, last, unit = match.group("first", "first_unit", "last", "unit")
    if last is None and first.isdecimal() and len(first) >= _SHORTEST_CALL and _CALL.search(before):
        return digit_words(first)
    said = ("âm " if found[0] in "-−" else "") + _amount(first)
    if last is not None:
        between = f" {UNITS[first_unit]}" if first_unit and first_unit != unit else ""
        said += f"{between} đến {_amount(last)}"
    return f"{said} {UNITS[unit]}" if unit else said


def _ordinal(found: str, _before: str) -> str:
    word, number = found.split()
    return f"{word} {month_words(int(number)) if word.lower() == 'tháng' else ordinal_words(int(number))}"


def _roman(found: str, _before: str) -> str:
    word, letters = found.rsplit(" ", 1)
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in letters]
    total = sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    return f"{word} {ordinal_words(total) if word.endswith('thứ') else number_words(total)}"


def _capitals(found: str, _before: str) -> str:
    return found if is_syllable(found) or not any(letter in _CONSONANTS for letter in found) else spelled(found)


def _version(found: str, _before: str) -> str:
    return " chấm ".join(number_words(int(part)) for part in found.split("."))


def _left_over(found: str, _before: str) -> str:
    """Digits inside a word (5G, A4, Q7): the number, then the letters as they stand."""
    parts = re.findall(r"\d+|[^\W\d]+", found)
    return " ".join(_amount(part) if part.isdecimal() else _one(part) for part in parts)


def _one(letters: str) -> str:
    said_as_letters = len(letters) == 1 or (letters.isupper() and not is_syllable(letters))
    return spelled(letters) if said_as_letters else letters


_CONSONANTS = frozenset("BCDĐFGHJKLMNPQRSTVWXZ")
_SIGN_WORDS = {
    "&": " và ", "≥": "ít nhất ", ">=": "ít nhất ", "≤": "nhiều nhất ", "<=": "nhiều nhất ", "→": ", ", "·": ", ",
    "=": " bằng ", "+": " cộng ", "×": " nhân ", "±": "cộng trừ ", ">": "trên ", "<": "dưới ", "½": "một nửa",
    "²": "", "³": "",
}  # fmt: skip
_BODY = (
    rf"(?P<first>{_AMOUNT})(?: ?(?P<first_unit>{_UNIT})(?={_DASH}))?"
    rf"(?:{_DASH}(?P<last>{_AMOUNT}))?(?: ?(?P<unit>{_UNIT}))?"
)
_QUANTITY = re.compile(rf"[-−]?{_BODY}")
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?:vn|com|net|org|gov|edu|info|me|io)(?![A-Za-z0-9])"
_DOCUMENT = r"(?<![\w/])\d{1,6}(?:/(?:19|20)\d\d)?/(?=[A-ZĐ])[A-ZĐa-z]{1,7}(?:-[A-ZĐ&a-z]{1,8})?(?![\w/])"

RULES = {
    "mail": Rule(rf"(?<![\w.+-])[\w.+-]+@{_HOST}", lambda found, _: _name_words(found), early=True),
    "web": Rule(
        rf"(?<![\w@.])(?:https?://[^\s<>\"”)]*[^\s<>\"”).,;:!?]|{_HOST}(?:/[^\s<>\"”)]*[^\s<>\"”).,;:!?])?)",
        lambda found, _: _name_words(found),
        early=True,
    ),
    "ending": Rule(
        r"(?<![\w.])(?:\.(?:gov|vn|com|edu|org|net))+(?![\w.])", lambda found, _: _name_words(found), early=True
    ),
    "document_of": Rule(rf"{_DOCUMENT}(?=[^.;\n]{{0,60}}\scủa\s)", _document_of, early=True),
    "document": Rule(_DOCUMENT, _document, early=True),
    "roman": Rule(
        r"(?<!\w)(?:[Qq]uý|[Kk]hóa|[Tt]hế kỷ|[Cc]hương|[Pp]hần|[Mm]ục|[Ll]ần thứ|"
        r"[Tt]hứ|[Cc]ấp|[Hh]ạng|[Ll]oại) [IVX]+(?!\w)",
        _roman,
        early=True,
    ),
    "phone": Rule(
        r"(?<![\w.,/])(?:\+84[ .]?\d{2,3}(?:[ .-]?\d{3,4}){2}(?!\d)|"
        r"0\d{2,3}(?:[ .-]?\d{2,4}){2,3}(?![\d])|1[89]00(?:[ .]?\d{2,6}){1,2}(?!\d)"
        r"|(?:1022|1080)(?![\w]|[.,/]\d))",
        _phone,
    ),
    "times": Rule(rf"(?<![\w:/.,])(?:{_TIME}|\d\d?(?={_DASH}\d\d?h)){_DASH}{_TIME}", _times),
    "time": Rule(rf"(?<![\w:/.,]){_TIME}", _time),
    "dates": Rule(rf"(?<![\w/.,-]){_DAY}(?:/{_MONTH}(?:/{_YEAR})?)?{_DASH}{_DAY}/{_MONTH}(?:/{_YEAR})?{_END}", _dates),
    "full_date": Rule(rf"(?<![\w/.,-]){_DAY}(?P<_between>[/.-]){_MONTH}(?P=_between){_YEAR}{_END}", _date),
    "month_year": Rule(rf"(?<![\w/.,-]){_MONTH}/{_YEAR}{_END}", _month_year),
    "version": Rule(r"(?<![\w.,])\d{1,2}(?:\.\d{1,2}){2,}(?![\w])(?!\.\d)", _version),
    "fraction": Rule(
        rf"(?<![\w/.,-]){_AMOUNT}/{_AMOUNT}"
        r"(?= (?:hồ sơ|xã|phường|thôn|bản|khối|xóm|huyện|tỉnh|người|hộ|thủ tục|đơn vị|điểm|tiêu chí"
        r"|chỉ tiêu|cơ quan|nhiệm vụ|dịch vụ|trường|tổ|đại biểu|phiếu|sở|ngành)(?!\w))",
        _fraction,
    ),
    "date": Rule(rf"(?<![\w/.,-]){_DAY}/{_MONTH}{_END}", _date),
    "part": Rule(rf"(?<![\w/.,-]){_AMOUNT}/{_AMOUNT}{_END}", _fraction),
    "ordinal": Rule(r"(?<!\w)(?:[Tt]hứ|[Tt]háng) \d{1,2}(?![\w/])(?![.,:]\d)", _ordinal),
    "quantity": Rule(rf"(?<![\w.,/-])(?:(?<!\S)[-−])?{_BODY}(?!\w)", _quantity),
    "capitals": Rule(r"(?<![\w])[A-ZĐ]{2,6}(?![\w])", _capitals),
    "left_over": Rule(r"(?<!\w)\w*\d\w*|\d+", _left_over),
    "sign": Rule(
        r"≥ ?|>= ?|≤ ?|<= ?| ?[→·] ?| ?[&=+×] ?|±|[<>] ?(?=\d)|½|[²³]", lambda found, _: _SIGN_WORDS[found.strip()]
    ),
}
"""In the order in which they are tried."""
