"""Trying again: only what failed goes out a second time, and only on a named person's word."""

from datetime import timedelta

import pytest
from support.office import replace_in

from loa import store
from loa.delivery import AuthNeeded, Done, Ending, Message, Receipt, Refused, State, Unknown
from loa.dispatch import APPROVE, Selection, decide, plan, retry, take_down
from loa.errors import ApprovalError
from loa.store import SendingRow

from .conftest import FIRST_SLOT, Stage
from .puppet import play

MINUTE = timedelta(minutes=1)
TOO_LATE = FIRST_SLOT + timedelta(hours=3)
ROW = Refused("E607", "bad parameter")
CONTENT = Refused("E607", "not this text", "content")


def refuse(stage: Stage, ending: Ending, account: str = "fb-xa") -> None:
    """At the first slot one account's post meets ``ending``, the other's is done."""
    stage.make_ready()
    name = stage.desk.workspace.account(account).name

    def answer(message: Message) -> Ending:
        return ending if message.labels["account"] == name else Done(Receipt(message.key))

    play(stage, publish=answer)
    stage.go_to(FIRST_SLOT)


def sent_rows(stage: Stage, state: State) -> list[SendingRow]:
    with stage.desk.book.read() as connection:
        return store.sendings(connection, states=(state,))


def test_what_was_refused_is_sent_again_and_what_is_done_is_not_touched(stage: Stage) -> None:
    refuse(stage, ROW)
    assert stage.states("tin-mot") == {"fb-tinh": State.DONE, "fb-xa": State.REFUSED}
    done = sent_rows(stage, State.DONE)
    again = play(stage)
    stage.go_to(FIRST_SLOT + MINUTE)
    assert again.sent == []
    assert retry(stage.desk, Selection(), "lan").accounts == {"fb-xa": 1}
    stage.go_to(FIRST_SLOT + 2 * MINUTE)
    assert [message.labels["account"] for message in again.sent] == ["Xã Một"]
    assert set(stage.states("tin-mot").values()) == {State.DONE}
    after = sent_rows(stage, State.DONE)
    assert [each for each in after if each.id in {row.id for row in done}] == done
    assert [each.attempt for each in after if each not in done] == [2]


def test_a_stranger_may_not_try_again_and_there_must_be_something_to_try(stage: Stage) -> None:
    refuse(stage, ROW)
    codes = []
    for selection, person in (
        (Selection(), "Người Lạ"),
        (Selection("khong-co"), "lan"),
        (Selection(item="tin-ba"), "lan"),
    ):
        with pytest.raises(ApprovalError) as refusal:
            retry(stage.desk, selection, person)
        codes.append(refusal.value.code)
    assert codes == ["E501", "E561", "E561"]


def test_what_nobody_can_vouch_for_is_never_tried_again(stage: Stage) -> None:
    refuse(stage, Unknown("E602", "lost"))
    with pytest.raises(ApprovalError):
        retry(stage.desk, Selection(), "lan", late=True)
    assert len(sent_rows(stage, State.UNKNOWN)) == 1


def test_what_is_too_late_needs_a_word_of_its_own(stage: Stage) -> None:
    refuse(stage, ROW)
    again = play(stage)
    stage.go_to(TOO_LATE)
    told = retry(stage.desk, Selection(), "lan")
    assert (dict(told.accounts), told.too_late) == ({}, 1)
    stage.go_to(TOO_LATE + MINUTE)
    assert again.sent == []
    retry(stage.desk, Selection(), "lan", late=True)
    stage.go_to(TOO_LATE + 2 * MINUTE)
    assert len(again.sent) == 1


def test_a_missed_delivery_that_was_approved_goes_out_late_on_a_person_s_word(stage: Stage) -> None:
    replace_in(stage.root / "loa.yaml", "then: ask", "then: drop")
    stage.open()
    stage.make_ready()
    stage.go_to(TOO_LATE)
    assert set(stage.states("tin-mot").values()) == {State.MISSED}
    assert retry(stage.desk, Selection(item="tin-mot"), "lan", late=True).accounts == {"fb-tinh": 1, "fb-xa": 1}
    stage.go_to(TOO_LATE + MINUTE)
    assert set(stage.states("tin-mot").values()) == {State.DONE}


def test_a_missed_delivery_that_nobody_approved_stays_missed(stage: Stage) -> None:
    plan(stage.desk)
    stage.go_to(TOO_LATE)
    with pytest.raises(ApprovalError):
        retry(stage.desk, Selection(item="tin-mot"), "lan", late=True)


def test_accounts_held_for_a_refused_text_go_on_together(stage: Stage) -> None:
    stage.make_ready()
    play(stage, publish=lambda _: CONTENT)
    with stage.desk.book.write() as connection:
        store.pause_account(connection, store.AccountPause("fb-xa", None, "E605", ""), FIRST_SLOT)
    stage.go_to(FIRST_SLOT)
    assert stage.states("tin-mot") == {"fb-tinh": State.REFUSED, "fb-xa": State.HELD}
    again = play(stage)
    told = retry(stage.desk, Selection(item="tin-mot"), "lan")
    assert (told.accounts, told.resumed.lifted) == ({"fb-tinh": 1, "fb-xa": 1}, ("fb-xa",))
    stage.go_to(FIRST_SLOT + MINUTE)
    assert len(again.sent) == 2
    assert set(stage.states("tin-mot").values()) == {State.DONE}


def test_a_stopped_account_goes_on_with_what_waits_for_it(stage: Stage) -> None:
    refuse(stage, AuthNeeded("E605", "190"))
    play(stage)
    told = retry(stage.desk, Selection("thu-nghiem"), "lan")
    assert (dict(told.accounts), told.resumed.lifted) == ({}, ("fb-xa",))
    stage.go_to(FIRST_SLOT + MINUTE)
    assert set(stage.states("tin-mot").values()) == {State.DONE}


def test_a_text_that_was_mended_is_approved_anew_before_it_is_tried_again(stage: Stage) -> None:
    refuse(stage, ROW)
    replace_in(stage.root / "content/tin-mot.md", "bà con", "mọi người")
    again = play(stage)
    retry(stage.desk, Selection(), "lan")
    stage.go_to(FIRST_SLOT + MINUTE)
    assert again.sent == []
    assert stage.states("tin-mot") == {"fb-tinh": State.DONE, "fb-xa": State.AWAITING}
    decide(stage.desk, Selection(item="tin-mot"), "lan", APPROVE)
    stage.go_to(FIRST_SLOT + 2 * MINUTE)
    assert [message.text.partition(" mời ")[2][:9] for message in again.sent] == ["mọi người"]


def test_a_takedown_that_was_refused_is_tried_again(stage: Stage) -> None:
    refuse(stage, Done(Receipt("7")))
    (post,) = (view for view in stage.views("tin-mot") if view.account_id == "fb-xa")
    take_down(stage.desk, post.key, "lan", "Sai")
    play(stage, publish=lambda _: ROW)
    stage.go_to(FIRST_SLOT + MINUTE)
    again = play(stage)
    assert retry(stage.desk, Selection(), "lan").accounts == {"fb-xa": 1}
    stage.go_to(FIRST_SLOT + 2 * MINUTE)
    assert [(message.action, message.target) for message in again.sent] == [("remove", "7")]
    assert [view.state for view in stage.views("tin-mot")] == [State.DONE] * 3
