"""The figures of messages: every message that a gateway took stands in exactly one of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.office import make_office, replace_in
from support.reporting import TAKEN, Reader, add_call, add_delivery, e164, report

from loa.clock import SimulatedClock
from loa.delivery import Fate, State
from loa.dispatch import Desk, overview
from loa.dispatch.fates import with_fates
from loa.dispatch.receipts import read_inbox
from loa.dispatch.views import FatesView
from loa.errors import LoaError
from loa.store.people_tables import recipient
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

D, F, A = Fate.DELIVERED.value, Fate.FAILED.value, Fate.ACCEPTED.value


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.delenv("LOA_DATABASE_URL", raising=False)
    made = open_desk(open_workspace(make_office(tmp_path / "office")), SimulatedClock(TAKEN + timedelta(minutes=1)))
    yield replace(made, publisher_of=lambda _: Reader())  # type: ignore[arg-type,return-value]  # it only reads
    made.book.close()


def figures(desk: Desk) -> FatesView:
    read_inbox(desk)
    [view] = with_fates(desk, overview(desk.book, desk.workspace))
    assert view.fates is not None
    found = view.fates
    parts = (found.delivered, found.partial, sum(found.failed.values()), found.on_the_way, found.no_receipt)
    assert sum(parts) == found.accepted
    return found


def go_on(desk: Desk, **span: float) -> None:
    desk.clock.advance(timedelta(**span))  # type: ignore[attr-defined]  # the clock of tests can be moved


def test_each_message_stands_where_its_receipts_say(desk: Desk) -> None:
    delivery = add_delivery(desk)
    for number in range(1, 7):
        add_call(desk, delivery, [number], key=f"k{number}", parts=2)
    report(desk, {"fate": D, "key": "k1"})
    report(desk, {"fate": F, "key": "k2", "code": "E618"}, {"fate": F, "key": "k3", "code": "E618"})
    report(desk, {"fate": F, "key": "k4", "part": 2, "code": "E619"}, {"fate": D, "key": "k4", "part": 1})
    report(desk, {"fate": A, "key": "k5"})
    found = figures(desk)
    assert (found.accepted, found.delivered, found.partial, found.on_the_way, found.no_receipt) == (6, 1, 1, 2, 0)
    assert found.failed == {"E618": 2}


def test_without_a_receipt_after_72_hours_it_is_its_own_number_which_a_late_receipt_corrects(desk: Desk) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1, 2], platform_id="p")
    go_on(desk, hours=71, minutes=58)
    assert (figures(desk).on_the_way, figures(desk).no_receipt) == (2, 0)
    go_on(desk, minutes=2)
    assert (figures(desk).on_the_way, figures(desk).no_receipt) == (0, 2)
    go_on(desk, hours=20)
    report(desk, {"fate": D, "platform_id": "p", "number": e164(1)})
    found = figures(desk)
    assert (found.delivered, found.no_receipt, found.failed) == (1, 1, {})


def test_the_office_may_wait_longer_or_shorter(tmp_path: Path, desk: Desk) -> None:
    replace_in(
        tmp_path / "office" / "loa.yaml",
        "reviewers:",
        "channels:\n  sms: {settings: {receipt_hours: '24'}}\nreviewers:",
    )
    own = replace(desk, workspace=open_workspace(tmp_path / "office"))
    add_call(own, add_delivery(own), [1])
    go_on(own, hours=25)
    assert (figures(own).no_receipt, figures(own).hours) == (1, 24)


@pytest.mark.parametrize("written", ["0", "ba ngày", "-1", "100000", "٣"])
def test_a_wrong_number_of_hours_is_refused(tmp_path: Path, desk: Desk, written: str) -> None:
    setting = f'channels:\n  sms: {{settings: {{receipt_hours: "{written}"}}}}\n'
    replace_in(tmp_path / "office" / "loa.yaml", "reviewers:", f"{setting}reviewers:")
    own = replace(desk, workspace=open_workspace(tmp_path / "office"))
    add_call(own, add_delivery(own), [1])
    with pytest.raises(LoaError, match="E864"):
        figures(own)


def test_what_was_told_of_a_whole_call_takes_its_share_of_those_of_whom_nothing_was(desk: Desk) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1, 2, 3, 4], platform_id="ads")
    add_call(desk, delivery, [5], key="k")
    report(desk, {"platform_id": "ads", "totals": {str(D): 1, str(F): 2}})
    found = figures(desk)
    assert (found.delivered, found.failed, found.on_the_way) == (1, {"": 2}, 2)
    go_on(desk, hours=80)
    found = figures(desk)
    assert (found.delivered, found.failed, found.no_receipt) == (1, {"": 2}, 2)


def test_a_gateway_that_tells_more_than_it_was_given_is_not_believed(desk: Desk) -> None:
    add_call(desk, add_delivery(desk), [1, 2], platform_id="ads")
    report(desk, {"platform_id": "ads", "totals": {str(D): 7, str(F): 9}})
    assert (figures(desk).delivered, figures(desk).failed) == (2, {})


def test_whom_a_guard_dropped_or_the_gateway_refused_was_not_accepted(desk: Desk) -> None:
    delivery = add_delivery(desk)
    add_call(desk, delivery, [1, 2, 3, 4])
    for seq, state, code in ((1, State.CANCELLED, "E760"), (2, State.CANCELLED, "E761"), (3, State.REFUSED, "E618")):
        with desk.book.write() as connection:
            one = sa.update(recipient).where(recipient.c.seq == seq)
            connection.execute(one.values(state=state, code=code))
    found = figures(desk)
    assert (found.accepted, found.on_the_way) == (1, 1)
    assert (found.dropped, found.refused) == ({"E760": 1, "E761": 1}, {"E618": 1})


def test_a_public_post_has_no_such_figures(desk: Desk) -> None:
    add_delivery(desk)
    [view] = overview(desk.book, desk.workspace)
    assert with_fates(desk, [replace(view, recipients=0)])[0].fates is None
