"""Delivering: everything that may leave now, by which accounts, and each thing at its moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from loa import store
from loa.delivery import State
from loa.dispatch.bulk.claim import going
from loa.dispatch.bulk.claim import next_moment as next_call
from loa.dispatch.bulk.send import send
from loa.dispatch.desk import Desk
from loa.dispatch.outbox import send_due


def ripe_accounts(desk: Desk, now: datetime) -> set[str]:
    """The accounts by which something may leave now: public posts and messages to people."""
    with desk.book.read() as connection:
        if store.stop_of(connection):
            return set()
        paused = {pause.account_id for pause in store.pauses(connection, now)}
        ids = store.ripe_deliveries(connection, now)
        due = store.deliveries(connection, states=(State.DUE, State.RETRY_LATER))
        public = {row.account_id for row in due if row.id in ids}
        to_people = {row.account_id for row in going(connection, now) if row.expires >= now}
    return (public | to_people) - paused


def drain(desk: Desk, until: datetime, accounts: Collection[str] | None = None) -> int:
    """Send everything that may leave before ``until`` by ``accounts`` (None: all), waiting for their paces.

    Returns how many posts and people were answered for.
    """
    sent = 0
    while True:
        answered = send_due(desk, until=until, accounts=accounts)
        answered += send(desk, until, accounts)
        sent += answered
        moment = next_call(desk, accounts)
        now = desk.clock.now()
        if moment is None or moment >= until:
            return sent
        if (moment > now and not desk.clock.pause((moment - now).total_seconds())) or not (answered or moment > now):
            return sent
