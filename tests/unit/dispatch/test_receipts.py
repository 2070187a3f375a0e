"""Receipts as gateways really send them: early, late, twice, in disorder, forged, of strangers, of whole calls."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.office import make_office
from support.reporting import ACCOUNT, TAKEN, Reader, add_call, add_delivery, e164, fates_of, report, told

from loa import store
from loa.clock import SimulatedClock
from loa.delivery import Fate, State
from loa.dispatch import Desk
from loa.dispatch import receipts as reading
from loa.dispatch.asking import ask_gateways
from loa.dispatch.receipts import read_inbox
from loa.errors import LoaError
from loa.store import fates, tables
from loa.store.people_tables import batch, inbox, recipient, suppression
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

D, F, A, B = Fate.DELIVERED.value, Fate.FAILED.value, Fate.ACCEPTED.value, Fate.BUFFERED.value


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def desk(tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.delenv("LOA_DATABASE_URL", raising=False)
    clock = SimulatedClock(TAKEN + timedelta(seconds=5))
    made = open_desk(open_workspace(make_office(tmp_path / "office")), clock)
    yield replace(made, publisher_of=lambda _: reader)  # type: ignore[arg-type,return-value]  # it reads, it never publishes
    made.book.close()


def later(desk: Desk, **span: float) -> None:
    clock = desk.clock
    assert isinstance(clock, SimulatedClock)
    clock.advance(timedelta(**span))


def events(desk: Desk) -> dict[str, dict[str, str]]:
    with desk.book.read() as connection:
        rows = connection.execute(sa.select(tables.event.c.cause, tables.event.c.params))
        return dict(iter(rows))


def waiting(desk: Desk) -> int:
    with desk.book.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).where(inbox.c.next_try.is_not(None))) or 0


def test_a_receipt_names_its_message_by_key_by_id_by_number_or_by_place(desk: Desk) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1], key="k1")
    add_call(desk, delivery, [2], platform_id="p2")
    add_call(desk, delivery, [3, 4, 5], platform_id="p3")
    report(desk, {"fate": D, "key": "k1"})
    report(desk, {"fate": F, "platform_id": "p2", "code": "E618"})
    report(desk, {"fate": D, "platform_id": "p3", "number": e164(4)}, {"fate": B, "platform_id": "p3", "place": 3})
    read_inbox(desk)
    assert fates_of(desk, delivery) == {
        1: (Fate.DELIVERED, "", ""),
        2: (Fate.FAILED, "", "E618"),
        3: (Fate.NOTHING, "", ""),
        4: (Fate.DELIVERED, "", ""),
        5: (Fate.BUFFERED, "", ""),
    }
    assert waiting(desk) == 0


def test_delivered_before_accepted_stays_delivered(desk: Desk) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1], key="k")
    report(desk, {"fate": D, "key": "k"})
    report(desk, {"fate": A, "key": "k"})
    read_inbox(desk)
    assert fates_of(desk, delivery)[1][0] == Fate.DELIVERED


def test_what_came_waits_while_the_key_of_the_book_is_away(desk: Desk, tmp_path: Path) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1], key="k")
    store.bind_key(desk.book, desk.vault)
    report(desk, {"fate": D, "key": "k"})
    read_inbox(replace(desk, vault=store.Vault.at(tmp_path / "khoa-moi.key")))
    assert (waiting(desk), fates_of(desk, delivery)[1][0]) == (1, Fate.NOTHING)
    read_inbox(desk)
    assert fates_of(desk, delivery)[1][0] == Fate.DELIVERED


def test_the_same_receipt_twice_counts_once(desk: Desk) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1], key="k")
    for _ in range(3):
        report(desk, {"fate": D, "key": "k"})
        read_inbox(desk)
        later(desk, minutes=1)
    assert fates_of(desk, delivery)[1] == (Fate.DELIVERED, "", "")
    with desk.book.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(inbox)) == 1


def test_what_was_read_is_erased_and_only_its_coming_stays_known(desk: Desk) -> None:
    add_call(desk, add_delivery(desk), [1], key="k")
    report(desk, {"fate": D, "key": "k", "number": e164(1)})
    read_inbox(desk)
    with desk.book.read() as connection:
        assert connection.scalar(sa.select(inbox.c.sealed)) == b""
    later(desk, days=15)
    report(desk, {"fate": D, "key": "unknown"})
    read_inbox(desk)
    with desk.book.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(inbox)) == 1


def test_a_receipt_that_comes_before_the_answer_is_not_lost(desk: Desk) -> None:
    delivery = add_delivery(desk)
    number = add_call(desk, delivery, [1], state=State.SENDING, done_at=None)
    report(desk, {"fate": D, "platform_id": "given-later"})
    read_inbox(desk)
    assert waiting(desk) == 1
    with desk.book.write() as connection:
        done = {"state": State.DONE, "platform_id": "given-later", "done_at": TAKEN}
        connection.execute(sa.update(batch).where(batch.c.id == number).values(done))
        connection.execute(sa.update(recipient).values(state=State.DONE))
    later(desk, seconds=15)
    read_inbox(desk)
    assert fates_of(desk, delivery)[1][0] == Fate.DELIVERED
    assert waiting(desk) == 0


def test_a_receipt_of_a_stranger_is_counted_after_a_day_and_is_no_error(desk: Desk) -> None:
    report(desk, {"fate": D, "platform_id": "of-another-program"})
    reads = 0
    for _ in range(60):
        reads += read_inbox(desk).read
        later(desk, minutes=30)
    assert waiting(desk) == 0
    assert reads < 40
    assert events(desk)["inbox: unknown"] == {"account": ACCOUNT, "count": "1"}


def test_a_receipt_of_another_account_changes_nothing(desk: Desk) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1], key="k", platform_id="p")
    report(desk, {"fate": D, "key": "k"}, account="sms-khac")
    report(desk, {"fate": D, "platform_id": "p"}, account="sms-khac")
    read_inbox(desk)
    assert fates_of(desk, delivery)[1][0] == Fate.NOTHING


def test_a_receipt_for_a_number_that_the_call_did_not_have_changes_nothing(desk: Desk) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1, 2], platform_id="p")
    report(desk, {"fate": D, "platform_id": "p", "number": e164(9)}, {"fate": D, "platform_id": "p"})
    report(desk, {"fate": D, "platform_id": "p", "place": 3}, {"fate": D, "platform_id": "p", "place": 1, "part": 999})
    read_inbox(desk)
    assert {fate for fate, _, _ in fates_of(desk, delivery).values()} == {Fate.NOTHING}
    assert events(desk)["inbox: unknown"]["count"] == "4"


@pytest.mark.parametrize(("broken", "code"), [({"signature": "forged"}, "E741"), ({"body": "<html>"}, "E742")])
def test_what_is_forged_or_cannot_be_read_is_noted_and_not_used(desk: Desk, broken: dict[str, str], code: str) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1], key="k")
    report(desk, {"fate": D, "key": "k"}, **broken)
    report(desk, {"fate": A, "key": "k"})
    read_inbox(desk)
    assert fates_of(desk, delivery)[1][0] == Fate.ACCEPTED
    assert events(desk)[f"inbox: {code}"] == {"account": ACCOUNT, "count": "1"}
    assert waiting(desk) == 0


def test_a_report_that_breaks_the_horn_keeps_no_other_from_being_read(desk: Desk) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1], key="k")
    report(desk, body='{"receipts": [{"fate": "nine"}]}')
    report(desk, {"fate": D, "key": "k"})
    read_inbox(desk)
    assert fates_of(desk, delivery)[1][0] == Fate.DELIVERED
    assert events(desk)["inbox: E742"]["count"] == "1"


def test_reports_wait_while_the_account_has_no_horn(desk: Desk) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1], key="k")

    def no_secret(_account: str) -> object:
        raise LoaError("E704", account=ACCOUNT, secret="s", variable="S")

    report(desk, {"fate": D, "key": "k"})
    read_inbox(replace(desk, publisher_of=no_secret))  # type: ignore[arg-type]  # it only raises
    assert waiting(desk) == 1
    later(desk, minutes=1)
    read_inbox(desk)
    assert fates_of(desk, delivery)[1][0] == Fate.DELIVERED


def test_a_report_on_a_whole_call_counts_successes_and_not_its_status(desk: Desk) -> None:
    """eSMS's own sample: sent (status 5), with no success and two failures."""
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1, 2, 3], platform_id="ads")
    report(desk, {"platform_id": "ads", "totals": {str(D): 1, str(F): 2}})
    report(desk, {"platform_id": "ads", "totals": {str(D): 0, str(F): 2}})
    read_inbox(desk)
    with desk.book.read() as connection:
        assert connection.execute(sa.select(batch.c.told_delivered, batch.c.told_failed)).one() == (1, 2)
    assert {fate for fate, _, _ in fates_of(desk, delivery).values()} == {Fate.NOTHING}


def test_part_one_delivered_and_part_two_failed_is_partial(desk: Desk) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1], key="k", parts=2)
    report(desk, {"fate": D, "key": "k", "part": 1})
    read_inbox(desk)
    assert fates_of(desk, delivery)[1] == (Fate.ACCEPTED, ".d.", "")
    report(desk, {"fate": F, "key": "k", "part": 2, "code": "E618"})
    read_inbox(desk)
    assert fates_of(desk, delivery)[1] == (Fate.FAILED, ".df", "E618")


@pytest.mark.parametrize("state", [State.UNKNOWN, State.HUMAN, State.RETRY_LATER])
def test_a_receipt_that_carries_our_key_settles_a_call_in_doubt(desk: Desk, state: State) -> None:
    delivery = add_delivery(desk, state=State.UNKNOWN)
    add_call(desk, delivery, [1, 2], key="k", state=state, done_at=None)
    report(desk, {"fate": A, "key": "k", "platform_id": "told-at-last", "number": e164(2)})
    read_inbox(desk)
    with desk.book.read() as connection:
        row = connection.execute(sa.select(batch.c.state, batch.c.platform_id, batch.c.next_try)).one()
        assert row == (State.DONE, "told-at-last", None)
        assert set(connection.scalars(sa.select(recipient.c.state))) == {State.DONE}
    assert events(desk)["settled by a report"] == {"key": "k", "count": "2"}


def test_the_code_of_a_doubt_is_no_reason_of_a_failure(desk: Desk) -> None:
    delivery = add_delivery(desk, state=State.UNKNOWN)
    add_call(desk, delivery, [1, 2], key="k", state=State.UNKNOWN, done_at=None)
    with desk.book.write() as connection:
        connection.execute(sa.update(recipient).values(code="E999"))
    report(desk, {"fate": F, "key": "k", "number": e164(2), "code": "E618"})
    read_inbox(desk)
    assert fates_of(desk, delivery) == {1: (Fate.NOTHING, "", ""), 2: (Fate.FAILED, "", "E618")}


def test_reading_is_bounded_in_each_beat(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_A_BEAT", 20)
    monkeypatch.setattr(reading, "_AT_ONCE", 10)
    delivery = add_delivery(desk)
    for number in range(1, 31):
        add_call(desk, delivery, [number], key=f"k{number}")
        report(desk, {"fate": D, "key": f"k{number}"})
    assert [read_inbox(desk).read for _ in range(3)] == [20, 10, 0]
    assert {fate for fate, _, _ in fates_of(desk, delivery).values()} == {Fate.DELIVERED}


@pytest.mark.parametrize("seed", range(5))
def test_any_order_of_the_same_reports_leaves_the_same_book(desk: Desk, seed: int) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1, 2, 3], platform_id="p", parts=2)
    add_call(desk, delivery, [4], key="k", parts=2)
    news = [{"fate": fate, "platform_id": "p", "number": e164(1)} for fate in (A, B, D)]
    news += [{"fate": F, "platform_id": "p", "number": e164(2), "code": code} for code in ("E618", "E619")]
    news += [{"fate": fate, "platform_id": "p", "place": 3, "part": 1} for fate in (F, D)]
    news += [{"fate": D, "platform_id": "p", "place": 3, "part": 2}, {"fate": D, "key": "k", "part": 2}]
    news += [{"fate": F, "key": "k", "part": 1, "code": "E618"}, {"fate": B, "key": "k"}]
    random.Random(seed).shuffle(news)
    for each in news:
        report(desk, each)
        if random.Random(str(each)).random() < 0.5:
            read_inbox(desk)
    read_inbox(desk)
    assert fates_of(desk, delivery) == {
        1: (Fate.DELIVERED, "", ""),
        2: (Fate.FAILED, "", "E619"),
        3: (Fate.DELIVERED, ".dd", ""),
        4: (Fate.FAILED, "bfd", "E618"),
    }


def test_a_gateway_that_does_not_report_is_asked_with_growing_patience(desk: Desk, reader: Reader) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1, 2], platform_id="p", key="k", ask_at=TAKEN + timedelta(minutes=1))
    answers = [
        told({}),
        told({"receipts": [{"fate": D, "platform_id": "p", "number": e164(1)}]}),
        told({"receipts": [{"fate": F, "platform_id": "p", "number": e164(2), "code": "E618"}]}),
    ]
    reader.on_ask = lambda *_: answers.pop(0)
    moments = []
    for _ in range(200):
        before = len(reader.asked)
        ask_gateways(desk)
        moments += [desk.clock.now() - TAKEN] * (len(reader.asked) - before)
        later(desk, minutes=1)
    assert [round(each.total_seconds() / 60) for each in moments] == [1, 10, 60]
    assert reader.asked[0] == ("p", "k", (e164(1), e164(2)))
    assert [fate for fate, _, _ in fates_of(desk, delivery).values()] == [Fate.DELIVERED, Fate.FAILED]


def _next_question(desk: Desk) -> datetime | None:
    with desk.book.read() as connection:
        return fates.next_question(connection)


def test_a_gateway_that_cannot_answer_is_asked_again_and_at_last_left_alone(desk: Desk, reader: Reader) -> None:
    def no_answer(*_: object) -> object:
        raise LoaError("E634", detail="")

    reader.on_ask = no_answer  # type: ignore[assignment]  # it only raises
    add_call(desk, add_delivery(desk), [1], platform_id="p", ask_at=TAKEN + timedelta(minutes=1))
    moments = []
    while (moment := _next_question(desk)) is not None:
        moments.append((moment - TAKEN).total_seconds() / 60)
        desk.clock.move_to(moment)  # type: ignore[attr-defined]  # the clock of tests can be moved
        ask_gateways(desk)
    assert moments == [1, 10, 60, 360, 1440, 4320]
    assert len(reader.asked) == 6
    with desk.book.read() as connection:
        assert connection.scalar(sa.select(batch.c.ask_at)) is None


def test_nobody_is_asked_while_all_is_stopped(desk: Desk, reader: Reader) -> None:
    add_call(desk, add_delivery(desk), [1], platform_id="p", ask_at=TAKEN)
    store.set_stop(desk.book, store.Stop(TAKEN, "Lan", ""), "Lan", TAKEN)
    ask_gateways(desk)
    assert reader.asked == []


def _refusals(desk: Desk) -> dict[bytes, str]:
    with desk.book.read() as connection:
        return dict(iter(connection.execute(sa.select(suppression.c.mark, suppression.c.kind))))


def say(desk: Desk, text: str, name: str = "m", number: int = 1) -> None:
    report(desk, inbound=[{"number": e164(number), "text": text, "platform_id": name}])
    read_inbox(desk)
    later(desk, minutes=1)


@pytest.mark.parametrize(
    "text",
    ["TC", "tc", " Tc. ", "HUY", "Hủy", "hủy tin", "DK DNC S", "đk dnc", "STOP", "Từ chối", "TU CHOI TINHMAU", "TC QC"],
)
def test_a_refusal_counts_however_it_is_written(desk: Desk, text: str) -> None:
    say(desk, text)
    assert _refusals(desk) == {desk.vault.mark_bytes(e164(1)): "opt_out"}
    assert events(desk)["inbox: opt_out"] == {"account": ACCOUNT, "count": "1"}


@pytest.mark.parametrize("text", ["Cảm ơn", "", "HUY LICH HEN ngay mai", "DK DNC V", "tc" * 30, "🌊", "Tôi từ chối"])
def test_other_words_are_counted_and_not_kept(desk: Desk, text: str) -> None:
    say(desk, text)
    assert _refusals(desk) == {}
    assert events(desk)["inbox: other message"] == {"account": ACCOUNT, "count": "1"}
    with desk.book.read() as connection:
        assert connection.scalar(sa.select(inbox.c.sealed)) == b""


def test_a_wish_to_get_messages_again_takes_back_ones_own_word_and_no_register(desk: Desk) -> None:
    mark = desk.vault.mark_bytes(e164(1))
    with desk.book.write() as connection:
        connection.execute(sa.insert(suppression).values(mark=mark, kind="do_not_call", at=TAKEN, source="5656"))
    say(desk, "TC", "1")
    say(desk, "MO", "2")
    assert _refusals(desk) == {mark: "do_not_call"}


def test_a_repeated_wish_never_undoes_a_later_refusal_and_a_repeated_refusal_counts_again(desk: Desk) -> None:
    """Some gateways give their messages no id: the same words of the same number are the same report."""
    say(desk, "DK", "")
    say(desk, "TC", "")
    say(desk, "DK", "")
    assert set(_refusals(desk).values()) == {"opt_out"}
    say(desk, "MO", "")
    assert _refusals(desk) == {}
    say(desk, "TC", "")
    assert set(_refusals(desk).values()) == {"opt_out"}


def test_no_number_and_no_word_of_a_citizen_stands_in_the_book(desk: Desk, tmp_path: Path) -> None:
    say(desk, "Toi o so nha 12, xin goi lai")
    say(desk, "TC", number=2)
    desk.book.close()
    found = b"".join(each.read_bytes() for each in (tmp_path / "office" / "var").glob("book.sqlite*"))
    assert b"xin goi lai" not in found
    assert e164(1)[3:].encode() not in found
    assert e164(2)[3:].encode() not in found
