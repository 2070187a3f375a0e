"""What gateways told us, read and written down: receipts raise fates, citizens' own words are heard at once.

A beat reads a bounded number of calls. What names a call that we do not know yet may be early, for the answer to our
own call is still on its way: it is read again for a day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from loa import store
from loa.delivery import BulkPublisher, Fate, ReceiptNews, State, Told
from loa.dispatch.desk import Desk
from loa.dispatch.inbound import hear
from loa.dispatch.lattice import MOST_PARTS, Standing, raised
from loa.dispatch.rolling import roll_up
from loa.errors import LoaError
from loa.store import fates, inbox
from loa.store.events import write_events
from loa.store.fates import CallRow, PersonRow
from loa.store.inbox import KeptLetter

MOST_A_BEAT = 4000
_AT_ONCE = 250
EARLY_FOR = timedelta(hours=24)
"""How long a report may be about a call that the book does not know."""
KNOWN_FOR = timedelta(days=14)
"""How long it stays known that a call came: no gateway repeats itself for longer."""
_SOONEST, _LATEST = timedelta(seconds=10), timedelta(hours=1)
UNSIGNED, UNREADABLE = "E741", "E742"
_NOT_THE_HORN = frozenset({UNSIGNED, UNREADABLE})
_IN_DOUBT = (State.UNKNOWN, State.HUMAN, State.RETRY_LATER)


@dataclass
class Heard:
    """What one round of reading brought."""

    read: int = 0
    raised: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(what, account) → how often: what could not be used, and citizens' words."""
    settled: set[int] = field(default_factory=set)
    """Deliveries of which a doubtful call was settled."""


def read_inbox(desk: Desk) -> Heard:
    """Read what has come, the oldest first, at most so much as a beat has time for."""
    heard = Heard()
    if not _waiting(desk) or not _has_its_key(desk):
        return heard
    while heard.read < MOST_A_BEAT and (letters := _waiting(desk)):
        told = [_told(desk, letter, heard) for letter in letters]
        now = desk.clock.now()
        with desk.book.write() as connection:
            again = _apply_all(desk, connection, list(zip(letters, told, strict=True)), heard)
            inbox.put_away(connection, [each.id for each in letters if each.id not in again])
            inbox.put_back(connection, sorted(again.items()))
            roll_up(connection, heard.settled, now)
        heard.read += len(letters)
    _close(desk, heard)
    return heard


def _has_its_key(desk: Desk) -> bool:
    """Without the key of the book nothing can be read: what has come waits until somebody brings the key back."""
    try:
        store.bind_key(desk.book, desk.vault)
    except LoaError:
        return False
    return True


def _waiting(desk: Desk) -> list[KeptLetter]:
    with desk.book.read() as connection:
        return inbox.waiting_letters(connection, desk.clock.now(), _AT_ONCE)


def _told(desk: Desk, letter: KeptLetter, heard: Heard) -> Told | None:
    """What a call says; None where its account has no horn now, so that nobody can read it yet."""
    try:
        horn = desk.publisher_of(letter.account_id)
    except LoaError:
        return None
    try:
        return _read(horn, desk, letter)
    except LoaError as error:
        heard.counts[error.code if error.code in _NOT_THE_HORN else UNREADABLE, letter.account_id] += 1
    except Exception:  # noqa: BLE001 - the door of the wire: one strange report must not keep the others from being read
        heard.counts[UNREADABLE, letter.account_id] += 1
    return Told()


def _read(horn: object, desk: Desk, letter: KeptLetter) -> Told:
    bulk: BulkPublisher = horn  # type: ignore[assignment]  # the door opens only to accounts whose card has ``bulk``
    return bulk.read_webhook(inbox.call_of(desk.vault, letter))


def _apply_all(
    desk: Desk, connection: store.Connection, pairs: Sequence[tuple[KeptLetter, Told | None]], heard: Heard
) -> dict[int, datetime]:
    """Write down what calls say; those that must be read again, with their moments."""
    now = desk.clock.now()
    again: dict[int, datetime] = {}
    by_account: dict[str, list[tuple[KeptLetter, Told]]] = {}
    for letter, told in pairs:
        if told is None:
            again |= _later(letter, now, heard)
        else:
            by_account.setdefault(letter.account_id, []).append((letter, told))
    for account_id, found in by_account.items():
        news = [(letter, each) for letter, told in found for each in told.receipts]
        early = apply_news(desk, connection, account_id, [each for _, each in news], heard)
        for (letter, _), is_early in zip(news, early, strict=True):
            if is_early and letter.id not in again:
                again |= _later(letter, now, heard)
        for letter, told in found:
            hear(desk, connection, letter, told.inbound, heard.counts)
    return again


def _later(letter: KeptLetter, now: datetime, heard: Heard) -> dict[int, datetime]:
    """When a call is read again: soon while it is young, and not at all once it is a day old."""
    age = now - letter.at
    if age >= EARLY_FOR:
        heard.counts["unknown", letter.account_id] += 1
        return {}
    return {letter.id: now + min(max(age, _SOONEST), _LATEST)}


def apply_news(
    desk: Desk, connection: store.Connection, account_id: str, news: Sequence[ReceiptNews], heard: Heard
) -> list[bool]:
    """Raise what is known of messages by ``news``; for each whether it came too early to be the whole of it."""
    keys = {each.key for each in news if each.key}
    platform_ids = {each.platform_id for each in news if each.platform_id and not each.key}
    calls = fates.calls_named(connection, account_id, keys, platform_ids)
    known = {call.key: call for call in calls} | {call.platform_id: call for call in calls if call.platform_id}
    people = _People(desk, fates.people_of_calls(connection, calls), {call.id for call in calls if _in_doubt(call)})
    early = []
    for each in news:
        call = known.get(each.key or each.platform_id)
        early.append(call is None or call.state == State.SENDING)
        if call is not None:
            _apply(connection, call, each, people, heard)
    _settle(connection, calls, news, heard, desk.clock.now())
    heard.raised += people.write(connection, desk.clock.now())
    return early


class _People:
    """The numbers of the calls in hand, with their standings as news raise them."""

    def __init__(self, desk: Desk, rows: Iterable[PersonRow], doubtful: Container[int]) -> None:
        self._mark = desk.vault.mark_bytes
        self._rows: dict[int, list[PersonRow]] = {}
        for row in rows:  # the code of a doubtful call says why it is in doubt, not why a message failed
            known = replace(row, code="") if row.batch_id in doubtful else row
            self._rows.setdefault(row.batch_id, []).append(known)
        self._risen: dict[tuple[int, int], tuple[PersonRow, Standing]] = {}

    def named_by(self, call: CallRow, news: ReceiptNews) -> PersonRow | None:
        """Whom a report is about; None where it does not tell, or tells of a stranger."""
        rows = self._rows.get(call.id, [])
        if news.number:
            mark = self._mark(news.number)
            return next((row for row in rows if row.mark == mark), None)
        if news.place:
            return rows[news.place - 1] if 0 < news.place <= len(rows) else None
        return rows[0] if len(rows) == 1 else None

    def raise_by(self, row: PersonRow, news: ReceiptNews, parts: int) -> None:
        key = (row.delivery_id, row.seq)
        _, before = self._risen.get(key, (row, Standing(row.fate, row.fate_parts, row.code)))
        self._risen[key] = row, raised(before, news, parts)

    def write(self, connection: store.Connection, at: datetime) -> int:
        changed = [
            (row, after.fate, after.parts, after.code)
            for row, after in self._risen.values()
            if after != Standing(row.fate, row.fate_parts, row.code)
        ]
        fates.write_fates(connection, changed, at)
        return len(changed)


def _apply(connection: store.Connection, call: CallRow, news: ReceiptNews, people: _People, heard: Heard) -> None:
    if news.totals:
        told = news.totals.get(Fate.DELIVERED, 0), news.totals.get(Fate.FAILED, 0)
        fates.write_totals(connection, call, *told)
        return
    row = people.named_by(call, news)
    if row is None or max(news.part, news.parts) > MOST_PARTS:
        heard.counts["unknown", call.account_id] += 1
    else:
        people.raise_by(row, news, call.parts_each)


def _settle(
    connection: store.Connection, calls: Iterable[CallRow], news: Iterable[ReceiptNews], heard: Heard, now: datetime
) -> None:
    """A gateway that reports on a call has taken it, whatever became of its answer."""
    said = {each.key or each.platform_id: each.platform_id for each in news}
    for call in calls:
        name = call.key if call.key in said else call.platform_id
        if _in_doubt(call) and name in said and fates.settle_by_report(connection, call, said[name], now):
            heard.settled.add(call.delivery_id)


def _in_doubt(call: CallRow) -> bool:
    """Whether nobody knows if the gateway took a call."""
    return call.state in _IN_DOUBT


def _close(desk: Desk, heard: Heard) -> None:
    """Tell the trail how often something was of no use, and forget what came long ago."""
    now = desk.clock.now()
    events = [
        store.Event(now, store.MACHINE, f"inbox: {what}", params={"account": account_id, "count": str(count)})
        for (what, account_id), count in sorted(heard.counts.items())
    ]
    if not heard.read:
        return
    with desk.book.write() as connection:
        write_events(connection, events)
        inbox.clear_letters(connection, now - KNOWN_FOR)
