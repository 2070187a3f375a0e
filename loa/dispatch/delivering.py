"""Delivering: everything that may leave now, by which accounts, and each thing at its moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from loa import store
from loa.dispatch.bulk.claim import going
from loa.dispatch.bulk.claim import next_moment as next_call
from loa.dispatch.bulk.send import send
from loa.dispatch.desk import Desk
from loa.dispatch.outbox import send_due
from loa.dispatch.posts.claim import AHEAD, Paces, free_from
from loa.store import paces, windows

_SLICE = timedelta(seconds=2)
"""Where posts and messages to people wait at once they take turns of so long."""
_LONGEST_PAUSE_SECONDS = 1.0
"""A person may say something meanwhile."""


def ripe_accounts(desk: Desk, now: datetime) -> set[str]:
    """The accounts by which something may leave now: public posts and messages to people."""
    with desk.book.read() as connection:
        if store.stop_of(connection):
            return set()
        posts = {each for each in _open_accounts(connection, now, None) if windows.is_ripe(connection, each, now)}
        return posts | {row.account_id for row in going(connection, now) if row.expires >= now}


def _open_accounts(connection: store.Connection, now: datetime, accounts: Collection[str] | None) -> Iterator[str]:
    """The accounts in which a post waits, those that rest left out."""
    paused = {pause.account_id for pause in store.pauses(connection, now)}
    for account_id in windows.waiting_accounts(connection):
        if account_id not in paused and (accounts is None or account_id in accounts):
            yield account_id


def drain(desk: Desk, until: datetime, accounts: Collection[str] | None = None) -> int:
    """Send everything that may leave before ``until`` by ``accounts`` (None: all), waiting for their paces.

    Returns how many posts and people were answered for.

    Raises:
        StoreError: E701, the book could not be written; what was on the wire then is in doubt.
    """
    sent = 0
    while True:
        end = min(until, desk.clock.now() + _SLICE) if _has_calls(desk, accounts) else until
        answered = send_due(desk, until=end, accounts=accounts)
        answered += send(desk, min(until, max(end, desk.clock.now() + _SLICE)), accounts)
        sent += answered
        moment = next_moment(desk, accounts)
        now = desk.clock.now()
        if moment is None or moment >= until or (moment <= now and not answered):
            return sent
        wait = (moment - now).total_seconds()
        if wait > 0 and not desk.clock.pause(min(wait, _LONGEST_PAUSE_SECONDS)):
            return sent


def _has_calls(desk: Desk, accounts: Collection[str] | None) -> bool:
    with desk.book.read() as connection:
        rows = going(connection, desk.clock.now())
    return any(accounts is None or row.account_id in accounts for row in rows)


def next_moment(desk: Desk, accounts: Collection[str] | None = None) -> datetime | None:
    """When the next post or call of ``accounts`` (None: of all) may leave; None where nothing waits."""
    moments = [next_call(desk, accounts), next_post(desk, accounts)]
    return min((moment for moment in moments if moment is not None), default=None)


def next_post(desk: Desk, accounts: Collection[str] | None = None) -> datetime | None:
    """When the next public post may be claimed, by its own moment and the pace of its account."""
    now, known = desk.clock.now(), Paces(desk)
    flows = desk.clock.pause(0)
    moments = []
    with desk.book.read() as connection:
        if store.stop_of(connection):
            return None
        free = paces.free_moments(connection)
        for account_id in _open_accounts(connection, now, accounts):
            pace = known.of(account_id)
            ripe = windows.first_try(connection, account_id, now)
            if ripe is not None:
                moments.append(max(ripe, free_from(free.get(pace.bucket, now), pace, now, flows=flows) - AHEAD))
    return min(moments, default=None)
