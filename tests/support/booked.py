"""Deliveries laid straight into a book, for tests of what is seen there."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from loa import store
from loa.delivery import State
from loa.store import Book, Plan

PACKAGE = json.dumps(
    {
        "action": "publish",
        "text": "Lời",
        "title": "",
        "summary": "",
        "link": "",
        "options": {},
        "assets": [],
        "recipients": {},
    }
    | {"account": {"settings": {}}}
)


def booked(
    book: Book,
    state: State,
    due: datetime,
    *,
    count: int = 1,
    item: str = "tin-mot",
    channel: str = "facebook",
    account: str = "fb-xa",
    reason: str = "",
    labels: Mapping[str, str] | None = None,
) -> None:
    """So many deliveries of one item at one moment, each of an account of its own where there are several."""
    rows = []
    for number in range(count):
        who = account if count == 1 else f"{account}-{number:03}"
        named = {"campaign": "Thử", "item": f"Tin {item}", "unit": f"Xã {number}", "account": f"Trang {who}"}
        rows.append(
            Plan(
                key=f"thu/{item}/{due:%Y%m%dT%H%M}/{channel}/{who}",
                campaign_id="thu",
                item_id=item,
                unit_code="xa-mot",
                channel=channel,
                account_id=who,
                due=due,
                expires=due + timedelta(hours=2),
                when_late="ask",
                state=state,
                content_hash=hashlib.sha256(PACKAGE.encode()).hexdigest(),
                package=PACKAGE,
                reason=reason,
                labels=named | dict(labels or {}),
            )
        )
    with book.write() as connection:
        store.save_plan(connection, rows, (), due)


def moved(book: Book, item: str, after: State, at: datetime) -> None:
    """All deliveries of an item as they go on."""
    with book.write() as connection:
        for row in store.deliveries(connection):
            if row.item_id == item:
                assert store.move_delivery(connection, row, after, at=at)
