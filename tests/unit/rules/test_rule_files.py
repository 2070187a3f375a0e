"""Rules are dated files: the program's own, and the office's over them."""

from datetime import date
from pathlib import Path

import pytest

from loa.errors import LoaError, ProblemsFound
from loa.messages import describe
from loa.rules import is_stale, known_rules, read_rules, rules_by_id, rules_in_force
from loa.rules import load as rules_load
from loa.workspace import Workspace

BROUGHT = Path(rules_load.__file__).parent / "data" / "vn-2026-11.yaml"
SPRING = date(2027, 3, 2)


def own(workspace: Workspace, name: str, *changes: tuple[str, str]) -> Path:
    """The office's copy of the rules, changed."""
    text = BROUGHT.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    path = workspace.rules / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def newer(workspace: Workspace, *changes: tuple[str, str]) -> Path:
    return own(
        workspace, "mau", ("id: vn-2026-11", "id: mau"), ("valid_from: 2026-01-01", "valid_from: 2027-03-02"), *changes
    )


def codes(workspace: Workspace) -> list[str]:
    return [problem.code for problem in read_rules(workspace)[1]]


def test_the_programs_rules_have_the_four_classes_as_the_law_and_the_house_want_them(workspace: Workspace) -> None:
    rules = rules_in_force(workspace, SPRING)
    emergency, public = rules.of("emergency"), rules.of("")
    assert (emergency.opens, emergency.cap, emergency.most_parts) == (None, 0, 6)
    assert (emergency.approvals, emergency.needs_reason) == (2, True)
    assert public.name == "public_info"
    assert (public.cap, public.most_parts, public.keeps_opt_outs, public.label) == (3, 3, True, "forbidden")
    assert rules.of("operations").label == "forbidden"
    ads = rules.of("advertising")
    assert (ads.label, ads.opt_out, ads.needs_consent, ads.cap) == ("required", "required", True, 3)
    assert ads.do_not_call_days
    assert rules.canary_most == 50


def test_the_offices_rules_hold_from_their_day_on_and_the_others_until_then(workspace: Workspace) -> None:
    newer(workspace, ("most_parts: 3", "most_parts: 4"))
    assert rules_in_force(workspace, date(2027, 3, 1)).id == "vn-2026-11"
    assert rules_in_force(workspace, SPRING).id == "mau"
    assert rules_in_force(workspace, SPRING).of("public_info").most_parts == 4
    assert rules_by_id(workspace, "vn-2026-11") is not None
    assert rules_by_id(workspace, "khac") is None


def test_a_day_before_all_rules_is_an_error(workspace: Workspace) -> None:
    with pytest.raises(LoaError) as error:
        rules_in_force(workspace, date(2025, 12, 31))
    assert error.value.code == "E791"


def test_the_same_file_under_the_same_id_is_taken_and_another_is_refused(workspace: Workspace) -> None:
    own(workspace, "vn-2026-11")
    assert [rules.id for rules in known_rules(workspace)] == ["vn-2026-11"]
    own(workspace, "vn-2026-11", ("cap: 3", "cap: 5"))
    assert codes(workspace) == ["E790"]
    with pytest.raises(ProblemsFound):
        rules_in_force(workspace, SPRING)


def test_two_rule_sets_of_one_day_are_refused(workspace: Workspace) -> None:
    own(workspace, "mau", ("id: vn-2026-11", "id: mau"))
    assert codes(workspace) == ["E792"]


def test_a_file_that_changes_is_read_anew_and_has_another_hash(workspace: Workspace) -> None:
    newer(workspace)
    before = rules_in_force(workspace, SPRING)
    newer(workspace, ("large: 10000", "large: 20000"))
    after = rules_in_force(workspace, SPRING)
    assert (before.large, after.large) == (10_000, 20_000)
    assert before.sha256 != after.sha256


def test_every_problem_of_a_file_is_told_with_its_place(workspace: Workspace) -> None:
    newer(workspace, ("cap: 0", "cap: nhiều"), ("label: forbidden", "label: maybe"), ("large: 10000", "larg: 10000"))
    problems = read_rules(workspace)[1]
    assert {problem.code for problem in problems} == {"E139", "E132", "E131", "E130"}
    assert all(problem.place and problem.place.file == "rules/mau.yaml" and problem.place.line for problem in problems)
    assert "rules/mau.yaml:" in describe(problems[0], "vi")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([("name: operations", "name: public_info")], ["E787", "E788"]),
        ([("any_hour: có", 'any_hour: có\n    hours: {from: "07:00", to: "22:00"}')], ["E789"]),
        ([("[gov.vn]", "[https://gov.vn]")], ["E156"]),
    ],
)
def test_what_fields_alone_cannot_say_is_judged_too(
    workspace: Workspace, changes: list[tuple[str, str]], code: list[str]
) -> None:
    newer(workspace, *changes)
    assert codes(workspace) == code


def test_a_file_with_another_ending_is_not_left_out_in_silence(workspace: Workspace) -> None:
    newer(workspace).rename(workspace.rules / "mau.yml")
    assert codes(workspace) == ["E793"]


@pytest.mark.parametrize(("today", "stale"), [(date(2027, 11, 22), False), (date(2027, 11, 23), True)])
def test_rules_grow_stale_after_twelve_months(workspace: Workspace, today: date, stale: bool) -> None:  # noqa: FBT001 - a parameter of the table above
    assert is_stale(rules_in_force(workspace, SPRING), today) is stale
