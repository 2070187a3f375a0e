"""The inbox, the fates and their figures on the book that several machines share."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.office import make_office
from support.postgres import fresh_database
from support.reporting import TAKEN, Reader, add_call, add_delivery, e164, fates_of, report, told

from loa.clock import SimulatedClock
from loa.delivery import Fate, State
from loa.dispatch import Desk, overview
from loa.dispatch.asking import ask_gateways
from loa.dispatch.fates import with_fates
from loa.dispatch.receipts import read_inbox
from loa.store.people_tables import batch, inbox, suppression
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

D, F = Fate.DELIVERED.value, Fate.FAILED.value


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def desk(tmp_path: Path, server: str, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("LOA_DATABASE_URL", fresh_database(server))
    made = open_desk(open_workspace(make_office(tmp_path / "office")), SimulatedClock(TAKEN + timedelta(minutes=1)))
    yield replace(made, publisher_of=lambda _: reader)  # type: ignore[arg-type,return-value]  # it only reads
    made.book.close()


def test_reports_are_kept_once_read_counted_and_forgotten(desk: Desk, reader: Reader) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1], key="k", parts=2)
    add_call(desk, delivery, [2, 3, 4], platform_id="p", ask_at=TAKEN)
    add_call(desk, delivery, [5, 6], platform_id="ads")
    for _ in range(2):
        report(desk, {"fate": D, "key": "k", "part": 1}, {"fate": F, "key": "k", "part": 2, "code": "E618"})
    report(desk, {"fate": D, "platform_id": "p", "number": e164(3)}, {"platform_id": "ads", "totals": {str(F): 1}})
    report(desk, {"fate": D, "platform_id": "nobody"}, inbound=[{"number": e164(9), "text": "TC", "platform_id": ""}])
    read_inbox(desk)
    reader.on_ask = lambda *_: told({"receipts": [{"fate": F, "platform_id": "p", "number": e164(4), "code": "E619"}]})
    ask_gateways(desk)
    found = fates_of(desk, delivery)
    assert found[1] == (Fate.FAILED, ".df", "E618")
    assert [found[seq][0] for seq in (2, 3, 4)] == [Fate.NOTHING, Fate.DELIVERED, Fate.FAILED]
    [view] = with_fates(desk, overview(desk.book, desk.workspace))
    assert view.fates is not None
    assert (view.fates.accepted, view.fates.delivered, view.fates.partial) == (6, 1, 1)
    assert (view.fates.failed, view.fates.on_the_way) == ({"E619": 1, "": 1}, 2)
    with desk.book.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(suppression)) == 1
        assert connection.scalar(sa.select(sa.func.count()).select_from(inbox)) == 3
        assert connection.scalar(sa.select(sa.func.count()).where(inbox.c.next_try.is_not(None))) == 1
    desk.clock.advance(timedelta(days=16))  # type: ignore[attr-defined]  # the clock of tests can be moved
    read_inbox(desk)
    with desk.book.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).where(inbox.c.next_try.is_not(None))) == 0


def test_a_report_settles_a_call_in_doubt(desk: Desk) -> None:
    delivery = add_delivery(desk, state=State.UNKNOWN)
    add_call(desk, delivery, [1], key="k", state=State.UNKNOWN, done_at=None)
    report(desk, {"fate": D, "key": "k"})
    read_inbox(desk)
    [view] = with_fates(desk, overview(desk.book, desk.workspace))
    assert view.fates is not None
    assert view.fates.delivered == 1
    assert view.state == State.DONE


def test_sums_and_ids_that_no_gateway_means_break_no_book(desk: Desk) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1, 2], key="k1")
    add_call(desk, delivery, [3], key="k2", state=State.UNKNOWN)
    monster = "".join(hashlib.sha256(str(place).encode()).hexdigest() for place in range(500))
    report(desk, {"key": "k1", "totals": {D: 10**17, F: 10**17}}, {"key": "k2", "fate": D, "platform_id": monster})
    read_inbox(desk)
    assert fates_of(desk, delivery)[3][0] == Fate.DELIVERED
    with desk.book.read() as connection:
        told_of = connection.execute(sa.select(batch.c.told_delivered, batch.c.told_failed).where(batch.c.key == "k1"))
        assert told_of.one() == (2, 2)
