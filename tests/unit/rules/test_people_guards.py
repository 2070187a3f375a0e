"""The guards of senders, lists and the register of do-not-call numbers; what the book knows of one number."""

from datetime import UTC, date, datetime, timedelta

import pytest

from loa.rules import (
    ALLOW,
    Known,
    RuleSet,
    carrier_problems,
    judge_person,
    list_problems,
    register_problem,
    sender_problems,
    unregistered,
)

TODAY = date(2027, 3, 2)
NOW = datetime(2027, 3, 2, 2, tzinfo=UTC)


def test_a_brandname_has_eleven_characters(rules: RuleSet) -> None:
    assert list(sender_problems({"brandname": "UBNDTINHMAU"})) == []
    assert [each.code for each in sender_problems({"brandname": "UBND TINHMAU"})] == ["E775"]


def test_carriers_are_named_as_we_know_them() -> None:
    assert list(sender_problems({"carriers": "viettel, MobiFone"})) == []
    [problem] = sender_problems({"carriers": "vietel"})
    assert (problem.code, problem.suggestion) == ("E776", "viettel")


def test_carriers_without_the_brandname_are_a_warning_and_silence_means_all() -> None:
    assert list(carrier_problems({})) == []
    [problem] = carrier_problems({"carriers": "viettel, vinaphone, mobifone", "brandname": "MAU"})
    assert (problem.code, problem.severity) == ("E777", "warning")
    assert unregistered({"carriers": "viettel"})[0] == "vinaphone"


def test_advertising_goes_to_people_who_agreed(rules: RuleSet) -> None:
    assert list(list_problems("a", "Phiếu ngày 1/2", rules.of("advertising"))) == []
    assert [each.code for each in list_problems("a", " ", rules.of("advertising"))] == ["E778"]
    assert list(list_problems("a", "", rules.of("public_info"))) == []


@pytest.mark.parametrize(
    ("dated", "code"), [(TODAY - timedelta(days=7), ""), (TODAY - timedelta(days=8), "E780"), (None, "E779")]
)
def test_the_register_is_there_and_young_enough_for_advertising(rules: RuleSet, dated: date | None, code: str) -> None:
    problem = register_problem(dated, TODAY, rules.of("advertising"))
    assert (problem.code if problem else "") == code
    assert register_problem(dated, TODAY, rules.of("public_info")) is None


def test_who_refused_gets_an_emergency_only(rules: RuleSet) -> None:
    refused = Known(opted_out=True)
    assert judge_person(refused, rules.of("emergency"), NOW) == ALLOW
    for name in ("public_info", "operations", "advertising"):
        assert judge_person(refused, rules.of(name), NOW).kind == "drop"


def test_the_register_keeps_advertising_away_and_nothing_else(rules: RuleSet) -> None:
    listed = Known(do_not_call=True)
    assert judge_person(listed, rules.of("advertising"), NOW).code == "E761"
    assert judge_person(listed, rules.of("public_info"), NOW) == ALLOW


def test_the_fourth_message_in_twenty_four_hours_waits_until_the_first_is_a_day_old(rules: RuleSet) -> None:
    message = rules.of("public_info")
    sent = [NOW - timedelta(hours=hours) for hours in (23, 5, 1)]
    assert judge_person(Known(recent=sent[1:]), message, NOW) == ALLOW
    verdict = judge_person(Known(recent=sent), message, NOW)
    assert (verdict.kind, verdict.code, verdict.until) == ("hold", "E762", NOW + timedelta(hours=1))
    assert judge_person(Known(recent=sent), message, NOW + timedelta(hours=1)) == ALLOW
    assert judge_person(Known(recent=sent), rules.of("emergency"), NOW) == ALLOW
