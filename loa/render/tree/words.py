"""Where a Vietnamese line may break. Syllables are written apart, so compounds and names need to be held together."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

NBSP = "\u00a0"
FREE = 0.0
_PAUSES = {"–": -0.24, ":": -0.24, ".": -0.24, ";": -0.24, "!": -0.24, "?": -0.24, "…": -0.24, ",": -0.12}
_LEANS, _COUNTS, _PHRASE, _NAMES = 0.10, 0.14, 0.16, 0.8
"""What a break costs: after a word that leans on the next, between a number and what it counts, between two compounds
that are one notion, within a name."""

_KNOWN = frozenset(
    tuple(word.split())
    for word in Path(__file__).with_name("compounds.txt").read_text(encoding="utf-8").replace("\n", " ").split(", ")
)
_LONGEST = max(map(len, _KNOWN))
_BEFORE_NUMBER = frozenset(
    ("năm", "tháng", "ngày", "số", "tuổi", "lớp", "độ", "án", "khóa", "kỳ", "đợt", "quý", "từ", "đến", "trên", "hơn",
     "dưới", "gần", "khoảng", "ít", "nhiều", "điều", "khoản", "mục", "bước", "tổ", "thôn", "khu", "ấp", "phần", "mức",
     "giờ", "lần", "thứ", "lúc", "hạng", "cấp", "quận", "vòng", "đài")
)  # fmt: skip
_AFTER_NUMBER = frozenset(
    ("%", "‰", "triệu", "tỷ", "tỉ", "nghìn", "ngàn", "trăm", "năm", "tháng", "tuần", "ngày", "giờ", "phút", "giây",
     "tuổi", "đồng", "đ", "lần", "hồ", "lượt", "bước", "người", "xã", "phường", "thôn", "buôn", "tổ", "hộ", "điểm",
     "km", "m", "m²", "km²", "kg", "tấn", "ha", "lít", "gb", "mb", "mbps", "°c", "vnđ", "usd", "bản", "chiếc", "cuộc",
     "loại", "nhóm", "trang", "bài", "tin", "câu", "mẫu", "em", "ca", "lớp", "trường", "vị", "đơn", "phần", "khâu")
)  # fmt: skip
_LEANING = frozenset(
    ("và", "của", "cho", "tại", "ở", "với", "từ", "đến", "bằng", "qua", "trong", "trên", "dưới", "về", "các", "những",
     "mỗi", "mọi", "từng", "một", "không", "chưa", "chẳng", "được", "là", "để", "khi", "do", "bị", "đã", "đang", "sẽ",
     "hoặc", "hay", "theo", "nhờ", "vì", "cần", "phải", "hãy", "rất", "cũng", "bởi", "nếu", "thì", "mà", "nên", "vào",
     "xã", "phường", "tỉnh", "huyện", "quận", "thôn", "buôn", "bản", "ấp", "làng", "đừng", "nhằm", "như", "hơn")
)  # fmt: skip
_PLACES = frozenset(
    ("xã", "phường", "thị", "tỉnh", "huyện", "quận", "thôn", "buôn", "bản", "ấp", "làng", "ủy", "ban", "tp.", "tp",
     "đường", "phố", "khu", "tổ", "sở", "ngày", "cổng", "đề", "hội", "đoàn", "ông", "bà", "anh", "chị")
)  # fmt: skip
_PHRASES = frozenset(
    tuple(pair.split("|"))
    for pair in (
        "vụ|công",
        "tục|hành",
        "danh|điện",
        "khoản|định",
        "liệu|dân",
        "hiểm|y",
        "hiểm|xã",
        "quyền|địa",
        "gia|về",
        "bộ|công",
        "phòng|chống",
        "dân|trưởng",
        "toán|không",
        "thẻ|căn",
        "cước|công",
        "đổi|căn",
        "lý|lịch",
        "đường|dây",
        "tế|số",
        "cách|hành",
        "nghệ|thông",
        "tác|tuyên",
        "mục|tiêu",
        "nghiệp|vừa",
        "gia|đình",
        "an|toàn",
        "bình|đẳng",
    )
)
_KINDS_OF_PLACE = frozenset(
    ("xã", "phường", "trấn", "tỉnh", "huyện", "quận", "thôn", "buôn", "bản", "ấp", "làng", "khu", "phố", "tp", "đường")
)
_NUMBER = re.compile(r"\d[\d.,:/%–-]*$")
_ORDINAL = re.compile(r"(\d[\d.,:/%–-]*|[ivx]+)$")
_QUOTES = "“”\"'()«»"


def _bare(word: str) -> str:
    return word.strip(_QUOTES + ".,:;!?…–").lower()


@lru_cache(maxsize=4096)
def chunks(text: str) -> tuple[str, ...]:
    """The pieces of a text between which a line may break: a compound, a short name, a number with its unit."""
    words = text.split()
    pieces: list[str] = []
    at = 0
    while at < len(words):
        length = _compound_at(words, at) or _name_at(words, at)
        pieces.append(NBSP.join(words[at : at + length]))
        at += length
    return tuple(_hold_dashes(_hold_numbers(pieces)))


def joints(pieces: tuple[str, ...]) -> tuple[float, ...]:
    """What it costs to end a line after each piece but the last; below zero where a reader would pause anyway."""
    return tuple(_joint(one, other) for one, other in pairwise(pieces))


def _joint(one: str, other: str) -> float:
    last, first = one.rpartition(NBSP)[2], other.partition(NBSP)[0]
    if (pause := _PAUSES.get(last.rstrip(_QUOTES)[-1:])) is not None:
        return pause
    if _is_name(last) and _is_name(first) and NBSP not in other and not _bare(last).isdigit():
        return _NAMES
    if _NUMBER.match(_bare(one.partition(NBSP)[0])) and first[:1].islower():
        return _COUNTS
    if (_bare(last), _bare(first)) in _PHRASES:
        return _PHRASE
    return _LEANS if _bare(last) in _LEANING else FREE


def _compound_at(words: list[str], at: int) -> int:
    """How many words the longest compound that begins here has; 0 if none does."""
    for length in range(min(_LONGEST, len(words) - at), 1, -1):
        inner = words[at : at + length]
        if _unbroken(inner) and tuple(_bare(word) for word in inner) in _KNOWN:
            return length
    return 0


def _unbroken(words: list[str]) -> bool:
    return all(not word.endswith((",", ".", ";", ":", "!", "?", "…")) for word in words[:-1])


def _is_name(word: str) -> bool:
    """A syllable with a capital, and not a word that only says what kind of place or office it is."""
    letters = word.strip(_QUOTES + ".,:;!?…–")
    return letters[:1].isupper() and not (len(letters) > 1 and letters.isupper()) and letters.lower() not in _PLACES


def _name_at(words: list[str], at: int) -> int:
    """2 where a name of just two syllables begins (Ea Kao, Kim Liên), else 1; a longer name may break if it must."""
    run = at
    of_a_place = at > 0 and _bare(words[at - 1]) in _KINDS_OF_PLACE  # then “Liên thông” does not begin in “Kim Liên”
    while run < len(words) and _is_name(words[run]) and not (run > at and not of_a_place and _compound_at(words, run)):
        run += 1
        if not _unbroken(words[run - 1 : run + 1]):
            break
    before = at > 0 and _is_name(words[at - 1]) and _unbroken(words[at - 1 : at + 1])
    return 2 if run - at == 2 and not before else 1  # noqa: PLR2004 - a name of two syllables


def _hold_numbers(pieces: list[str]) -> list[str]:
    held: list[str] = []
    for piece in pieces:
        previous = held[-1] if held else ""
        last, first = _bare(previous.split(NBSP)[-1]), _bare(piece.split(NBSP)[0])
        after = _NUMBER.match(last) and first in _AFTER_NUMBER
        before = _ORDINAL.match(first) and last in _BEFORE_NUMBER
        if previous and (after or before) and not previous.endswith((",", ".", ";", ":")):
            held[-1] = previous + NBSP + piece
        else:
            held.append(piece)
    return held


def _hold_dashes(pieces: list[str]) -> list[str]:
    """A dash stays at the end of its line, never at the head of the next."""
    held: list[str] = []
    for piece in pieces:
        if piece in {"–", "-", "—", "|", "·", "&", "+"} and held:
            held[-1] += NBSP + piece
        else:
            held.append(piece)
    return held
