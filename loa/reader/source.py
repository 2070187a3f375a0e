"""A file of the staff as text: UTF-8, composed (NFC), without signs that no keyboard writes; all else is refused."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from pathlib import Path

from loa.errors import Place, Problem, ProblemsFound
from loa.reader.lines import Lines
from loa.text import UNPRINTABLE

MAX_BYTES = 1_000_000
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What no picture can show, the odd line ends of word processors, and a byte order mark inside the text. Signs that turn
# the direction of writing would make a reviewer see another text than the one that is sent.
_REFUSED = re.compile(f"[\u2028\u2029\ufeff]|{UNPRINTABLE.pattern}")
_ODD_NUL = 0.2


def sha256_file(path: Path) -> str:
    """The SHA-256 of the bytes of ``path``, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_text(path: Path, shown: str) -> str:
    """The whole text of ``path``.

    Raises:
        ProblemsFound: missing, too big, not UTF-8, or with signs that do not belong in a text.
    """
    raw = _read_bytes(path, shown)
    text = unicodedata.normalize("NFC", _decode(raw.removeprefix(codecs.BOM_UTF8), shown))
    if _REFUSED.search(text) and (odd := _odd_signs(Lines(text, shown))):
        raise ProblemsFound(odd)
    return text


def _odd_signs(lines: Lines) -> list[Problem]:
    return [
        lines.problem("E105", lines.place(number, found.start()), sign=f"U+{ord(found[0][0]):04X}")
        for number, line in enumerate(lines.all)
        for found in _REFUSED.finditer(line)
    ]


def _read_bytes(path: Path, shown: str) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refuse("E101", shown, reason=error.strerror or str(error)) from error
    if len(raw) > MAX_BYTES:
        raise _refuse("E102", shown, size=f"{path.stat().st_size / 1_000_000:.1f}", limit=f"{MAX_BYTES // 1_000_000}")
    return raw


def _decode(raw: bytes, shown: str) -> str:
    if raw.startswith(_UTF16) or raw.count(0) > len(raw) * _ODD_NUL:
        raise _refuse("E103", shown)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = unicodedata.normalize("NFC", raw[: error.start].decode("utf-8"))
        lines = Lines(before + "�", shown)
        last = len(lines.all) - 1
        place = lines.place(last, len(lines.at(last)) - 1)
        raise ProblemsFound([lines.problem("E104", place, byte=f"0x{raw[error.start]:02X}")]) from error


def _refuse(code: str, shown: str, **params: str) -> ProblemsFound:
    return ProblemsFound([Problem(code, params, Place(shown))])
