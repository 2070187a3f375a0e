"""Who refuses is told so once, where the office has laid down the words; never twice, and never in doubt again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.office import make_office, replace_in
from support.reporting import TAKEN, Reader, e164, report

from loa import store
from loa.clock import SimulatedClock
from loa.delivery import Batch, BatchAnswer, Done, Receipt, RetryLater, State, Unknown
from loa.dispatch import Desk
from loa.dispatch.receipts import read_inbox
from loa.dispatch.replies import confirm_refusals
from loa.store.people_tables import reply
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

WORDS = "UBND tinh Mau da ghi nhan: khong gui tin den so may nay nua."


@dataclass
class Teller(Reader):
    on_submit: Callable[[Batch], BatchAnswer] = lambda _: BatchAnswer(Done(Receipt("1")))
    sent: list[Batch] = field(default_factory=list)

    def submit(self, batch: Batch) -> BatchAnswer:
        self.sent.append(batch)
        return self.on_submit(batch)


@pytest.fixture
def teller() -> Teller:
    return Teller()


def open_office(root: Path, teller: Teller) -> Desk:
    made = open_desk(open_workspace(root), SimulatedClock(TAKEN))
    return replace(made, publisher_of=lambda _: teller, in_sandbox=True)  # type: ignore[arg-type,return-value]  # a horn of the test


@pytest.fixture
def desk(tmp_path: Path, teller: Teller, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.delenv("LOA_DATABASE_URL", raising=False)
    root = make_office(tmp_path / "office")
    replace_in(root / "loa.yaml", "brandname: TINHMAU", f'brandname: TINHMAU, opt_out_reply: "{WORDS}"')
    made = open_office(root, teller)
    yield made
    made.book.close()


def beat(desk: Desk) -> None:
    read_inbox(desk)
    confirm_refusals(desk)
    desk.clock.advance(timedelta(minutes=11))  # type: ignore[attr-defined]  # the clock of tests can be moved


def refuse(desk: Desk, text: str = "TC", name: str = "") -> None:
    report(desk, inbound=[{"number": e164(1), "text": text, "platform_id": name}])
    beat(desk)


def states(desk: Desk) -> list[tuple[State, bytes]]:
    with desk.book.read() as connection:
        return list(connection.execute(sa.select(reply.c.state, reply.c.sealed)))


def test_a_refusal_is_confirmed_once_and_the_number_is_erased(desk: Desk, teller: Teller) -> None:
    refuse(desk)
    refuse(desk)
    refuse(desk, "STOP")
    refuse(desk, "MO")
    refuse(desk, "TC", "again")
    assert [(each.text, each.numbers) for each in teller.sent] == [(WORDS, (e164(1),))]
    assert states(desk) == [(State.DONE, b"")]


def test_what_may_have_left_is_never_sent_again(desk: Desk, teller: Teller) -> None:
    teller.on_submit = lambda _: BatchAnswer(Unknown("E603"))
    refuse(desk)
    beat(desk)
    assert len(teller.sent) == 1
    assert states(desk) == [(State.UNKNOWN, b"")]


def test_a_crash_on_the_wire_leaves_it_unsent_for_good(desk: Desk, teller: Teller) -> None:
    def crash(_: Batch) -> BatchAnswer:
        raise KeyboardInterrupt

    teller.on_submit = crash
    with pytest.raises(KeyboardInterrupt):
        refuse(desk)
    teller.on_submit = lambda _: BatchAnswer(Done(Receipt("1")))
    beat(desk)
    assert len(teller.sent) == 1


def test_a_gateway_that_asks_to_wait_gets_the_same_key_later_and_not_for_ever(desk: Desk, teller: Teller) -> None:
    teller.on_submit = lambda _: BatchAnswer(RetryLater(desk.clock.now() + timedelta(minutes=1), "E604"))
    refuse(desk)
    for _ in range(10):
        beat(desk)
    assert len(teller.sent) == 5
    assert len({each.key for each in teller.sent}) == 1
    assert states(desk) == [(State.REFUSED, b"")]


def test_an_account_that_is_not_armed_answers_nobody(desk: Desk, teller: Teller) -> None:
    unarmed = replace(desk, in_sandbox=False)
    refuse(unarmed)
    desk.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]  # the clock of tests can be moved
    beat(unarmed)
    beat(desk)
    assert teller.sent == []
    assert states(desk) == [(State.MISSED, b"")]


def test_without_words_of_the_office_nothing_is_answered(tmp_path: Path, teller: Teller) -> None:
    silent = open_office(make_office(tmp_path / "silent"), teller)
    refuse(silent)
    assert (teller.sent, states(silent)) == ([], [])
    silent.book.close()


def test_words_that_nobody_let_go_are_not_said_until_somebody_arms_the_account_again(
    desk: Desk, teller: Teller
) -> None:
    real = replace(desk, in_sandbox=False)
    with real.book.write() as connection:
        store.set_arming(connection, "sms-tinh", store.ALL, "Lan", real.clock.now(), "Câu đã duyệt lúc trước")
    refuse(real)
    beat(real)
    assert teller.sent == []
    with real.book.write() as connection:
        store.set_arming(connection, "sms-tinh", store.ALL, "Lan", real.clock.now(), WORDS)
    beat(real)
    assert len(teller.sent) == 1
