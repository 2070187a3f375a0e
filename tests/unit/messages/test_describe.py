from __future__ import annotations

import pytest

from loa.errors import Place, Problem
from loa.messages import Lang, as_dict, describe

PLACE = Place("campaigns/tet.yaml", 11, 14, 7, "    channel: facebok")


def test_a_problem_is_printed_in_four_parts() -> None:
    problem = Problem("E131", {"name": "facebok"}, PLACE, ("facebook", "zalo"), "facebook")
    place, source, caret, todo = describe(problem).splitlines()
    assert place.startswith("campaigns/tet.yaml:11:14 [E131] ")
    assert place.endswith('Có phải ý bạn là "facebook"?')
    assert source == "   11 |     channel: facebok"
    assert caret == "      |              ^~~~~~~  dùng được: facebook, zalo"
    assert todo.startswith("   → ")


def test_the_same_problem_in_english() -> None:
    problem = Problem("E131", {"name": "facebok"}, PLACE, ("facebook",), "facebook")
    text = describe(problem, "en")
    assert 'Did you mean "facebook"?' in text
    assert "accepted: facebook" in text


def test_a_problem_without_a_place_has_no_excerpt() -> None:
    assert len(describe(Problem("E100", {"count": "2"})).splitlines()) == 1


def test_a_long_source_line_is_cut_around_the_caret() -> None:
    line = "x" * 5000 + "HERE" + "y" * 5000
    _, source, caret, *_ = describe(Problem("E100", {}, Place("a.yaml", 1, 5001, 4, line))).splitlines()
    assert len(source) < 130
    start = caret.index("^")
    assert source[start : start + 4] == "HERE"
    assert caret[start : start + 4] == "^~~~"


def test_signs_that_look_like_a_space_are_shown_one_for_one() -> None:
    place = Place("a.yaml", 1, 1, 1, "\xa0\tcó")
    assert "1 | ⍽→có" in describe(Problem("E100", {}, place))


def test_a_warning_says_that_it_is_one() -> None:
    assert "lưu ý]" in describe(Problem("E100", {}, PLACE, severity="warning"))


def test_a_long_list_of_what_is_accepted_is_cut_with_its_count() -> None:
    text = describe(Problem("E100", {}, PLACE, tuple(str(number) for number in range(100))))
    assert "còn 88" in text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_json_form_has_all_that_a_program_needs(lang: Lang) -> None:
    record = as_dict(Problem("E131", {"name": "facebok"}, PLACE, ("facebook",), "facebook"), lang)
    assert record["file"] == "campaigns/tet.yaml"
    assert (record["line"], record["column"], record["length"]) == (11, 14, 7)
    assert record["accepted"] == ["facebook"]
    assert record["suggestion"] == "facebook"
    assert record["params"] == {"name": "facebok"}
    assert "facebok" in record["message"]
