from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

import loa
from loa.messages import DuplicateCodeError, Sentence, catalogue_entries, merge, remedy, sentence


def test_a_code_in_two_areas_is_refused() -> None:
    one = {"E999": Sentence("a", "a")}
    with pytest.raises(DuplicateCodeError, match="E999 is in both one and two"):
        merge([("one", one), ("two", one)])


def test_areas_are_merged() -> None:
    merged = merge([("one", {"E998": Sentence("a", "a")}), ("two", {"E999": Sentence("b", "b")})])
    assert set(merged) == {"E998", "E999"}


def test_a_sentence_is_filled_from_its_parameters() -> None:
    assert sentence("E100", {"count": "3"}) == "Có 3 chỗ cần sửa."
    assert sentence("E100", {"count": "3"}, "en") == "3 problem(s) found."


def test_braces_in_a_parameter_stay_text() -> None:
    assert "{0.__class__}" in sentence("E100", {"count": "{0.__class__}"})


def test_a_missing_parameter_stays_visible() -> None:
    assert "{count}" in sentence("E100", {})


def test_an_unknown_code_still_tells_what_is_known() -> None:
    assert sentence("E000", {"path": "a.yaml"}) == "E000 path=a.yaml"
    assert remedy("E000", {}) == ""


def test_every_sentence_is_complete_in_both_languages() -> None:
    for code, entry in catalogue_entries():
        assert re.fullmatch(r"E\d{3}", code), code
        assert entry.vi, code
        assert entry.en, code
        assert bool(entry.remedy_vi) == bool(entry.remedy_en), code


def test_every_sentence_is_in_the_composed_form_of_unicode() -> None:
    for code, entry in catalogue_entries():
        assert all(unicodedata.is_normalized("NFC", part) for part in entry), code


def test_both_languages_use_the_same_parameters() -> None:
    for code, entry in catalogue_entries():
        names = [set(re.findall(r"{(\w+)}", text)) for text in (entry.vi, entry.en)]
        assert names[0] == names[1], code


def test_the_entries_are_in_the_order_of_the_codes() -> None:
    codes = [code for code, _ in catalogue_entries()]
    assert codes == sorted(codes)


def test_every_code_that_the_program_names_has_a_sentence() -> None:
    root = Path(loa.__file__).parent.parent
    known = {code for code, _ in catalogue_entries()}
    named = {
        code
        for package in ("loa", "publishers")
        for path in (root / package).rglob("*.py")
        if "catalogue" not in path.parts
        for code in re.findall(r'"(E\d{3})"', path.read_text(encoding="utf-8"))
    }
    assert named <= known
