"""The watchman of the clock: does the time that the machine shows agree with the time that really passed?

A machine that slept is no trouble: real time passed, and what became late follows its lateness policy. A clock that
was moved is one. While nobody knows which time is right, nothing is sent, promoted or set aside as late; takedowns
may go. The doubt ends when the clock is back, when it has run steadily for ``PATIENCE``, or when a person says that
it is right (``accept_clock``); every wait in the book then goes with it. Only a clock that is behind the book never
ends the doubt by running on: it must catch up, or a person must speak.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Literal

from loa import store
from loa.clock.steady import SteadyClock, boot_name
from loa.dispatch.desk import Desk
from loa.errors import LoaError
from loa.store.events import MACHINE, Event
from loa.store.waits import clock_of, keep_clock, move_waits, newest_sign, others_here

TOLERANCE = timedelta(minutes=2)
"""A clock that goes wrong by so little at once is simply followed, and the waits with it."""
PATIENCE = timedelta(minutes=15)
"""Of real time: a clock that has run steadily for so long since its jump is believed."""
DOUBT, WORD = "clock_doubt", "clock_word"
"""The notes of a doubt that has not ended, and of the last person's word on the clock."""
_HAIR = timedelta(seconds=1)
"""What two clocks drift apart without anything having happened."""
Kind = Literal["jump", "behind", "unsure"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A clock that is not believed.

    ``kind``: it has jumped; it is behind the book; or its machine was started anew in the midst of a doubt, so that
    nobody knows where it should stand. ``seconds``: how far it is ahead of where it should be (below nothing: behind);
    ``since``: by the time that was right before; ``clock``: what the machine shows; ``real`` and ``boot``: from when
    on it ran steadily; ``newest``: of a clock behind the book, the moment with which it must catch up; ``word``: the
    last word before the doubt.
    """

    kind: Kind
    seconds: float
    since: str
    clock: str
    host: str
    real: float
    boot: str
    word: str
    newest: str = ""

    @property
    def step(self) -> timedelta:
        return timedelta(seconds=self.seconds)


class Watchman:
    """Watches the clock of one process; asked before each beat, when nothing is on the wire.

    The one who leads keeps the doubt in the book, and moves the waits; others (``leads`` False) only keep quiet. A
    clock that does not go by itself (a rehearsal's) is never in doubt.
    """

    def __init__(self, desk: Desk, host: str, *, leads: bool = True) -> None:
        self._book, self._host, self._leads = desk.book, host, leads
        self._clock = desk.clock if isinstance(desk.clock, SteadyClock) else None
        self._doubt: Doubt | None = None
        self._kept: tuple[str, datetime] | None = None
        if self._clock is not None:
            self._begin(self._clock)

    @property
    def doubt(self) -> Doubt | None:
        """The doubt that the last look found."""
        return self._doubt

    def look(self) -> Doubt | None:
        """Compare the clocks, and end or begin a doubt; the doubt that stands, None while all is well."""
        if self._clock is None:
            return None
        if self._doubt is None:
            self._while_steady(self._clock)
        else:
            doubted = {"jump": self._while_jumped, "behind": self._while_behind, "unsure": self._while_unsure}
            doubted[self._doubt.kind](self._clock, self._doubt)
        if self._doubt is None and self._leads:
            self._keep(self._clock)
        return self._doubt

    def _begin(self, clock: SteadyClock) -> None:
        """Go on where the last process on this machine stood; after a new start of it, ask the book."""
        self._kept = clock_of(self._book, self._host)
        known = doubt_of(self._book)
        known = known if known and known.host == self._host else None
        if clock.boot and self._kept and self._kept[0] == clock.boot:
            self._doubt = known if known and known.boot == clock.boot else None
            if self._doubt is None or self._doubt.kind == "jump":
                clock.carry_on(self._kept[1])
            return
        with self._book.read() as connection:
            newest = newest_sign(connection)
        if newest is not None and clock.now() < newest - TOLERANCE:
            behind = (clock.now() - newest).total_seconds()
            self._begin_doubt(clock, "behind", behind, newest.isoformat())
        elif known is not None:
            self._begin_doubt(clock, "unsure", known.seconds)

    def _while_steady(self, clock: SteadyClock) -> None:
        ahead = clock.ahead()
        if abs(ahead) <= _HAIR:
            clock.move(ahead)
        elif abs(ahead) <= TOLERANCE:
            self._follow(clock, ahead)
        else:
            self._begin_doubt(clock, "jump", ahead.total_seconds())

    def _while_jumped(self, clock: SteadyClock, doubt: Doubt) -> None:
        ahead = clock.ahead()
        if abs(ahead) <= TOLERANCE:
            self._follow(clock, ahead, "clock_back")
        elif name := self._word_since(doubt):
            self._follow(clock, ahead, "clock_taken", name)
        elif abs(ahead - doubt.step) > TOLERANCE:
            self._begin_doubt(clock, "jump", ahead.total_seconds())
        elif _is_patient(clock, doubt):
            self._follow(clock, ahead, "clock_taken")

    def _while_behind(self, clock: SteadyClock, doubt: Doubt) -> None:
        """There is no time that was right before: this one follows the machine's at every look."""
        clock.move(clock.ahead())
        newest = datetime.fromisoformat(doubt.newest)
        if clock.now() >= newest - TOLERANCE:
            self._end(clock, "clock_back", MACHINE)
        elif name := self._word_since(doubt):
            self._carry_on(newest, clock)
            self._end(clock, "clock_taken", name)

    def _while_unsure(self, clock: SteadyClock, doubt: Doubt) -> None:
        ahead = clock.ahead()
        clock.move(ahead)
        name = self._word_since(doubt)
        if abs(ahead) > TOLERANCE:
            self._begin_doubt(clock, "unsure", max(doubt.seconds, 0.0) + ahead.total_seconds())
        elif name or _is_patient(clock, doubt):
            # Perhaps the waits are counted by the time before the jump: they may be too long, but never too short.
            self._carry_on(min(clock.now(), clock.now() - doubt.step), clock)
            self._end(clock, "clock_taken", name or MACHINE)

    def _carry_on(self, before: datetime, clock: SteadyClock) -> None:
        if self._leads:
            with self._book.write() as connection:
                self._carry_waits(connection, before, clock.now())

    def _follow(self, clock: SteadyClock, ahead: timedelta, cause: str = "", actor: str = MACHINE) -> None:
        """Go where the machine's clock is, and take the waits along, in one breath as seen by every beat."""
        before = clock.now()
        if self._leads:
            with self._book.write() as connection:
                self._carry_waits(connection, before, before + ahead)
                # With the waits, so that a crash between the two moves neither, or both.
                keep_clock(connection, self._host, clock.boot, clock.start + ahead)
        clock.move(ahead)
        self._kept = (clock.boot, clock.start)
        if self._doubt is not None:
            self._end(clock, cause, actor)

    def _carry_waits(self, connection: store.Connection, before: datetime, after: datetime) -> None:
        """Alone with the book, exactly. Beside other machines, whose clocks are right: later only, never earlier."""
        if after > before or self._book.is_sqlite or not others_here(connection, self._host):
            move_waits(connection, before, after)

    def _end(self, clock: SteadyClock, cause: str, actor: str) -> None:
        doubt, self._doubt = self._doubt, None
        if doubt is None or not self._leads:
            return
        store.clear_note(self._book, DOUBT)
        words = {"seconds": f"{doubt.seconds:.0f}", "host": self._host}
        store.tell(self._book, Event(clock.now(), actor, cause, params=words))

    def _begin_doubt(self, clock: SteadyClock, kind: Kind, seconds: float, newest: str = "") -> None:
        shown = (clock.now() + clock.ahead()).isoformat(timespec="seconds")
        since = clock.now().isoformat(timespec="seconds")
        word = store.read_note(self._book, WORD)
        doubt = Doubt(kind, seconds, since, shown, self._host, clock.real(), clock.boot, word, newest)
        self._doubt = doubt
        if self._leads:
            store.note(self._book, DOUBT, json.dumps(asdict(doubt)))
            words = {"kind": kind, "seconds": f"{seconds:.0f}", "clock": shown, "host": self._host}
            store.tell(self._book, Event(clock.now(), MACHINE, "clock_doubt", params=words))

    def _word_since(self, doubt: Doubt) -> str:
        """Who has said since the doubt began that the clock is right; empty: nobody."""
        said = store.read_note(self._book, WORD)
        return str(json.loads(said)["by"]) if said and said != doubt.word else ""

    def _keep(self, clock: SteadyClock) -> None:
        """For the next process, whenever the clock was moved by more than it drifts."""
        if self._kept and self._kept[0] == clock.boot and abs(self._kept[1] - clock.start) <= _HAIR:
            return
        self._kept = (clock.boot, clock.start)
        with self._book.write() as connection:
            keep_clock(connection, self._host, clock.boot, clock.start)


def _is_patient(clock: SteadyClock, doubt: Doubt) -> bool:
    return clock.real() - doubt.real >= PATIENCE.total_seconds()


def doubt_of(book: store.Book) -> Doubt | None:
    """The doubt about the clock that stands in the book."""
    kept = store.read_note(book, DOUBT)
    return Doubt(**json.loads(kept)) if kept else None


def present(desk: Desk) -> datetime:
    """The moment by which the scheduler goes: while it doubts the clock of this machine, not what that shows."""
    doubt = doubt_of(desk.book)
    if doubt is None or doubt.kind != "jump" or isinstance(desk.clock, SteadyClock):
        return desk.clock.now()
    kept = clock_of(desk.book, doubt.host)
    if kept is None or not doubt.boot or (kept[0], doubt.boot) != (doubt.boot, boot_name()):
        return desk.clock.now()
    return kept[1] + timedelta(seconds=desk.clock.real())


def accept_clock(desk: Desk, name: str) -> Doubt:
    """A person says that the machine's clock is right: the scheduler goes on by it from its next beat.

    Raises:
        LoaError: E985, no clock is in doubt.
    """
    doubt = doubt_of(desk.book)
    if doubt is None:
        raise LoaError("E985")
    words = {"seconds": f"{doubt.seconds:.0f}", "host": doubt.host}
    store.tell(desk.book, Event(desk.clock.now(), name, "clock_word", params=words))
    store.note(desk.book, WORD, json.dumps({"by": name, "word": uuid.uuid4().hex}))
    return doubt
