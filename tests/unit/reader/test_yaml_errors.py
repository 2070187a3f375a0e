"""What a person may do wrong in YAML, each with its code, line and column."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from loa.errors import Problem, ProblemsFound
from loa.messages import describe
from loa.reader import read_text
from loa.reader.document import read_document
from loa.reader.lines import Lines

Refuse = Callable[[str | bytes], tuple[Problem, ...]]

CASES = {
    "a colon in a value": ("title: Hà Nội: mưa\n", "E113", 1, 14),
    "a colon in a value of a list": ("parts:\n  - name: Hà Nội: mưa\n    id: a\n", "E113", 2, 17),
    "a tab as indentation": ("part:\n\tid: a\n", "E110", 2, 1),
    "hard spaces as indentation": ("part:\n\xa0\xa0id: a\n", "E110", 2, 1),
    "a hard space after plain ones": ("part:\n  id: a\n \xa0name: b\n", "E110", 3, 1),
    "wide spaces as indentation": ("part:\n\u3000id: a\n", "E110", 2, 1),
    "a tab in block text": ("text: |\n\tabc\n", "E110", 2, 1),
    "curly quotes": ("title: “Chuyển đổi số”\n", "E111", 1, 8),
    "curly quotes around a colon": ("title: “Hà Nội: mưa”\n", "E111", 1, 8),
    "curly quotes around a key": ("“title”: abc\n", "E111", 1, 1),
    "a lost hashtag": ("title: Hưởng ứng #ChuyenDoiSo\n", "E112", 1, 18),
    "a value that is a hashtag": ("title: #ChuyenDoiSo\n", "E112", 1, 8),
    "a hashtag in a list": ("words:\n  - #ChuyenDoiSo\n", "E112", 2, 5),
    "a hashtag in brackets": ("words: [a, #b]\nid: a\n", "E112", 1, 12),
    "a hashtag after quotes": ('title: "a #b" #c\n', "E112", 1, 15),
    "a line of hashtags below a text": ("title: abc\n  #ChuyenDoiSo #DVCTT\n", "E112", 2, 3),
    "a text that goes on after a hashtag": ("title: a #b\n  c\nid: d\n", "E112", 1, 10),
    "a sign that YAML keeps": ("title: @UBND\n", "E114", 1, 8),
    "bold text": ("title: **quan trọng** lắm\n", "E114", 1, 8),
    "an exclamation mark": ("title: !Chú ý\n", "E114", 1, 8),
    "a percent sign": ("title: %a\n", "E114", 1, 8),
    "a bar with text behind it": ("title: |abc\n", "E114", 1, 8),
    "a field at the beginning": ("title: {{ unit.name }} kính mời\n", "E115", 1, 8),
    "a field alone": ("title: {{ unit.name }}\n", "E115", 1, 8),
    "quotes that do not close": ('title: "abc\nid: a\n', "E116", 1, 8),
    "quotes that close too late": ('title: "abc\nid: "a"\n', "E116", 1, 8),
    "text after quotes": ('title: "abc" def\n', "E127", 1, 8),
    "a line too far out": ("part:\n    id: a\n  name: b\n", "E117", 3, 3),
    "a line too far in": ("title: b\n  id: c\n", "E117", 2, 3),
    "a dash too far in": ("words:\n - a\n  - b\n", "E117", 3, 3),
    "a line without a colon": ("id: a\nabc\ntitle: b\n", "E118", 2, 1),
    "no space after the colon": ("title:abc\nid: a\n", "E118", 1, 1),
    "a backslash": ('title: "C:\\duong"\n', "E119", 1, 8),
    "the same key twice": ("id: a\ntitle: b\nid: c\n", "E120", 3, 1),
    "a tag": ("title: !!python/object:os.system x\n", "E121", 1, 8),
    "a short tag": ("title: !Ref x\n", "E121", 1, 8),
    "an anchor": ("title: &x abc\n", "E122", 1, 8),
    "an alias": ("title: *x\n", "E122", 1, 8),
    "two documents": ("id: a\n---\nid: b\n", "E124", 2, 1),
    "a directive": ("%YAML 1.2\n---\nid: a\n", "E124", 1, 1),
    "a list for a key": ("? [a]\n: b\n", "E125", 1, 3),
    "a dash on the line of its key": ("words: - a\n", "E126", 1, 8),
    "a bracket that does not close": ("words: [a, b\nid: c\n", "E128", 1, 8),
    "a bracket with nothing in it": ("words: [\n", "E128", 1, 8),
    "a bracket that the other kind closes": ("words: [a}\n", "E128", 1, 8),
    "a bracket within brackets": ("words: {a: [b, c}\n", "E128", 1, 12),
    "a sign that is written as an escape": ('title: "ab\\u202ec"\n', "E105", 1, 8),
}


@pytest.mark.parametrize("loader", [yaml.CSafeLoader, yaml.SafeLoader], ids=["fast", "pure"])
@pytest.mark.parametrize("name", CASES)
def test_each_mistake_has_its_code_and_its_place(name: str, loader: type) -> None:
    text, code, line, column = CASES[name]
    problems = read_document(text, Lines(text, "mau.yaml"), loader).problems
    places = [(p.code, p.place.line, p.place.column) for p in problems if p.place]
    assert places == [(code, line, column)]


@pytest.mark.parametrize("name", CASES)
def test_each_mistake_is_described_with_its_source_line_and_a_caret(name: str, refuse: Refuse) -> None:
    text, code, line, column = CASES[name]
    found = next(problem for problem in refuse(text) if problem.code == code)
    shown = describe(found).splitlines()
    assert shown[0].startswith(f"mau.yaml:{line}:{column} [{code}] ")
    assert shown[2].index("^") == len("      | ") + column - 1
    assert not {"{", "}"} & set(shown[0].replace("{{", "").replace("}}", ""))


@pytest.mark.parametrize("text", [text for text, code, *_ in CASES.values() if code == "E128"])
def test_the_bracket_that_is_open_is_named(text: str, refuse: Refuse) -> None:
    found = next(problem for problem in refuse(text) if problem.code == "E128")
    assert found.params["opening"] in ("[", "{")


def test_a_colon_in_a_value_comes_with_the_line_as_it_should_be(refuse: Refuse) -> None:
    (problem,) = refuse("title: Hà Nội: mưa\n")
    assert 'Đặt giá trị trong ngoặc kép: "Hà Nội: mưa"' in describe(problem)
    assert 'Put the value in quotes: "Hà Nội: mưa"' in describe(problem, "en")


def test_a_colon_in_a_list_of_texts_is_seen_through_the_record_that_yaml_makes_of_it(refuse: Refuse) -> None:
    (problem,) = refuse("words:\n  - Hà Nội: mưa\n")
    assert (problem.code, problem.params["fixed"]) == ("E113", '"Hà Nội: mưa"')


def test_all_mistakes_of_a_file_are_told_at_once(refuse: Refuse) -> None:
    text = "title: Hà Nội: mưa\nphone: @x\ntext: “Hi: there”\npart:\n\tid: a\nzone: a #b\nwords: - c\nzone: d\n"
    found = [(p.code, p.place.line) for p in refuse(text) if p.place]
    assert found == [("E113", 1), ("E114", 2), ("E111", 3), ("E110", 5), ("E112", 6), ("E126", 7), ("E120", 8)]


def test_mistakes_of_yaml_and_of_the_schema_are_told_together(refuse: Refuse) -> None:
    found = [(p.code, p.place.line) for p in refuse("id: a\nid: b\nat: 25:00\ntitel: c\n") if p.place]
    assert found == [("E120", 2), ("E143", 3), ("E131", 4)]


def test_places_are_right_after_decomposed_letters(refuse: Refuse) -> None:
    composed = "title: Chuyển đổi số #ViecLam\n"
    both = [refuse(text) for text in (composed, unicodedata.normalize("NFD", composed))]
    assert both[0] == both[1]
    assert both[0][0].place is not None
    assert both[0][0].place.column == composed.index("#") + 1


def test_a_flow_bomb_ends_at_the_allowed_depth(refuse: Refuse) -> None:
    (problem,) = refuse("data: " + "[" * 50_000 + "\n")
    assert problem.code == "E123"


def test_nesting_below_the_limit_is_judged_by_the_schema(refuse: Refuse) -> None:
    assert {problem.code for problem in refuse("title: " + "[" * 30 + "]" * 30 + "\n")} == {"E133"}


def test_a_billion_laughs_file_is_refused_before_it_laughs(refuse: Refuse) -> None:
    rows = ['a0: &a0 "ha"', *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))]
    started = time.perf_counter()
    problems = refuse("\n".join(rows) + "\n")
    assert {"E122"} <= {problem.code for problem in problems}
    assert time.perf_counter() - started < 2


def test_a_file_of_ten_megabytes_is_refused_unread(refuse: Refuse) -> None:
    (problem,) = refuse("title: " + "a" * 10_000_000)
    assert (problem.code, problem.params["size"]) == ("E102", "10.0")


def test_a_file_at_the_limit_is_read(read: Callable[[str], object]) -> None:
    assert read("# " + "a" * 999_000 + "\nid: a\n")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused_with_what_to_do(refuse: Refuse, encoding: str) -> None:
    (problem,) = refuse("id: a\ntitle: Chuyen doi so\n".encode(encoding))
    assert problem.code == "E103"
    assert "UTF-8" in describe(problem).splitlines()[-1]


def test_a_byte_of_an_old_encoding_is_shown_with_its_place(refuse: Refuse) -> None:
    (problem,) = refuse("id: a\ntitle: Chuyển ".encode() + b"\xd0\xf0i\n")
    assert problem.code == "E104"
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (2, 15)


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x85", "\u2028", "\u202e", "\ufeff", "\x1b", "\ufffd", "\u0301" * 9])
def test_signs_that_no_keyboard_writes_are_refused_with_their_place(refuse: Refuse, sign: str) -> None:
    (problem,) = refuse(f"id: a\ntitle: ab{sign}c\n")
    assert (problem.code, problem.params["sign"]) == ("E105", f"U+{ord(sign[0]):04X}")
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (2, 10)


@pytest.mark.parametrize("text", ["", "\n\n", "# chỉ có chú thích\n"])
def test_an_empty_file_is_refused(refuse: Refuse, text: str) -> None:
    assert [problem.code for problem in refuse(text)] == ["E106"]


@pytest.mark.parametrize("text", ["- a\n- b\n", "abc\n", '"abc"\n'])
def test_a_file_that_is_no_record_is_refused(refuse: Refuse, text: str) -> None:
    assert [problem.code for problem in refuse(text)] == ["E107"]


def test_a_missing_file_is_a_problem_of_that_file(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        read_text(tmp_path / "khong-co.yaml", "khong-co.yaml")
    assert found.value.problems()[0].code == "E101"


def test_a_flood_of_problems_is_cut_with_the_number_of_the_rest(refuse: Refuse) -> None:
    problems = refuse("".join(f"k{n}: v\n" for n in range(1_000)))
    assert len(problems) == 201
    assert (problems[-1].code, problems[-1].params["count"]) == ("E108", "800")
