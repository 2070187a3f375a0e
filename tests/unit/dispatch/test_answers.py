"""What a horn may answer besides done and refused: a rest, a find that is not finished, a post that lies hidden."""

from datetime import timedelta

import pytest

from loa import store
from loa.delivery import AuthNeeded, Done, Ending, Found, Pending, Receipt, Rest, RetryLater, State, Unknown
from loa.dispatch import Selection, reconcile, resume, retry, settle
from loa.errors import ApprovalError, LoaError
from loa.store import AccountPause

from .conftest import FIRST_SLOT, Stage
from .puppet import Puppet, play

MINUTE = timedelta(minutes=1)
HIDDEN = {"waits_for": "person"}


def paused(stage: Stage) -> dict[str, AccountPause]:
    with stage.desk.book.read() as connection:
        return {each.account_id: each for each in store.pauses(connection, stage.clock.now())}


def test_a_horn_that_asks_for_a_rest_pauses_its_account_until_then(stage: Stage) -> None:
    stage.make_ready()
    play(stage, rest=lambda: Rest(FIRST_SLOT + 5 * MINUTE, "E646", "95 %"))
    stage.go_to(FIRST_SLOT)
    assert set(stage.states("tin-mot").values()) == {State.DONE}
    assert {each.until for each in paused(stage).values()} == {FIRST_SLOT + 5 * MINUTE}
    stage.go_to(FIRST_SLOT + 6 * MINUTE)
    assert paused(stage) == {}


def test_a_rest_asked_for_by_a_follow_up_counts_too_and_stops_the_asking(stage: Stage) -> None:
    stage.make_ready()
    rests = iter([None, None])
    until = FIRST_SLOT + 10 * MINUTE
    puppet = play(
        stage,
        publish=lambda _: Pending(Receipt("1"), FIRST_SLOT + MINUTE),
        follow_up=lambda receipt: Pending(receipt, stage.clock.now() + MINUTE),
        rest=lambda: next(rests, Rest(until, "E646")),
    )
    stage.go_to(FIRST_SLOT)
    stage.go_to(FIRST_SLOT + MINUTE)
    stage.go_to(FIRST_SLOT + 5 * MINUTE)
    assert len(puppet.followed) == 2
    stage.go_to(until + MINUTE)
    assert len(puppet.followed) == 4


def test_what_was_found_unfinished_is_followed_to_its_end(stage: Stage) -> None:
    stage.make_ready()
    puppet = play(
        stage,
        publish=lambda _: Unknown("E602", "lost"),
        look_up=lambda _: Found(Receipt("77", details={"left": "captions"}), stage.clock.now() + MINUTE),
        follow_up=lambda receipt: Done(Receipt(receipt.platform_id, "https://example.vn/77")),
    )
    stage.go_to(FIRST_SLOT)
    stage.settle()
    assert [(each.platform_id, dict(each.details)) for each in puppet.followed] == [("77", {"left": "captions"})] * 2
    assert {view.receipts[0].url for view in stage.views("tin-mot")} == {"https://example.vn/77"}
    assert len(puppet.sent) == 2


def test_a_pending_post_that_gets_its_id_later_keeps_it(stage: Stage) -> None:
    stage.make_ready()
    answers: list[Ending] = [
        Pending(Receipt("token:1"), FIRST_SLOT + MINUTE),
        Pending(Receipt("article-1"), FIRST_SLOT + 2 * MINUTE),
    ]
    puppet = play(
        stage,
        publish=lambda _: answers[0],
        follow_up=lambda receipt: answers[1] if receipt.platform_id == "token:1" else Done(receipt),
    )
    stage.go_to(FIRST_SLOT)
    stage.settle()
    assert [each.platform_id for each in puppet.followed] == ["token:1", "token:1", "article-1", "article-1"]
    assert set(stage.states("tin-mot").values()) == {State.DONE}


def hidden(stage: Stage) -> Puppet:
    """Both posts of the first item lie hidden on their platform."""

    def asked(receipt: Receipt) -> Ending:
        if "shown_by" in receipt.details:
            return Done(Receipt(receipt.platform_id))
        return Pending(receipt, stage.clock.now() + MINUTE)

    stage.make_ready()
    puppet = play(
        stage, publish=lambda message: Pending(Receipt(message.key, details=HIDDEN), FIRST_SLOT), follow_up=asked
    )
    stage.go_to(FIRST_SLOT)
    return puppet


def test_a_hidden_post_waits_for_a_person_however_long_and_is_shown_on_their_word(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconcile, "MOST_FOLLOW_UPS", 3)
    puppet = hidden(stage)
    asked = puppet.on_follow_up
    for minute in range(1, 6):
        stage.go_to(FIRST_SLOT + minute * MINUTE)
    puppet.on_follow_up = lambda _: Unknown("E602", "lost")
    stage.go_to(FIRST_SLOT + 6 * MINUTE)
    puppet.on_follow_up = asked
    assert set(stage.states("tin-mot").values()) == {State.PENDING}
    assert all("chờ người xem rồi cho hiện" in view.reason for view in stage.views("tin-mot"))
    assert all(f"loa decide {view.id} show" in view.remedy for view in stage.views("tin-mot"))
    first = stage.views("tin-mot")[0]
    settle(stage.desk, Selection(keys=(str(first.id),)), "lan", "show")
    stage.go_to(FIRST_SLOT + 120 * MINUTE)
    assert sorted(stage.states("tin-mot").values()) == [State.DONE, State.PENDING]
    assert [dict(each.details) for each in puppet.followed if "shown_by" in each.details] == [
        HIDDEN | {"shown_by": "Nguyễn Thị Lan"}
    ]


def test_a_hidden_post_that_is_given_up_is_asked_after_no_more(stage: Stage) -> None:
    puppet = hidden(stage)
    settle(stage.desk, Selection(item="tin-mot"), "lan", "cancel")
    asked = len(puppet.followed)
    stage.go_to(FIRST_SLOT + 5 * MINUTE)
    assert set(stage.states("tin-mot").values()) == {State.CANCELLED}
    assert len(puppet.followed) == asked


def test_there_is_nothing_to_show_where_nothing_lies_hidden(stage: Stage) -> None:
    stage.make_ready()
    with pytest.raises(ApprovalError) as refusal:
        settle(stage.desk, Selection(), "lan", "show")
    assert refusal.value.code == "E563"


def test_an_account_that_its_platform_blocked_rests_for_hours_after_a_person_s_word(stage: Stage) -> None:
    stage.make_ready()
    blocked = play(stage, publish=lambda _: AuthNeeded("E608", "368"))
    stage.go_to(FIRST_SLOT)
    stage.go_to(FIRST_SLOT + 20 * MINUTE)
    assert len(blocked.sent) == 2
    with stage.desk.book.write() as connection:
        resumed = resume(stage.desk, connection, "lan", ["fb-xa"])
    assert [(each.account_id, each.until) for each in resumed.resting] == [("fb-xa", FIRST_SLOT + timedelta(hours=6))]
    assert paused(stage)["fb-tinh"].until is None
    stage.go_to(FIRST_SLOT + 90 * MINUTE)
    assert len(blocked.sent) == 2


def test_only_an_account_that_waits_for_a_person_can_be_resumed_by_name(stage: Stage) -> None:
    with pytest.raises(LoaError) as refusal, stage.desk.book.write() as connection:
        resume(stage.desk, connection, "lan", ["fb-xa"])
    assert refusal.value.code == "E565"


def test_a_slow_down_does_not_shorten_a_rest_nor_replace_a_person_s_stop(stage: Stage) -> None:
    stage.make_ready()
    play(
        stage,
        publish=lambda _: RetryLater(FIRST_SLOT + MINUTE, "E604", pause_account=True),
        rest=lambda: Rest(FIRST_SLOT + 30 * MINUTE, "E646"),
    )
    with stage.desk.book.write() as connection:
        store.pause_account(connection, AccountPause("fb-xa", None, "E605", ""), stage.clock.now())
    stage.go_to(FIRST_SLOT)
    assert {name: each.until for name, each in paused(stage).items()} == {
        "fb-tinh": FIRST_SLOT + 30 * MINUTE,
        "fb-xa": None,
    }


def test_a_login_that_dies_while_a_post_is_processed_stops_the_account_and_the_asking(stage: Stage) -> None:
    stage.make_ready()
    puppet = play(
        stage, publish=lambda _: Pending(Receipt("1"), FIRST_SLOT), follow_up=lambda _: AuthNeeded("E605", "190")
    )
    stage.go_to(FIRST_SLOT)
    stage.go_to(FIRST_SLOT + 30 * MINUTE)
    assert {each.until for each in paused(stage).values()} == {None}
    assert len(puppet.followed) == 2
    assert all("Mã truy cập" in view.reason for view in stage.views("tin-mot"))
    puppet.on_follow_up = Done
    assert sorted(retry(stage.desk, Selection(), "lan").resumed.lifted) == ["fb-tinh", "fb-xa"]
    stage.go_to(FIRST_SLOT + 31 * MINUTE)
    assert set(stage.states("tin-mot").values()) == {State.DONE}
    assert len(puppet.sent) == 2


@pytest.mark.parametrize(
    ("details", "code", "told"),
    [
        ({"captions": "missing: E607 too long"}, "E545", "E607 too long"),
        ({"subtitles": "E679 no right"}, "E545", "no right"),
        ({"subtitles": "E679"}, "E545", "–"),
        ({"comment": "missing: no right"}, "E546", "no right"),
        ({"captions": "missing: a", "comment": "missing: b"}, "E547", "a; b"),
        ({"note": "picture 2 has no alt text"}, "E528", "picture 2 has no alt text"),
        ({"subtitles": "vi", "comment": "12_34", "note": ""}, "", ""),
    ],
)
def test_what_a_post_that_is_out_lacks_is_told_with_a_remedy(
    stage: Stage, details: dict[str, str], code: str, told: str
) -> None:
    stage.make_ready()
    play(stage, publish=lambda _: Done(Receipt("1", "", details)))
    stage.go_to(FIRST_SLOT)
    for view in stage.views("tin-mot"):
        assert (view.state, view.code, told in view.reason, bool(view.remedy)) == (State.DONE, code, True, bool(code))


def test_a_find_that_is_another_post_of_ours_goes_to_a_person(stage: Stage) -> None:
    """Two posts with the same words: the one that is found may be the other one."""
    stage.make_ready()
    play(stage, publish=lambda _: Done(Receipt("77")))
    stage.go_to(FIRST_SLOT)
    before = stage.states("tin-mot")
    play(stage, publish=lambda _: Unknown("E602", "lost"), look_up=lambda _: Found(Receipt("77")))
    with stage.desk.book.write() as connection:
        for row in store.deliveries(connection):
            if row.item_id == "tin-mot":
                (each,) = store.sendings(connection, delivery_ids=[row.id])
                again = store.NewSending(row.id, 1, f"{each.idem}-other", row.account_id, row.due)
                store.add_sendings(connection, [again])
                store.move_delivery(connection, row, State.DUE, at=stage.clock.now())
    stage.settle()
    assert set(before.values()) == {State.DONE}
    assert set(stage.states("tin-mot").values()) == {State.HUMAN}


def test_what_a_platform_processes_for_more_than_a_day_goes_to_a_person(stage: Stage) -> None:
    stage.make_ready()
    play(
        stage,
        publish=lambda _: Pending(Receipt("1"), FIRST_SLOT + MINUTE),
        follow_up=lambda receipt: Pending(receipt, stage.clock.now() + timedelta(hours=6)),
    )
    stage.go_to(FIRST_SLOT)
    for hours in (7, 14, 21):
        stage.go_to(FIRST_SLOT + timedelta(hours=hours))
        assert set(stage.states("tin-mot").values()) == {State.PENDING}
    stage.go_to(FIRST_SLOT + timedelta(hours=28))
    assert set(stage.states("tin-mot").values()) == {State.HUMAN}
