"""Letting numbers go when their time is over: of messages that were sent, and of lists that nobody uses."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from loa import store
from loa.clock import Clock
from loa.delivery import TERMINAL
from loa.store import Book, DeliveryRow, Event, ListRow
from loa.workspace import Workspace

DEFAULT_DAYS = 90
"""For a list that loa.yaml does not declare any more."""
_ABANDONED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many numbers went, and which lists stay although they were asked for: messages to them still wait."""

    recipients: int = 0
    people: int = 0
    lists: tuple[str, ...] = ()
    in_use: tuple[str, ...] = ()


@dataclass
class Use:
    """What deliveries make of a list: whether one still needs it, and when one last did."""

    open: bool = False
    last: datetime | None = None
    finished: list[tuple[DeliveryRow, datetime]] = field(default_factory=list)


def purge(workspace: Workspace, book: Book, clock: Clock, by: str, name: str = "", *, at_once: bool = False) -> Purged:
    """Let go of every number whose days are over; ``at_once``: of all that no open delivery needs.

    Raises:
        LoaError: E712, the list ``name`` was not brought in.
    """
    now = clock.now()
    keep = keep_days(workspace)
    uses = uses_of(book)
    with book.read() as connection:
        known = {each.name: each for each in store.lists(connection)}
    names = [name] if name else sorted(known.keys() | uses.keys())
    recipients, people, emptied, in_use = 0, 0, [], []
    for each in names:
        days = timedelta(0 if at_once else keep.get(each, DEFAULT_DAYS))
        use = uses.get(each, Use())
        recipients += sum(store.drop_numbers(book, row.id) for row, last in use.finished if last + days <= now)
        listed = known.get(each)
        if listed is None or listed.purged_at:
            continue
        if use.open:
            in_use.append(each)
        elif _last_use(listed, use) + days <= now:
            people += store.drop_people(book, listed.id, now)
            emptied.append(each)
    _clear_up(book, now)
    return _told(book, Purged(recipients, people, tuple(emptied), tuple(in_use)), by, now)


def let_all_go(book: Book, clock: Clock) -> None:
    """Let go of every number of a book that has done its work: a rehearsal's."""
    now = clock.now()
    with book.read() as connection:
        deliveries, known = store.with_numbers(connection), store.lists(connection)
    for delivery_id in deliveries:
        store.drop_numbers(book, delivery_id)
    for each in known:
        store.drop_people(book, each.id, now)
    store.clear_traces(book)


def purge_day(listed: ListRow, use: Use, days: int) -> datetime | None:
    """When a list would be emptied if nobody used it any more; None while a delivery still needs it."""
    return None if use.open else _last_use(listed, use) + timedelta(days)


def keep_days(workspace: Workspace) -> Mapping[str, int]:
    """How long each list of loa.yaml keeps its numbers."""
    return {each.id: each.keep_days for each in workspace.settings.lists}


def uses_of(book: Book) -> Mapping[str, Use]:
    """By list: what the deliveries of the book make of it."""
    found: defaultdict[str, Use] = defaultdict(Use)
    with book.read() as connection:
        full = store.with_numbers(connection)
        for row in store.deliveries(connection):
            for name in _lists(row):
                use = found[name]
                if row.state not in TERMINAL:
                    use.open = True
                    continue
                last = store.last_news(connection, row.id) or row.expires
                use.last = max(filter(None, (use.last, last)))
                if row.id in full and name == _lists(row)[0]:
                    use.finished.append((row, last))
    return found


def _lists(row: DeliveryRow) -> Sequence[str]:
    """The list that a delivery writes to, and the one that gets it first."""
    content = json.loads(row.package) if row.package else {}
    named = (content.get("recipients", {}).get("list", ""), content.get("message", {}).get("canary", ""))
    return tuple(filter(None, named))


def _last_use(listed: ListRow, use: Use) -> datetime:
    return max(filter(None, (listed.imported_at, use.last)))


def _clear_up(book: Book, now: datetime) -> None:
    """What imports left that were killed a day ago or more."""
    for list_id in store.left_apart(book, now - _ABANDONED):
        store.remove_content(book, list_id, whole=True)


def _told(book: Book, done: Purged, by: str, now: datetime) -> Purged:
    if done.recipients or done.people or done.lists:
        counts = {"recipients": str(done.recipients), "people": str(done.people), "lists": ", ".join(done.lists)}
        store.tell(book, Event(now, by, "purge", params=counts))
        store.clear_traces(book)
    return done
