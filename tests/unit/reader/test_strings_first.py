from __future__ import annotations

import string
import tempfile
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from loa.reader import load, read_text
from loa.reader.document import read_document
from loa.reader.lines import Lines
from loa.reader.parse import FAST_LOADER

Read = Callable[[str | bytes], Any]


class Free(BaseModel):
    """Anything under one key."""

    value: str = ""


@pytest.mark.parametrize(
    "written",
    [
        "18:30",
        "no",
        "yes",
        "on",
        "0901234567",
        "1e3",
        "null",
        "~",
        "0x1F",
        "1_000",
        "2026-10-10",
        ".5",
        "=",
        "<<",
        "50%",
    ],
)
def test_a_scalar_stays_the_string_that_was_written(read: Read, written: str) -> None:
    assert read(f"title: {written}\n").title == written


def test_a_telephone_number_keeps_its_zero(read: Read) -> None:
    assert read("phone: 0901234567\n").phone == "0901234567"


def test_the_schema_decides_what_a_string_means(read: Read) -> None:
    sheet = read(
        "day: 2026-10-5\nat: 7:00\nmoment: 2026-10-12 08:00\nopen: no\nlimit: 90m\ncount: 010\n"
        "parts:\n  - id: a\n    from: 2026-01-02\n    figure: 62.5\n"
    )
    assert sheet.day == date(2026, 10, 5)
    assert sheet.at == time(7)
    assert sheet.moment == datetime(2026, 10, 12, 8)  # noqa: DTZ001  # local time of the campaign; the room above adds the zone
    assert sheet.open is False
    assert sheet.limit == timedelta(minutes=90)
    assert sheet.count == 10
    assert sheet.parts[0].start == date(2026, 1, 2)


def test_both_ways_to_write_an_early_hour_are_the_same(read: Read) -> None:
    assert read("at: 7:00\n").at == read("at: 07:00\n").at == time(7)


@pytest.mark.parametrize("word", ["có", "yes", "true", "Có"])
def test_yes_is_yes_in_both_languages(read: Read, word: str) -> None:
    assert read(f"open: {word}\n").open is True


def test_a_key_that_was_left_blank_has_its_default(read: Read) -> None:
    sheet = read("title:\nday:\nwords:\nlimit:\nid:\nnamed:\n  a-b: {id: x, name: }\n")
    assert (sheet.title, sheet.day, sheet.words, sheet.limit, sheet.id) == ("", None, (), None, "mau")
    assert sheet.named["a-b"].name == ""


def test_quotes_that_hold_nothing_are_an_empty_text(read: Read) -> None:
    assert read('title: ""\n').title == ""


def test_a_blank_text_in_free_data_is_an_empty_text(read: Read) -> None:
    assert read("data: {a: , b: c}\n").data == {"a": "", "b": "c"}


def test_a_hashtag_in_quotes_is_text(read: Read) -> None:
    assert read('title: "Hưởng ứng #ChuyenDoiSo"\n').title == "Hưởng ứng #ChuyenDoiSo"


def test_a_hashtag_in_block_text_is_text(read: Read) -> None:
    text = read("text: |\n  Hưởng ứng #ChuyenDoiSo\n  #DVCTT\nid: a\n").text
    assert text == "Hưởng ứng #ChuyenDoiSo\n#DVCTT"


def test_a_comment_is_still_a_comment(read: Read) -> None:
    assert read("# đầu tệp\nid: a  # mã số, xem #5\n#title: tạm bỏ\n").id == "a"


def test_a_byte_order_mark_is_taken_away(read: Read) -> None:
    assert read(b"\xef\xbb\xbfid: a\n").id == "a"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_line_is_read(read: Read, end: str) -> None:
    assert read(f"id: a{end}title: b{end}").title == "b"


def test_text_in_decomposed_letters_is_composed(read: Read) -> None:
    written = unicodedata.normalize("NFD", "title: Chuyển đổi số\n")
    assert written != unicodedata.normalize("NFC", written)
    assert read(written).title == "Chuyển đổi số"


def test_the_fast_reader_of_yaml_is_in_use() -> None:
    assert yaml.__with_libyaml__
    assert FAST_LOADER is yaml.CSafeLoader


_LETTERS = string.printable.replace("\r", "").replace("\x0b", "").replace("\x0c", "") + "ăâđêôơưạảấầẩẫậ“”–…💡"


def _load(content: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_text(content, encoding="utf-8", newline="")
        return load(path, Free, "a.yaml").value.value


@given(st.text(_LETTERS, max_size=60))
def test_any_text_in_double_quotes_survives_as_a_string(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    assert _load(f'value: "{escaped}"\n') == unicodedata.normalize("NFC", text)


@given(st.from_regex(r"[A-Za-z0-9+.~_][A-Za-z0-9+.~_ăđơư]{0,20}", fullmatch=True))
def test_any_plain_word_survives_as_a_string(word: str) -> None:
    assert _load(f"value: {word}\n") == unicodedata.normalize("NFC", word)


@given(st.text("Chuyển đổi số: “mưa” #tag\"'-{}[]\t\n &*!|>%@`0123", max_size=80))
def test_decomposed_text_is_read_like_composed_text_with_the_same_places(text: str) -> None:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for form in ("NFC", "NFD"):
            path = Path(folder) / "a.yaml"
            path.write_text(unicodedata.normalize(form, text), encoding="utf-8", newline="")
            read = read_text(path, "a.yaml")
            document = read_document(read, Lines(read, "a.yaml"))
            found.append((document.root and document.root.plain(), document.problems))
    assert found[0] == found[1]


@given(st.text("abc:# \n\t-[]{}'\"&*!|>%@`“”?,\\", max_size=120))
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    """Both readers of YAML end with a tree or with problems that have a place in the text; nothing else comes out."""
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        lines = Lines(text, "a.yaml")
        document = read_document(text, lines, loader)
        for problem in document.problems:
            assert problem.place is not None
            assert 1 <= problem.place.line <= len(lines.all) + 1
