"""The beat: what is due goes out, what is too late is set aside, what is in doubt is looked up.

One beat is short. Everything it decides is in the book before it acts on it, so that it may be killed anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.asking import ask_gateways
from loa.dispatch.bulk.claim import next_moment as next_call
from loa.dispatch.bulk.doubt import look_up_doubtful as look_up_doubtful_calls
from loa.dispatch.bulk.doubt import recover as recover_calls
from loa.dispatch.bulk.ends import close_ended
from loa.dispatch.bulk.layout import lay_out
from loa.dispatch.bulk.line import is_to_people
from loa.dispatch.bulk.send import send
from loa.dispatch.desk import Desk
from loa.dispatch.guard import guarded
from loa.dispatch.outbox import Takes, anything, bring_to_standing, is_takedown, send_due
from loa.dispatch.pace import Line, due_by, first_try, line_of, release_moment
from loa.dispatch.plan import plan
from loa.dispatch.receipts import read_inbox
from loa.dispatch.reconcile import follow_up, look_up_doubtful, recover
from loa.dispatch.replies import confirm_refusals
from loa.dispatch.watch import SourceWatch
from loa.errors import LoaError, ProblemsFound
from loa.messages import describe, sentence
from loa.recipients import lists_fingerprint
from loa.store import DeliveryRow, NewSending
from loa.store.bulk_calls import stop_repeating
from loa.store.bulk_counts import end_waiting, waits

BREATH = timedelta(seconds=5)
"""So long a beat sends to people before it looks at everything else again."""


@dataclass(frozen=True, slots=True)
class BeatResult:
    """What one beat did. ``blocked``: the staff's files have problems, so that nothing went out."""

    sent: int = 0
    held: int = 0
    missed: int = 0
    blocked: bool = False
    stopped: bool = False


class Service:
    """The scheduler's work on one desk. The caller holds the workspace's lock and calls ``beat`` again and again.

    ``until`` ends the plan at a fixed moment (a rehearsal); without it the horizon moves on with the days.
    """

    def __init__(self, desk: Desk, host: str, pid: int, until: datetime | None = None) -> None:
        self._desk = desk
        self._until = until
        self._watch = SourceWatch(desk.workspace)
        self._planned_from = ""
        self._host = host
        self._pid = pid
        self._cut_off = False

    def start(self) -> int:
        """Put what a dead scheduler left on the wire in doubt; the number of such sendings."""
        return recover(self._desk) + recover_calls(self._desk)

    def extend(self) -> None:
        """Look at the plan again although no file has changed: the horizon moves on with the days."""
        self._planned_from = ""

    def next_call(self, until: datetime) -> datetime | None:
        """When the next call to people may leave, where that is before ``until`` and nothing speaks against it."""
        with self._desk.book.read() as connection:
            if store.stop_of(connection) or not self._planned_from:
                return None
        moment = next_call(self._desk)
        return moment if moment is not None and moment < until else None

    def send_calls(self, until: datetime) -> int:
        """The calls to people that may leave between two beats; how many were sent to."""
        with self._answered():
            return send(self._desk, until) if self._plan_is_fresh() else 0

    def beat(self) -> BeatResult:
        """Do what is to be done now.

        Raises:
            StoreError: E701, the book could not be written; what was on the wire then is in doubt at the next beat.
        """
        with self._answered():
            return self._beat()

    @contextmanager
    def _answered(self) -> Iterator[None]:
        """What an error kept from being written down is in doubt, as after a crash."""
        if self._cut_off:
            self.start()
        self._cut_off = True
        yield
        self._cut_off = False

    def _beat(self) -> BeatResult:
        desk = self._desk
        now = desk.clock.now()
        store.worker_beat(desk.book, desk.worker, self._host, self._pid, now)
        read_inbox(desk)  # before anything leaves: who has just refused gets no more
        with desk.book.read() as connection:
            if store.stop_of(connection):
                return BeatResult(stopped=True, missed=self._set_aside(now))
        if not self._plan_is_fresh():
            # A file that somebody broke keeps posts from going out, not from being taken down.
            held = self._promote(now, is_takedown)
            return BeatResult(sent=send_due(desk, is_takedown), held=held, blocked=True)
        confirm_refusals(desk)
        missed = self._set_aside(now)
        held = self._promote(now)
        sent = send_due(desk) + send(desk, now + BREATH)
        close_ended(desk)
        follow_up(desk)
        look_up_doubtful(desk)
        look_up_doubtful_calls(desk)
        ask_gateways(desk)
        return BeatResult(sent=sent, held=held, missed=missed)

    def _plan_is_fresh(self) -> bool:
        """Bring changed files into the book; False when they have problems (nothing goes out until they are mended)."""
        register = store.read_note(self._desk.book, store.REGISTER_DATED)
        fingerprint = self._watch.fingerprint() + lists_fingerprint(self._desk.book) + register
        if fingerprint == self._planned_from:
            return True
        try:
            plan(self._desk, self._until)
        except ProblemsFound as error:
            words = "\n".join(describe(problem, "vi") for problem in error.problems())
            store.note(self._desk.book, "blocked", words)
            return False
        except LoaError as error:
            store.note(self._desk.book, "blocked", sentence(error.code, error.params, "vi"))
            return False
        store.clear_note(self._desk.book, "blocked")
        self._planned_from = fingerprint
        return True

    def _set_aside(self, now: datetime) -> int:
        with self._desk.book.write() as connection:
            rows = store.deliveries(connection, states=_CAN_BE_LATE, due_before=now)
            late = [row for row in rows if _is_late(connection, row, now)]
            return sum(_too_late(connection, row, now) for row in late)

    def _promote(self, now: datetime, takes: Takes = anything) -> int:
        """Approved and due: check the bytes, lay out the sendings. The number held back."""
        desk = self._desk
        with desk.book.write() as connection:
            ripe = [
                row
                for row in store.deliveries(connection, states=(State.APPROVED,), due_before=due_by(desk, now))
                if takes(row) and release_moment(desk, row, now) <= now
            ]
            free, held = guarded(desk, connection, ripe)
            line = cache(lambda channel, due: line_of(connection, channel, due))
            to_people = [row for row in free if is_to_people(row)]
            for row in free:
                if row not in to_people:
                    _lay_out(desk, connection, row, line(row.channel, row.due), now)
                    store.move_delivery(connection, row, State.DUE, at=now)
        for row in to_people:
            lay_out(desk, row)
        return held


_IN_DOUBT = (State.UNKNOWN, State.HUMAN)
_CAN_BE_LATE = (*store.OPEN, State.DUE, State.RETRY_LATER, *_IN_DOUBT)


_LATE_BECAUSE = {reasons.REFERENCE_MISSING: reasons.REFERENCE_TOO_LATE}
"""What it waited for in vain says more than that it is late."""


def _is_late(connection: store.Connection, row: DeliveryRow, now: datetime) -> bool:
    """Whether its time has passed. Of what is in doubt only those can be late who wait beside the doubtful call."""
    if row.expires >= now or row.reason in reasons.WAITS_FOR_A_PERSON:
        return False
    return row.state not in _IN_DOUBT or waits(connection, row.id)


def _too_late(connection: store.Connection, row: DeliveryRow, now: datetime) -> bool:
    """Set one late delivery aside, visibly; True when it counts as missed."""
    was_ready = row.state in (State.APPROVED, State.DUE, State.RETRY_LATER, *_IN_DOUBT)
    if was_ready and row.when_late == "ask" and row.reason != reasons.REFERENCE_MISSING:
        return store.move_delivery(connection, row, State.HELD, at=now, reason=reasons.LATE)
    after = State.CANCELLED if row.reason == reasons.WITHDRAWN else State.MISSED
    _end_waiting(connection, row, after, now)
    begun = was_ready or is_to_people(row)
    if begun and set(store.state_counts(connection, [row.id]).get(row.id, {})) - {after}:
        bring_to_standing(connection, row, now)  # some recipients have it: that part is done, not missed
        return True
    # Whatever kept it from being approved (a change, a return, a picture that is not made) is the reason to show.
    reason = (
        _LATE_BECAUSE.get(row.reason, reasons.TOO_LATE) if was_ready else row.reason or reasons.NOT_APPROVED_IN_TIME
    )
    params = dict(row.reason_params)
    return store.move_delivery(connection, row, after, at=now, reason=reason, params=params) and after == State.MISSED


def _end_waiting(connection: store.Connection, row: DeliveryRow, after: State, now: datetime) -> None:
    end_waiting(connection, row.id, after, reasons.TOO_LATE if after == State.MISSED else reasons.WITHDRAWN)
    stop_repeating(connection, row.id, reasons.CANNOT_TELL)
    for each in store.sendings(connection, delivery_ids=[row.id], states=store.WAITING):
        store.move_sending(connection, each, {"state": after, "next_try": None}, at=now, cause="late")


def _lay_out(desk: Desk, connection: store.Connection, row: DeliveryRow, line: Line, now: datetime) -> None:
    """The sending of a delivery, once: a delivery that was held in between keeps the one that it has."""
    if not store.state_counts(connection, [row.id]):
        first = first_try(desk, row, line, now)
        store.add_sendings(connection, [NewSending(row.id, 0, f"{row.key}#0", row.account_id, first)])
