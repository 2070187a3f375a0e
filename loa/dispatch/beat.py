"""The beat: what is due goes out, what is too late is set aside, what is in doubt is looked up.

One beat is short. Everything it decides is in the book before it acts on it, so that it may be killed anywhere.
Where workers are there it hands them what is ripe, by account; else it sends itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from loa import store
from loa.dispatch.asking import ask_gateways
from loa.dispatch.bulk.doubt import look_up_doubtful as look_up_doubtful_calls
from loa.dispatch.bulk.doubt import recover as recover_calls
from loa.dispatch.bulk.ends import close_ended
from loa.dispatch.bulk.rebuilt import go_on_rebuilt
from loa.dispatch.delivering import drain, next_moment, ripe_accounts
from loa.dispatch.desk import Desk
from loa.dispatch.late import set_aside
from loa.dispatch.mourning import hold_back
from loa.dispatch.outbox import is_takedown, send_due
from loa.dispatch.plan import plan
from loa.dispatch.promote import next_due, promote
from loa.dispatch.receipts import read_inbox
from loa.dispatch.reconcile import follow_up, look_up_doubtful, recover
from loa.dispatch.replies import confirm_refusals
from loa.dispatch.steady import Watchman
from loa.dispatch.watch import SourceWatch
from loa.errors import LoaError, ProblemsFound, StoreError
from loa.messages import describe, sentence
from loa.recipients import lists_fingerprint

BREATH = timedelta(seconds=5)
"""So long a beat sends before it looks at everything else again."""
BLOCKED = "blocked"
"""The note that says why nothing may go out: the staff's files have problems."""
SOURCES = "sources"
"""The note with the fingerprint of the staff's files by which the leader plans."""


@dataclass(frozen=True, slots=True)
class BeatResult:
    """What one beat did. ``blocked``: the staff's files have problems, so that nothing went out.

    ``sent`` counts posts and people of whom a platform said that it took them, ``failed`` those that it did not take or
    of whom nobody knows yet. ``handed`` counts the accounts whose work was given to workers on this or other machines.
    """

    sent: int = 0
    failed: int = 0
    held: int = 0
    missed: int = 0
    blocked: bool = False
    stopped: bool = False
    handed: int = 0
    doubted: bool = False
    """Nobody knows what time it is: nothing but takedowns went out."""


class Service:
    """The scheduler's work on one desk. The caller holds the lead and calls ``beat`` again and again.

    ``until`` ends the plan at a fixed moment (a rehearsal); without it the horizon moves on with the days. ``term`` is
    that of the leader, who has signed in; without it nobody else works on the book.
    """

    def __init__(self, desk: Desk, host: str, pid: int, until: datetime | None = None, term: int | None = None) -> None:
        self._desk = desk
        self._until = until
        self._watch = SourceWatch(desk.workspace)
        self._watchman = Watchman(desk, host)
        self._planned_from = ""
        self._presence = store.Presence(desk.worker, "clock", host, pid)
        self._term = term
        self._is_in = term is not None
        self._cut_off = False

    @property
    def desk(self) -> Desk:
        """The desk by the settings as they are now."""
        return self._desk

    def start(self) -> int:
        """Put what a dead scheduler left on the wire in doubt; the number of such sendings."""
        return self._recover(self._here())

    def extend(self) -> None:
        """Look at the plan again although no file has changed: the horizon moves on with the days."""
        self._planned_from = ""

    def next_call(self, until: datetime) -> datetime | None:
        """When the next post or call to people may leave, where that is before ``until`` and nothing is against it.

        Where workers are there they wait for the paces of accounts; what comes due is still the leader's to tell.
        """
        with self._desk.book.read() as connection:
            if store.stop_of(connection) or self._watchman.doubt or not self._planned_from:
                return None
            led = self._term is not None and _has_workers(connection)
        moments = (None if led else next_moment(self._desk), next_due(self._desk))
        return min((moment for moment in moments if moment is not None and moment < until), default=None)

    def send_calls(self, until: datetime) -> BeatResult:
        """What may leave between two beats."""
        with self._answered():
            if self._watchman.doubt or not self._plan_is_fresh():
                return BeatResult()
            now = self._desk.clock.now()
            hold_back(self._desk)
            promote(self._desk, now)
            handed = self._handed(now)
            return self._counted(lambda: self._drained(until)) if handed is None else BeatResult(handed=handed)

    def beat(self) -> BeatResult:
        """Do what is to be done now.

        Raises:
            StoreError: E701, the book could not be written; what was on the wire then is in doubt at the next beat;
                E971, another process leads now.
        """
        with self._answered():
            return self._beat()

    @contextmanager
    def _answered(self) -> Iterator[None]:
        """What an error kept from being written down is in doubt, as after a crash."""
        if self._cut_off:
            self._recover(self._here() - {self._desk.worker})
        self._cut_off = True
        yield
        self._cut_off = False

    def _beat(self) -> BeatResult:
        desk = self._desk
        doubted = self._watchman.look() is not None  # here, where nothing is on the wire, the clock may be moved
        now = desk.clock.now()
        self._sign(now)
        if self._term is not None and not desk.book.is_sqlite:
            self._recover(self._here())
        read_inbox(desk)  # before anything leaves: who has just refused gets no more
        hold_back(desk)
        with desk.book.read() as connection:
            if store.stop_of(connection):
                missed = 0 if doubted else set_aside(desk, now)
                return BeatResult(stopped=True, missed=missed, doubted=doubted)
        if doubted or not self._plan_is_fresh():
            # A file that somebody broke keeps posts from going out, not from being taken down.
            held = promote(desk, now, is_takedown)
            done = self._counted(lambda: self._taken_down(now))
            return replace(done, held=held, blocked=not doubted, doubted=doubted)
        desk = self._desk  # the settings may have changed
        confirm_refusals(desk)
        hold_back(desk)  # what was planned in this beat too
        missed = set_aside(desk, now)
        held = promote(desk, now)
        go_on_rebuilt(desk)
        handed = self._handed(now)
        done = self._counted(lambda: self._drained(now + BREATH)) if handed is None else BeatResult(handed=handed)
        close_ended(desk)
        follow_up(desk)
        look_up_doubtful(desk)
        look_up_doubtful_calls(desk)
        ask_gateways(desk)
        return replace(done, held=held, missed=missed)

    def _counted(self, send: Callable[[], int]) -> BeatResult:
        """Send; of what was answered, how much was taken."""
        memory = self._desk.memory
        before = memory.taken
        answered = send()
        return BeatResult(sent=memory.taken - before, failed=answered - (memory.taken - before))

    def _sign(self, now: datetime) -> None:
        """Count on, by which others see that we live, and make sure that we still lead."""
        if not self._is_in:
            store.sign_in(self._desk.book, self._presence, now)
            self._is_in = True
        if not store.sign_of_life(self._desk.book, self._desk.worker, now, self._term):
            raise StoreError("E971")

    def _here(self) -> frozenset[str]:
        """Whose work on the wire is theirs still; without a term nobody else can be alive."""
        if self._term is None:
            return frozenset()
        with self._desk.book.read() as connection:
            return frozenset(each.id for each in store.workers_here(connection))

    def _recover(self, here: Collection[str]) -> int:
        return recover(self._desk, here) + recover_calls(self._desk, here)

    def _handed(self, now: datetime) -> int | None:
        """Give what is ripe to the workers, by account; None where there are none. The number of accounts."""
        desk = self._desk
        if desk.book.is_sqlite:
            return None
        from loa.engine import jobs  # noqa: PLC0415 - only a shared book has workers, and their engine is an extra

        with desk.book.write() as connection:
            if self._term is None or not _has_workers(connection):
                return None
        ripe = ripe_accounts(desk, now)
        with desk.book.write() as connection:
            jobs.sweep(connection, store.LEASE_SECONDS)
            jobs.hand_over(connection, jobs.DELIVER, ripe)
        return len(ripe)

    def _drained(self, until: datetime) -> int:
        desk = self._desk
        if desk.book.is_sqlite:
            return drain(desk, until)
        with store.turns(desk.book, ripe_accounts(desk, desk.clock.now())) as mine:
            return drain(desk, until, mine) if mine else 0

    def _taken_down(self, now: datetime) -> int:
        with store.turns(self._desk.book, ripe_accounts(self._desk, now)) as mine:
            return send_due(self._desk, is_takedown, accounts=mine)

    def _plan_is_fresh(self) -> bool:
        """Bring changed files into the book; False when they have problems (nothing goes out until they are mended)."""
        register = store.read_note(self._desk.book, store.REGISTER_DATED)
        sources = self._watch.fingerprint()
        # What changes after this look is found at the next one: the fingerprint is of an earlier moment than the plan.
        fingerprint = sources + lists_fingerprint(self._desk.book) + register + self._watch.zone()
        fingerprint += self._desk.renderer.shelf.pulse()  # what another machine has made may have come meanwhile
        if fingerprint == self._planned_from:
            return True
        try:
            self._desk = self._watch.fresh(self._desk)
            plan(self._desk, self._until)
        except ProblemsFound as error:
            words = "\n".join(describe(problem, "vi") for problem in error.problems())
            store.note(self._desk.book, BLOCKED, words)
            return False
        except StoreError:
            raise  # a full or failing disk is no fault of the staff's files
        except LoaError as error:
            store.note(self._desk.book, BLOCKED, sentence(error.code, error.params, "vi"))
            return False
        store.clear_note(self._desk.book, BLOCKED)
        store.note(self._desk.book, SOURCES, sources)
        self._planned_from = fingerprint
        return True


def _has_workers(connection: store.Connection) -> bool:
    return any(each.kind == "worker" for each in store.workers_here(connection))
