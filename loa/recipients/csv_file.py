"""A CSV file as a stream of rows, whatever program wrote it: which encoding and which mark between columns."""

from __future__ import annotations

import codecs
import csv
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from loa.errors import LoaError

Row = tuple[int, list[str]]
"""The number of the row in the file, as a spreadsheet counts, and its cells."""

_BLOCK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = ",;\t"
_HEAD_LINES = 20
"""Among which the table begins."""
_VIETNAMESE = frozenset("aáàảãạăắằẳẵặâấầẩẫậeéèẻẽẹêếềểễệiíìỉĩịoóòỏõọôốồổỗộơớờởỡợuúùủũụưứừửữựyýỳỷỹỵđ₫–—“”‘’…\xa0")
_VIETNAMESE |= frozenset("\u0300\u0301\u0303\u0309\u0323")
"""With the five tones, which this code page keeps apart."""


def rows_of_csv(path: Path) -> Iterator[Row]:
    """The rows of a CSV file that are not empty.

    Raises:
        LoaError: E716 nobody can tell how the file is written; E723 a row cannot be read.
    """
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        head = [line for _, line in zip(range(_HEAD_LINES), file, strict=False)]
        named = bool(head) and head[0].strip().lower().startswith("sep=")  # what Excel writes in front of the table
        separator = _separator(head[1:] if named else head)
        file.seek(0)
        reader = csv.reader(file, delimiter=separator, strict=True)  # a lost quote would swallow the rows behind it
        number = 0
        try:
            for cells in reader:
                number += 1
                if any(cells) and not (named and number == 1):
                    yield number, cells
        except (csv.Error, UnicodeError) as error:
            raise LoaError("E723", row=number + 1, detail=type(error).__name__) from error


def _separator(lines: Sequence[str]) -> str:
    """The mark of the first line that has one outside of quotes: a title above the table has none."""
    for line in lines:
        outside = "".join(line.split('"')[::2])
        if any(mark in outside for mark in _SEPARATORS):
            return max(_SEPARATORS, key=outside.count)
    return _SEPARATORS[0]


def _encoding(path: Path) -> str:
    """By its mark, else UTF-8 if every byte of it is, else the old Vietnamese code page if that gives Vietnamese."""
    with path.open("rb") as file:
        head = file.read(4)
        for mark, encoding in _BOMS:
            if head.startswith(mark):
                return encoding
        file.seek(0)
        return "utf-8" if _is_utf8(file) else _old_encoding(path)


def _is_utf8(blocks: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := blocks.read(_BLOCK):
            if b"\0" in block:
                return False
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _old_encoding(path: Path) -> str:
    """Windows-1258, where it reads as Vietnamese throughout: nearly any bytes can be read as some characters.

    Raises:
        LoaError: E716.
    """
    try:
        with path.open(encoding="cp1258") as file:
            while text := file.read(_BLOCK):
                letters = {each for each in unicodedata.normalize("NFC", text).lower() if not each.isascii()}
                if "\0" in text or not letters <= _VIETNAMESE:
                    raise LoaError("E716", file=path.name)
    except UnicodeDecodeError as error:
        raise LoaError("E716", file=path.name) from error
    return "cp1258"
