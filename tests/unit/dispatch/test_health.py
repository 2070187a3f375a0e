"""The daily look at the accounts: what it writes down, and that nothing holds it up."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from support.office import replace_in

from loa import store
from loa.delivery import Finding
from loa.dispatch import Desk, examine, look_after
from loa.sandbox import Fault
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

from .conftest import Stage

Lines = dict[str, list[tuple[str, str]]]


def _known(desk: Desk) -> Lines:
    known: Lines = {}
    for line in store.health_of_accounts(desk.book):
        known.setdefault(line.account_id, []).append((line.level, line.code))
    return known


class _Horn:
    def __init__(self, preflight: Callable[[], list[Finding]]) -> None:
        self.preflight = preflight


def _with(desk: Desk, horns: Mapping[str, Callable[[], list[Finding]]]) -> Desk:
    """The desk with other horns for some accounts."""
    return replace(
        desk,
        examiner_of=lambda each: _Horn(horns[each]) if each in horns else desk.examiner_of(each),  # type: ignore[arg-type,return-value]  # only preflight is asked
    )


def test_every_account_says_how_it_is(stage: Stage) -> None:
    look_after(stage.desk, threading.Event())
    known = _known(stage.desk)
    assert set(known) == {"fb-tinh", "fb-xa", "sms-tinh"}
    assert {level for lines in known.values() for level, _ in lines} == {"ok"}


def test_a_dead_token_is_written_down_and_forgotten_when_it_is_mended(stage: Stage) -> None:
    stage.sandbox.play([Fault(face="facebook", method="GET", kind="token_expired", probability=1)])
    look_after(stage.desk, threading.Event())
    assert ("stop", "E605") in _known(stage.desk)["fb-tinh"]
    with stage.desk.book.read() as connection:
        assert store.pauses(connection, stage.clock.now()) == ()  # it only records
    stage.sandbox.play([])
    look_after(stage.desk, threading.Event())
    assert {level for level, _ in _known(stage.desk)["fb-tinh"]} == {"ok"}


def test_a_missing_secret_is_told_with_its_name(stage: Stage) -> None:
    desk = open_desk(open_workspace(stage.root), stage.clock)
    try:
        (line,) = examine(desk, ["fb-xa"])["fb-xa"]
    finally:
        desk.book.close()
    assert (line.level, line.code, line.params["secret"]) == ("stop", "E704", "fb-xa")


def test_a_network_that_is_down_is_a_warning_for_the_account(stage: Stage) -> None:
    stage.sandbox.stop()
    assert {(line.level, line.code) for line in examine(stage.desk, ["fb-xa"])["fb-xa"]} == {("warning", "E601")}


def test_an_account_that_is_gone_is_forgotten(stage: Stage) -> None:
    look_after(stage.desk, threading.Event())
    replace_in(stage.root / "loa.yaml", "id: fb-xa\n", "id: fb-xa-moi\n")
    stage.open()
    look_after(stage.desk, threading.Event())
    assert set(_known(stage.desk)) == {"fb-tinh", "fb-xa-moi", "sms-tinh"}


def test_an_account_that_never_answers_is_not_waited_for(stage: Stage) -> None:
    never = threading.Event()
    desk = _with(stage.desk, {"fb-xa": lambda: [Finding("ok", "E690")] if never.wait() else []})
    told = examine(desk, ["fb-xa", "fb-tinh"], timedelta(seconds=0.6))
    assert [(line.level, line.code) for line in told["fb-xa"]] == [("warning", "E930")]
    assert {line.level for line in told["fb-tinh"]} == {"ok"}
    never.set()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_in_one_horn_does_not_hide_the_others(stage: Stage) -> None:
    desk = _with(stage.desk, {"fb-tinh": lambda: [Finding("ok", {}["no such key"])]})
    look_after(desk, threading.Event())
    known = _known(stage.desk)
    assert known["fb-tinh"] == [("warning", "E930")]
    assert {level for level, _ in known["sms-tinh"]} == {"ok"}


def test_the_look_ends_when_the_process_does(stage: Stage) -> None:
    ended = threading.Event()
    asked = []

    def end() -> list[Finding]:
        asked.append("fb-tinh")
        ended.set()
        return [Finding("ok", "E690")]

    look_after(_with(stage.desk, {"fb-tinh": end, "fb-xa": lambda: asked.append("fb-xa") or []}), ended, 60)  # type: ignore[func-returns-value]  # it notes that it was asked
    assert asked == ["fb-tinh"]
