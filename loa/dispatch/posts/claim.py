"""The next windows: many posts of each account that has room, with everything that speaks against them looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.desk import Desk
from loa.dispatch.guard import guarded, hold
from loa.dispatch.pace import Pace, pace_of, release_moment
from loa.dispatch.package import action_of, seen
from loa.dispatch.references import WAIT, pointed_at
from loa.dispatch.rolling import roll_up
from loa.errors import LoaError
from loa.store import DeliveryRow, SendingRow, paces, windows
from loa.store.windows import Waiting

AHEAD = timedelta(milliseconds=100)
"""A window is claimed so long before its first turn, so that the wire does not wait for the disk."""
SPAN_SECONDS = 0.1
"""No window reaches further at the pace of its account: a pause or a stop leaves little to put back."""
_LONGEST_WAIT = timedelta(minutes=1)
"""A bucket that is not free for longer, beyond two of its own turns, was written by a clock that was wrong."""
_LOOK_AGAIN = timedelta(minutes=15)
"""Hours may be changed by the staff: what waits for them is looked at so often."""
_FILES_AGAIN = timedelta(seconds=5)
"""Files may come from another machine: what waits for them is looked at so often."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A claimed post on its way to its horn. ``sending`` is as it stood before the claim.

    Its ``turn`` is by the memory's clock, which nobody sets; ``window`` are the numbers of all that were claimed with
    it, in their order, and ``place`` is its own place among them.
    """

    sending: SendingRow
    delivery: DeliveryRow
    pace: Pace
    turn: float
    window: tuple[int, ...]
    place: int


class Paces:
    """The paces of accounts, each read from the settings once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, Pace] = {}

    def of(self, account_id: str) -> Pace:
        """The pace of an account; a setting that is wrong, or an account that is gone, is told where it is sent."""
        if account_id not in self._known:
            self._known[account_id] = self._read(account_id)
        return self._known[account_id]

    def _read(self, account_id: str) -> Pace:
        desk = self._desk
        try:
            return pace_of(desk.workspace, desk.cards, desk.workspace.account(account_id))
        except (LoaError, KeyError):
            return Pace(account_id, 1.0)


@dataclass(frozen=True, slots=True)
class Claims:
    """The next windows, by account; one that is empty has more behind it. ``dry`` accounts have nothing that is ripe.

    An account that is in neither waits for its pace or rests.
    """

    windows: Mapping[str, Sequence[Ready]] = field(default_factory=dict)
    dry: frozenset[str] = frozenset()

    def all(self) -> list[Ready]:
        """Everything that was claimed."""
        return [each for window in self.windows.values() for each in window]


def claim(
    desk: Desk, connection: store.Connection, known: Paces, accounts: Collection[str], *, only_takedowns: bool = False
) -> Claims:
    """Claim the next window of each of ``accounts``, where its pace lets it go; what may not go out is held."""
    now = desk.clock.now()
    if store.stop_of(connection) or not store.is_here(connection, desk.worker):
        return Claims(dry=frozenset(accounts))
    paused = {pause.account_id for pause in store.pauses(connection, now)}
    mine = [account_id for account_id in accounts if account_id not in paused]
    buckets = paces.taken_in_hand(connection, {known.of(each).bucket for each in mine}, now)
    start, flows = dict(buckets), desk.clock.pause(0)
    found: dict[str, list[Ready]] = {}
    dry = set(paused)
    for account_id in mine:
        pace = known.of(account_id)
        free = free_from(buckets[pace.bucket], pace, now, flows=flows)
        if free > now + AHEAD:
            continue
        rows = _window(desk, connection, account_id, _room(desk, pace, flows=flows), now, only_takedowns=only_takedowns)
        if rows is None:
            dry.add(account_id)
            continue
        found[account_id] = _in_turn(desk, rows, pace, (free - now).total_seconds())
        buckets[pace.bucket] = free + timedelta(seconds=pace.distance) * len(rows)
    claims = Claims(found, frozenset(dry))
    taken = [Waiting(each.sending, each.delivery) for each in claims.all()]
    windows.claim(connection, taken, owner=desk.worker, now=now)
    paces.write_moments(connection, {name: moment for name, moment in buckets.items() if moment != start[name]})
    return claims


def free_from(written: datetime, pace: Pace, now: datetime, *, flows: bool) -> datetime:
    """When the next post may leave. By a clock that stands still a pace has no meaning: all leave in one moment."""
    is_believable = written <= now + _LONGEST_WAIT + timedelta(seconds=2 * pace.distance)
    return max(now, written) if flows and is_believable else now


def _room(desk: Desk, pace: Pace, *, flows: bool) -> int:
    most = desk.memory.window
    return max(1, min(most, int(SPAN_SECONDS / pace.distance))) if flows else most


def _in_turn(desk: Desk, rows: Sequence[Waiting], pace: Pace, wait: float) -> list[Ready]:
    first = desk.memory.seconds() + wait
    window = tuple(each.sending.id for each in rows)
    return [
        Ready(each.sending, each.delivery, pace, first + pace.distance * place, window, place)
        for place, each in enumerate(rows)
    ]


def _window(
    desk: Desk, connection: store.Connection, account_id: str, most: int, now: datetime, *, only_takedowns: bool
) -> list[Waiting] | None:
    """The next posts of an account that may leave, none where all of a window may not; None where nothing is ripe."""
    rows = windows.ripe(connection, account_id, now, most, only_takedowns=only_takedowns)
    if not rows:
        return None
    open_now = _in_open_hours(desk, connection, rows, now)
    free = _guarded(desk, connection, open_now)
    return [each for each in open_now if each.sending.delivery_id in free]


def _in_open_hours(desk: Desk, connection: store.Connection, rows: Iterable[Waiting], now: datetime) -> list[Waiting]:
    """Those that may leave at this hour."""
    later: dict[int, datetime] = {}
    found = []
    known: dict[tuple[str, str], datetime] = {}
    for each in rows:
        moment = _released(desk, each.delivery, now, known)
        if moment > now:
            later[each.sending.id] = min(moment, now + _LOOK_AGAIN)
        else:
            found.append(each)
    windows.defer(connection, later)
    return found


def _released(desk: Desk, row: DeliveryRow, now: datetime, known: dict[tuple[str, str], datetime]) -> datetime:
    """When a delivery may leave; ``known`` keeps it for public posts that are due, which go by their channel."""
    if row.due > now or "message" in seen(row.package):
        return release_moment(desk, row, now)
    alike = row.channel, action_of(row.package)
    if alike not in known:
        known[alike] = release_moment(desk, row, now)
    return known[alike]


def _guarded(desk: Desk, connection: store.Connection, rows: Sequence[Waiting]) -> Mapping[int, DeliveryRow]:
    """The deliveries of ``rows`` that may go out, by number. What waits for its files makes room for those after it."""
    now = desk.clock.now()
    each_once = {each.delivery.id: each.delivery for each in rows}
    free, _ = guarded(desk, connection, list(each_once.values()))
    kept = each_once.keys() - {row.id for row in free}
    windows.defer(connection, {each.sending.id: now + _FILES_AGAIN for each in rows if each.delivery.id in kept})
    return {row.id: row for row in free if _points_right(desk, connection, row, now)}


def _points_right(desk: Desk, connection: store.Connection, row: DeliveryRow, now: datetime) -> bool:
    """Whether the posts that a delivery points at are there; else it waits for them, or a person hears of it."""
    pointed = pointed_at(desk, connection, row)
    if pointed.lost:
        hold(desk, connection, row, reasons.REFERENCE_LOST, {"items": ", ".join(pointed.lost)})
    elif pointed.waiting:
        values = {"state": State.RETRY_LATER, "next_try": now + WAIT, "code": reasons.REFERENCE_MISSING}
        values |= {"detail": ", ".join(pointed.waiting)}
        ripe = store.sendings(connection, delivery_ids=[row.id], states=store.WAITING, next_try_before=now)
        for each in ripe:
            store.move_sending(connection, each, values, at=now, cause="wait")
        roll_up(connection, [row.id], now)
    return not (pointed.lost or pointed.waiting)
