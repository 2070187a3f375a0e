"""What the schema says, in words and with a place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from loa.campaign.model import Campaign
from loa.errors import Problem, ProblemsFound
from loa.messages import describe
from loa.reader import load

Refuse = Callable[[str | bytes], tuple[Problem, ...]]

CASES = {
    "a missing key, at the key around it": ("part:\n  name: b\n", "E130", 1, 1),
    "a missing key of a record in a list": ("parts:\n  - id: a\n  - name: b\n", "E130", 3, 5),
    "a needed key that was left blank": ("part:\n  id:\n", "E155", 2, 3),
    "an unknown key": ("titel: b\n", "E131", 1, 1),
    "a list for a text": ("title: [a]\n", "E133", 1, 1),
    "a record for a text": ("title:\n  a: b\n  c: d\n", "E133", 1, 1),
    "a text for a list": ("words: a\n", "E134", 1, 8),
    "a text for a record": ("part: a\n", "E135", 1, 7),
    "a text for a record in a list": ("parts: [a]\n", "E135", 1, 9),
    "an empty text in quotes": ('text: ""\n', "E136", 1, 7),
    "a text too long": (f"text: {'a' * 2001}\n", "E137", 1, 7),
    "an id with capitals": ("id: Tin_A\n", "E138", 1, 5),
    "an id with diacritics as a key": ("named:\n  Xã A: {id: a}\n", "E138", 2, 3),
    "words for a number": ("count: mười\n", "E139", 1, 8),
    "half a number": ("count: 1.5\n", "E139", 1, 8),
    "words for a figure": ("part: {id: a, figure: nhiều}\n", "E140", 1, 23),
    "no number at all": ("part: {id: a, figure: NaN}\n", "E140", 1, 23),
    "a number too big": ("count: 13\n", "E141", 1, 8),
    "a number too small": ("count: 0\n", "E141", 1, 8),
    "a day that there is not": ("day: 2026-02-30\n", "E142", 1, 6),
    "a number for a day": ("day: 20261010\n", "E142", 1, 6),
    "a time that there is not": ("at: 25:00\n", "E143", 1, 5),
    "a day without a time": ("moment: 2026-10-10\n", "E144", 1, 9),
    "a time with a zone": ("moment: 2026-10-10 08:00+07:00\n", "E144", 1, 9),
    "neither yes nor no": ("open: ok\n", "E145", 1, 7),
    "a list for yes or no": ("open: [a]\n", "E133", 1, 1),
    "no span of time": ("limit: 2 ngày\n", "E146", 1, 8),
    "no time zone": ("zone: Hà Nội\n", "E147", 1, 7),
    "a figure with two readings": ("part: {id: a, figure: 12.500}\n", "E154", 1, 23),
    "a day that is none, as a key": ("by_day:\n  hôm nay: 2026-01-01 08:00\n", "E142", 2, 3),
    "a list in free data": ("data:\n  a:\n    - [b]\n", "E135", 3, 7),
    "a record in free data": ("data:\n  a:\n    b: c\n    d: e\n", "E133", 2, 3),
}


@pytest.mark.parametrize("name", CASES)
def test_each_error_of_the_schema_has_its_code_and_its_place(name: str, refuse: Refuse) -> None:
    text, code, line, column = CASES[name]
    assert [(p.code, p.place.line, p.place.column) for p in refuse(text) if p.place] == [(code, line, column)]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_error_of_the_schema_is_told_in_whole_words(name: str, lang: str, refuse: Refuse) -> None:
    text = describe(refuse(CASES[name][0])[0], lang)  # type: ignore[arg-type]  # pytest gives a plain str
    headline = text.splitlines()[0]
    assert "{" not in headline
    assert "ctx" not in text
    assert "Input should" not in text


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("titel: b\n", "title"),
        ("parts: [{id: a, start: 2026-01-01}]\n", "from"),
        ("day: 10/9/2026\n", "2026-09-10"),
        ("day: 1-9-2026\n", "2026-09-01"),
        ("at: 7h30\n", "07:30"),
        ("at: 7 giờ\n", "07:00"),
        ("at: 7g30\n", "07:30"),
        ("part: {id: a, figure: '62,5'}\n", "62.5"),
        ("part: {id: a, figure: '1.234.567'}\n", "1234567"),
        ("part: {id: a, figure: '1.234,5'}\n", "1234.5"),
        ("id: Tin số 1\n", "tin-so-1"),
        ("Tiêu đề: a\n", ""),
    ],
)
def test_what_was_probably_meant_is_told(refuse: Refuse, text: str, suggestion: str) -> None:
    assert refuse(text)[0].suggestion == suggestion


def test_an_unknown_key_comes_with_the_keys_that_are_still_free(refuse: Refuse) -> None:
    (problem,) = refuse("part:\n  id: a\n  nam: b\n")
    assert problem.accepted == ("name", "from", "figure")
    assert problem.suggestion == "name"


def test_the_entries_of_a_list_are_named_and_not_the_list(refuse: Refuse) -> None:
    found = [(p.code, p.place.line) for p in refuse("parts:\n  - id: A\n  - id: b\n    figure: x\n") if p.place]
    assert found == [("E138", 2), ("E140", 3 + 1)]


CAMPAIGN = """\
id: a
title: Chiến dịch
author: Lan
lead: Sở
basis: [Kế hoạch 1]
from: 2026-10-01
units: [all]
anchors:
  moc: {anchor}
items:
  - id: mot
    title: Tin
    content: [content/a.md]
    when: {when}
    send: {{facebook: }}
"""


def campaign_problems(
    folder: Path, anchor: str = "{yearly: 10/10}", when: str = "{at: 8:00, date: 2026-10-10}"
) -> list[tuple[str, int, int]]:
    path = folder / "a.yaml"
    path.write_text(CAMPAIGN.format(anchor=anchor, when=when), encoding="utf-8")
    try:
        load(path, Campaign, "a.yaml")
    except ProblemsFound as found:
        return [(p.code, p.place.line, p.place.column) for p in found.problems() if p.place]
    return []


def test_the_campaign_of_these_tests_is_right(tmp_path: Path) -> None:
    assert campaign_problems(tmp_path) == []


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("{at: 8:00}", "E150"),
        ("{at: 8:00, date: 2026-10-10, every: week}", "E150"),
        ("{at: 8:00, every: month}", "E151"),
        ("{at: 8:00, every: month, day: 1, last_working_day: có}", "E151"),
        ("{at: 8:00, every: month, nth: 1}", "E152"),
        ("{at: 8:00, every: week}", "E152"),
        ("{at: 8:00, every: wave, month: 10}", "E153"),
    ],
)
def test_a_when_that_is_not_whole_is_told_at_its_key(tmp_path: Path, when: str, code: str) -> None:
    assert campaign_problems(tmp_path, when=when) == [(code, 14, 5)]


def test_two_days_in_an_anchor_are_told_at_its_name(tmp_path: Path) -> None:
    assert campaign_problems(tmp_path, anchor="{yearly: 10/10, holiday: tet}") == [("E149", 9, 3)]


def test_an_anchor_in_another_form_is_told(tmp_path: Path) -> None:
    assert campaign_problems(tmp_path, anchor="{yearly: 10 tháng 10}") == [("E156", 9, 17)]


def test_a_word_that_is_not_among_the_accepted_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(CAMPAIGN.format(anchor="{yearly: 10/10}", when="{at: 8:00, every: mont, day: 1}"), encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        load(path, Campaign, "a.yaml")
    (problem,) = found.value.problems()
    assert (problem.code, problem.accepted, problem.suggestion) == ("E132", ("month", "week", "wave"), "month")
    assert "dùng được: month, week, wave" in describe(problem)


def test_a_channel_with_nothing_under_it_is_a_channel_with_nothing_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(CAMPAIGN.format(anchor="{yearly: 10/10}", when="{at: 8:00, date: 2026-10-10}"), encoding="utf-8")
    assert load(path, Campaign, "a.yaml").value.items[0].send["facebook"].text == ""
