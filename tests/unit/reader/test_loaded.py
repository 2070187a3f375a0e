from __future__ import annotations

from pathlib import Path

import pytest

from loa.reader import Loaded, load, sha256_file
from loa.reader.fields import Model

TEXT = """\
id: a   # mã
parts:
  - id: mot
    name: "Một {{ x }}"
  # ghi chú
  - id: hai
    name: |
      dòng 1
      dòng 2 {{ y }}
data: {a: b,
  c: d}
title: cuối
"""


class Sheet(Model):
    """A sheet."""

    id: str
    parts: tuple[dict[str, str], ...]
    data: dict[str, str]
    title: str


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded[Sheet]:
    path = tmp_path / "a.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return load(path, Sheet, "a.yaml")


@pytest.mark.parametrize(
    ("loc", "line", "column", "length"),
    [
        (("id",), 1, 5, 1),
        (("parts", 0, "id"), 3, 9, 3),
        (("parts", 0, "name"), 4, 11, 13),
        (("parts", 1), 6, 5, 7),
        (("parts",), 2, 1, 5),
        (("data", "c"), 11, 6, 1),
        (("title",), 12, 8, 4),
        (("parts", 1, "khong-co"), 6, 5, 7),
        (("khong-co",), 1, 1, 12),
    ],
)
def test_every_value_knows_its_place(
    loaded: Loaded[Sheet], loc: tuple[str | int, ...], line: int, column: int, length: int
) -> None:
    place = loaded.place_of(loc)
    assert (place.line, place.column, place.length) == (line, column, length)
    assert place.source_line == TEXT.splitlines()[line - 1]


def test_a_key_has_a_place_of_its_own(loaded: Loaded[Sheet]) -> None:
    place = loaded.place_of(("parts", 0, "name"), key=True)
    assert (place.line, place.column, place.length) == (4, 5, 4)


def test_the_source_of_a_node_is_its_raw_lines(loaded: Loaded[Sheet]) -> None:
    assert loaded.source_of(("parts", 0)) == '  - id: mot\n    name: "Một {{ x }}"'
    assert loaded.source_of(("parts", 1)) == "  - id: hai\n    name: |\n      dòng 1\n      dòng 2 {{ y }}"
    assert loaded.source_of(("data",)) == "data: {a: b,\n  c: d}"
    assert loaded.source_of(("title",)) == "title: cuối"


@pytest.mark.parametrize(
    ("loc", "words", "line", "column"),
    [(("parts", 0, "name"), "{{ x }}", 4, 16), (("parts", 1, "name"), "{{ y }}", 9, 14), (("id",), "{{ z }}", 1, 5)],
)
def test_words_inside_of_a_text_have_a_place(
    loaded: Loaded[Sheet], loc: tuple[str | int, ...], words: str, line: int, column: int
) -> None:
    place = loaded.place_within(loc, words)
    assert (place.line, place.column) == (line, column)


def test_the_hash_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    assert sha256_file(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
