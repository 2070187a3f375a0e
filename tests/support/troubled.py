"""A sample office on a bad day: one delivery of each kind of trouble, one that is out, and an account that rests."""

from datetime import datetime, timedelta
from pathlib import Path

from loa import store
from loa.delivery import State
from loa.dispatch import Desk, reasons
from loa.store import AccountPause, Connection, DeliveryRow, NewSending
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace
from support.review_desk import NOW, ShiftedClock

OUT_ID = "987654321"
TOKEN_DEAD = "E605"


def desk_of(root: Path) -> Desk:
    """The desk of an office, at the moment at which the tests' pages are looked at."""
    return open_desk(open_workspace(root), ShiftedClock(datetime.fromisoformat(NOW)))


def make_trouble(root: Path) -> dict[str, list[int]]:
    """Bring trouble into the book of the office at ``root``; the numbers of the deliveries of each kind."""
    desk = desk_of(root)
    now = desk.clock.now()
    found: dict[str, list[int]] = {}
    with desk.book.write() as connection:
        rows = [each for each in store.deliveries(connection, states=[State.AWAITING]) if each.channel == "facebook"]
        for row, kind in zip(rows, ("there", "lost", "late", "missed", "refused", "out") * 2, strict=False):
            _bring(connection, row, kind, now)
            found.setdefault(kind, []).append(row.id)
        store.pause_account(connection, AccountPause("zalo-tinh-nghe-an", None, TOKEN_DEAD, "mã đã hết hạn"), now)
        store.pause_account(connection, AccountPause("x-tinh-nghe-an", None, TOKEN_DEAD, "mã đã hết hạn"), now)
    desk.book.close()
    return found


def _bring(connection: Connection, row: DeliveryRow, kind: str, now: datetime) -> None:
    if kind in ("there", "lost"):
        _sent(connection, row, State.HUMAN, reasons.CANNOT_TELL, now, {"detail": "hết giờ chờ"})
    elif kind == "late":
        _move(connection, row, State.HELD, reasons.LATE, now, {})
    elif kind == "missed":
        _move(connection, row, State.MISSED, reasons.TOO_LATE, now, {})
    elif kind == "refused":
        words = {"account": row.account_id, "detail": "mã 100"}
        _sent(connection, row, State.REFUSED, reasons.CONTENT_REFUSED, now, words)
    else:
        _sent(connection, row, State.DONE, "", now, {})


def state_of(root: Path, delivery_id: int) -> State:
    """Where a delivery stands in the book now."""
    desk = desk_of(root)
    with desk.book.read() as connection:
        state = store.delivery_by_id(connection, delivery_id).state
    desk.book.close()
    return state


def _move(
    connection: Connection, row: DeliveryRow, after: State, reason: str, now: datetime, params: dict[str, str]
) -> None:
    store.move_delivery(connection, row, after, at=now, reason=reason, params=params)


def _sent(
    connection: Connection, row: DeliveryRow, after: State, reason: str, now: datetime, params: dict[str, str]
) -> None:
    new = NewSending(row.id, 0, f"{row.key}:0", row.account_id, row.due)
    store.add_sendings(connection, [new])
    sending = store.sendings(connection, delivery_ids=[row.id])[0]
    done = {"platform_id": OUT_ID, "url": "https://example.vn/bai", "done_at": now - timedelta(minutes=5)}
    values = {"state": after, "next_try": None} | (done if after == State.DONE else {"code": reason})
    store.move_sending(connection, sending, values, at=now, cause="test")
    _move(connection, row, after, reason, now, params)
