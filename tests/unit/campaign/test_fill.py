from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.campaign import fill
from loa.errors import Place, ProblemsFound

PLACE = Place("content/a.md", 3, 5)
FIELDS = {"unit.name": "Xã A", "fact.ty-le": "62,5%"}


def codes(text: str) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        fill(text, FIELDS, PLACE)
    return [problem.code for problem in found.value.problems()]


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Chào {{ unit.name }}!", "Chào Xã A!"),
        ("{{unit.name}} {{  unit.name  }}", "Xã A Xã A"),
        ("{ một } ngoặc", "{ một } ngoặc"),
        ("{{ fact.ty-le }} người dân", "62,5% người dân"),
        ("", ""),
    ],
)
def test_fields_are_replaced_by_their_values(text: str, filled: str) -> None:
    assert fill(text, FIELDS, PLACE) == filled


def test_every_unknown_field_is_told_at_the_place_with_a_guess() -> None:
    with pytest.raises(ProblemsFound) as found:
        fill("{{ unit.nam }} {{ x }}", FIELDS, PLACE)
    first, second = found.value.problems()
    assert (first.code, first.place, first.suggestion, first.accepted) == ("E235", PLACE, "unit.name", ("unit.name",))
    assert second.accepted == ("unit.name", "fact.ty-le")


@pytest.mark.parametrize("text", ["{{ unit.name }", "{{ unit.name", "unit.name }}", "{{\nunit.name }}"])
def test_braces_without_their_other_half_are_told(text: str) -> None:
    assert "E237" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ unit.name.__class__ }}",
        "{{ 7 * 7 }}",
        "{{ unit.name | upper }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ __import__('os').system('id') }}",
        "{{ unit.name() }}",
        "{{ }}",
    ],
)
def test_what_looks_like_a_program_is_only_an_unknown_name(text: str) -> None:
    assert codes(text) == ["E235"]


@pytest.mark.parametrize("text", ["{% for x in y %}", "{0.__class__}", "${HOME}", "%(unit)s", "$(id)", "{# x #}"])
def test_what_other_template_languages_would_run_stays_text(text: str) -> None:
    assert fill(text, FIELDS, PLACE) == text


def test_a_value_is_never_read_for_fields_again() -> None:
    assert fill("{{ a }}", {"a": "{{ b }}", "b": "bí mật"}, PLACE) == "{{ b }}"


def test_a_value_with_backslashes_stays_as_it_is() -> None:
    assert fill("{{ a }}", {"a": r"\1 \g<0> \n"}, PLACE) == r"\1 \g<0> \n"


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_filling_puts_the_value_between_what_stands_around_and_does_nothing_else(
    left: str, value: str, right: str
) -> None:
    left, right = left.replace("{", "").replace("}", ""), right.replace("{", "").replace("}", "")
    assert fill(left + "{{ a }}" + right, {"a": value}, PLACE) == left + value + right


@given(st.text("{}% $()_a.|'\"\n", max_size=60))
def test_no_text_whatever_does_more_than_being_filled_or_refused(text: str) -> None:
    try:
        filled = fill(text, {"a": "b"}, PLACE)
    except ProblemsFound as found:
        filled = " ".join(problem.code for problem in found.problems())
    assert "{{" not in filled
    assert "}}" not in filled
