from __future__ import annotations

from pathlib import Path

import pytest

from loa.errors import Problem, ProblemsFound
from loa.reader import MarkdownFile, read_markdown

TEXT = '---\ntitle: 18:30 thứ Sáu\nhashtags: ["#A", b]\nempty:\n---\n\nDòng một\nDòng {{ hai }}\n'


def read(folder: Path, text: str) -> MarkdownFile:
    path = folder / "a.md"
    path.write_text(text, encoding="utf-8", newline="")
    return read_markdown(path, "content/a.md")


def problems(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFound) as found:
        read(folder, text)
    return found.value.problems()


def test_front_matter_is_read_as_strings(tmp_path: Path) -> None:
    file = read(tmp_path, TEXT)
    assert file.meta == {"title": "18:30 thứ Sáu", "hashtags": ("#A", "b"), "empty": ""}
    assert file.body == "\nDòng một\nDòng {{ hai }}\n"
    assert file.body_line == 6


def test_the_body_knows_its_places(tmp_path: Path) -> None:
    file = read(tmp_path, TEXT)
    place = file.body_place(file.body.index("{{"), 9)
    assert (place.file, place.line, place.column, place.source_line) == ("content/a.md", 8, 6, "Dòng {{ hai }}")


def test_hashtags_are_words_of_the_body_and_lost_ones_are_told_in_the_front_matter(tmp_path: Path) -> None:
    body = "Bà con nộp hồ sơ #chuyendoiso #dvctt\n  #DVCTT\n"
    assert read(tmp_path, f"---\ntitle: Thử\n---\n{body}").body == body
    lost = problems(tmp_path, f"---\ntitle: Thử #chuyendoiso\n---\n{body}")
    assert [(each.code, each.place.line) for each in lost if each.place] == [("E112", 2)]


def test_the_front_matter_knows_its_places(tmp_path: Path) -> None:
    file = read(tmp_path, TEXT)
    assert (file.meta_place("hashtags").line, file.meta_place("title").column) == (3, 8)


def test_a_file_without_front_matter_is_all_body(tmp_path: Path) -> None:
    file = read(tmp_path, "Xin chào\n---\nhết\n")
    assert (file.meta, file.body, file.body_line) == ({}, "Xin chào\n---\nhết\n", 1)


def test_empty_front_matter_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "---\n---\nabc").body == "abc"


def test_lines_that_end_as_on_windows_are_read_alike(tmp_path: Path) -> None:
    assert read(tmp_path, TEXT.replace("\n", "\r\n")).body == read(tmp_path, TEXT).body


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("---\ntitle: a\nXin chào\n", "E160", 1),
        ("---\ntitle: Hà Nội: mưa\n---\n", "E113", 2),
        ("---\ntitle: a\ntitle: b\n---\n", "E120", 3),
        ("---\ntitle: {a: b}\n---\n", "E161", 2),
        ("---\ntitle: [[a]]\n---\n", "E161", 2),
        ("---\nhashtags: #ChuyenDoiSo\n---\n", "E112", 2),
        ("---\n- a\n---\n", "E107", 2),
        ("---\ntitle: a\n---\nxin\u2028chào\n", "E105", 4),
    ],
)
def test_mistakes_in_a_content_file_have_their_place(tmp_path: Path, text: str, code: str, line: int) -> None:
    assert [(p.code, p.place.line) for p in problems(tmp_path, text) if p.place] == [(code, line)]
