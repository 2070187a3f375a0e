"""The heartbeat: APScheduler as the clock only. One beat at a time, nothing stored, nothing dropped.

One scheduler leads. Over a book in a file the lock of the operating system keeps a second one out; over a shared book
any number may run, and those that do not lead stand by.
"""

from __future__ import annotations

import os
import platform
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from types import FrameType
from typing import Literal

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger

from loa import logs, store
from loa.clock import SystemClock
from loa.dispatch import BeatResult, Desk, Service, look_after
from loa.dispatch.backing_up import back_up_daily
from loa.dispatch.desk import renamed
from loa.dispatch.lead import await_lead, lead_alone, lead_now, open_to_workers, signed_in
from loa.dispatch.pulse import Pulse
from loa.dispatch.sound import OFTEN, UNSOUND, ended_well, require_sound, require_sound_now_and_then, world_of
from loa.dispatch.tidying import tidy, tidy_daily
from loa.errors import StoreError

ONCE = timedelta(seconds=50)
"""How long a single run goes on with a list of people: a timetable of the operating system starts one every minute."""
_PAUSE_SECONDS = 2.0
"""Between two accounts of the daily look at their health: it is in no hurry and goes beside the beat."""
_HEALTH_JITTER_SECONDS = 3600
_NEVER_DROP = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
_LOST = "E971"

Standing = Literal["standby", "leads", "lost"]
"""What a scheduler tells of itself: it waits, it leads, it was taken for dead and another leads."""


def run_once(desk: Desk) -> BeatResult:
    """One beat as the leader, and with it what the pace of accounts lets go within ``ONCE``.

    Raises:
        StoreError: E703 another scheduler holds the workspace, or leads on a shared book.
    """
    with _locked(desk, require_sound_now_and_then), signed_in(desk, "standby"):
        term = lead_alone(desk) if desk.book.is_sqlite else lead_now(desk)
        try:
            if not desk.book.is_sqlite:
                open_to_workers(desk)
            result = _one_beat(desk, term)
            tidy_daily(desk)
            back_up_daily(desk)
            return result
        finally:
            store.sign_out(desk.book, desk.worker, term)


def _one_beat(desk: Desk, term: int) -> BeatResult:
    lost = threading.Event()
    with Pulse(desk, lost.set, term):
        service = _service(desk, term)
        service.start()
        begun = desk.clock.real()
        result = service.beat()
        until = _until(desk, begun, ONCE)
        later = _go_on(desk, service, until, lost)
        return replace(result, sent=result.sent + later.sent, failed=result.failed + later.failed)


def run_forever(
    desk: Desk,
    seconds: int,
    tell: Callable[[BeatResult], None],
    stand: Callable[[Standing], None] = lambda _: None,
    beside: AbstractContextManager[object] | None = None,
) -> None:
    """Beat every few seconds until the process is asked to end (Ctrl+C, SIGTERM); ``tell`` hears of every beat.

    On a shared book it stands by while another leads, and takes over when that one is gone; ``stand`` hears of it.
    ``beside`` is what else writes in the book: it is entered only when the book was found sound.

    Raises:
        StoreError: E703 another scheduler holds the workspace; E971 another has taken over a book in a file.
    """
    ended = threading.Event()
    with _locked(desk, require_sound), beside or nullcontext(), _asked_to_end(ended):
        while not ended.is_set():
            if _led_until_the_end(desk, seconds, tell, stand, ended):
                return
            stand("lost")
            logs.tell("lead_lost", "error")
            if desk.book.is_sqlite:
                raise StoreError(_LOST)
            desk = renamed(desk)  # under the old name it must not do anything any more


def _led_until_the_end(
    desk: Desk,
    seconds: int,
    tell: Callable[[BeatResult], None],
    stand: Callable[[Standing], None],
    ended: threading.Event,
) -> bool:
    """One life under one name; False where the lead was lost."""
    with signed_in(desk, "standby"):
        if desk.book.is_sqlite:
            term: int | None = lead_alone(desk)
        else:
            stand("standby")
            term = await_lead(desk, ended)
        if term is None:
            return True
        if not desk.book.is_sqlite:
            open_to_workers(desk)
        stand("leads")
        logs.tell("lead_taken", term=term)
        lead = _Lead(desk, seconds, tell, term)
        lead.serve(ended)
        if lead.unsound:
            raise lead.unsound
        if not lead.lost.is_set():
            store.sign_out(desk.book, desk.worker, term)
        return not lead.lost.is_set()


class _Lead:
    """The work of a leader, from taking the lead to its end."""

    def __init__(self, desk: Desk, seconds: int, tell: Callable[[BeatResult], None], term: int) -> None:
        self._desk = desk
        self._seconds = seconds
        self._tell = tell
        self._service = _service(desk, term)
        self._term = term
        self._over = threading.Event()
        self._at_work = threading.Lock()
        self._scheduler = BlockingScheduler(timezone=desk.workspace.zone)
        self.lost = threading.Event()
        self.unsound: StoreError | None = None

    def serve(self, ended: threading.Event) -> None:
        """Beat until ``ended`` or until the lead is lost; on return nothing is on the wire any more."""
        service, now = self._service, self._desk.clock.now()
        self._every(self._beat, now, seconds=self._seconds)
        self._every(self._service.extend, None, hours=6)
        self._every(lambda: tidy(service.desk), now, days=1)
        look = lambda: look_after(service.desk, self._over, _PAUSE_SECONDS)  # noqa: E731 - one line, like the others
        self._every(look, now, days=1, jitter=_HEALTH_JITTER_SECONDS)
        self._every(lambda: back_up_daily(service.desk), now, hours=1)
        self._every(self._examine, None, seconds=int(OFTEN.total_seconds()))
        with Pulse(self._desk, self._lose, self._term):
            self._service.start()
            threading.Thread(target=self._end_with, args=(ended,), daemon=True).start()
            self._scheduler.start()
            with self._at_work:  # the lead is let go only when nothing is on the wire any more
                pass

    def _every(self, work: Callable[[], object], first: datetime | None, **often: int) -> None:
        start = {"next_run_time": first} if first else {}
        self._scheduler.add_job(work, _Every(timezone=self._scheduler.timezone, **often), **start, **_NEVER_DROP)

    def _beat(self) -> None:
        with self._at_work:
            if self._over.is_set():
                return
            try:
                _beat_and_go_on(self._desk, self._service, self._seconds, self._tell, self._over)
            except StoreError as error:
                if error.code != _LOST:
                    raise
                self._lose()

    def _examine(self) -> None:
        """Between two beats, so that nothing leaves while the book is looked at."""
        with self._at_work:
            try:
                require_sound(self._desk)
            except StoreError as error:
                if error.code not in UNSOUND:  # a server that is away now is looked at again in an hour
                    logs.trouble("look_at_book_failed", error)
                    return
                self.unsound = error
                self._over.set()

    def _lose(self) -> None:
        self.lost.set()
        self._over.set()

    def _end_with(self, ended: threading.Event) -> None:
        """A signal comes in the midst of anything, also where APScheduler holds its own locks: so not there."""
        while not (ended.wait(_SOON) or self._over.is_set()):
            self._stay_awake()
        self._over.set()
        self._scheduler.shutdown(wait=False)

    def _stay_awake(self) -> None:
        """APScheduler counts by the machine's clock: set back, it would sleep until the old time has come again."""
        now = SystemClock().now()
        for job in self._scheduler.get_jobs():
            following = getattr(job, "next_run_time", None)
            longest = job.trigger.interval + timedelta(seconds=(job.trigger.jitter or 0) + 1)
            if following is not None and following - now > longest:
                job.modify(next_run_time=now)


class _Every(IntervalTrigger):  # type: ignore[misc]  # APScheduler has no types
    """At so long a distance from now: a clock that went a week forward has no week of beats to count through."""

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:  # noqa: ARG002 - APScheduler's signature
        found: datetime | None = self._apply_jitter(now + self.interval, self.jitter, now)
        return found


_SOON = 0.5


@contextmanager
def _locked(desk: Desk, look: Callable[[Desk], None]) -> Iterator[None]:
    """The lock of the operating system, where the book is a file of this machine; nothing is written before a look."""
    with store.hold(desk.workspace.var, desk.clock) if desk.book.is_sqlite else nullcontext():
        look(desk)
        store.keep_for(desk.book, world_of(desk))
        yield
        ended_well(desk)


@contextmanager
def _asked_to_end(ended: threading.Event) -> Iterator[None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    yield


def _beat_and_go_on(
    desk: Desk, service: Service, seconds: int, tell: Callable[[BeatResult], None], ended: threading.Event
) -> None:
    """One beat, and then, until the next, the calls to people that their pace lets go in between."""
    begun = desk.clock.real()
    tell(service.beat())
    _go_on(desk, service, _until(desk, begun, timedelta(seconds=seconds)), ended)


def _until(desk: Desk, begun: float, length: timedelta) -> datetime:
    """When so long a time ends that began at ``begun``: real time, since a beat may have moved the clock by days."""
    return desk.clock.now() + length - timedelta(seconds=desk.clock.real() - begun)


def _go_on(desk: Desk, service: Service, until: datetime, ended: threading.Event) -> BeatResult:
    """Calls to people, each at its moment; what came of all of them."""
    done = BeatResult()
    while (moment := service.next_call(until)) is not None:
        if ended.wait(max((moment - desk.clock.now()).total_seconds(), 0)):
            break
        more = service.send_calls(until)
        if not (more.sent or more.failed or more.handed):
            break
        done = replace(done, sent=done.sent + more.sent, failed=done.failed + more.failed)
    return done


def _service(desk: Desk, term: int) -> Service:
    return Service(desk, platform.node(), os.getpid(), term=term)
