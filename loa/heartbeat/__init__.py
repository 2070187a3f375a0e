"""The heartbeat: APScheduler as the clock only. One beat at a time, nothing stored, nothing dropped."""

from __future__ import annotations

import os
import platform
import signal
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from types import FrameType

from apscheduler.schedulers.blocking import BlockingScheduler

from loa import store
from loa.dispatch import BeatResult, Desk, Service, look_after
from loa.recipients import purge

ONCE = timedelta(seconds=50)
"""How long a single run goes on with a list of people: a timetable of the operating system starts one every minute."""
_PAUSE_SECONDS = 2.0
"""Between two accounts of the daily look at their health: it is in no hurry and goes beside the beat."""
_HEALTH_JITTER_SECONDS = 3600
_NEVER_DROP = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


def run_once(desk: Desk) -> BeatResult:
    """One beat under the scheduler's lock, and with it what the pace of accounts lets go within ``ONCE``.

    Raises:
        StoreError: E703 another scheduler holds the workspace.
    """
    with store.hold(desk.workspace.var, desk.clock):
        service = _service(desk)
        service.start()
        until = desk.clock.now() + ONCE
        result = service.beat()
        return replace(result, sent=result.sent + _go_on(desk, service, until, threading.Event()))


def run_forever(desk: Desk, seconds: int, tell: Callable[[BeatResult], None]) -> None:
    """Beat every few seconds until the process is asked to end (Ctrl+C, SIGTERM); ``tell`` hears of every beat.

    Raises:
        StoreError: E703 another scheduler holds the workspace.
    """
    with store.hold(desk.workspace.var, desk.clock):
        service = _service(desk)
        service.start()
        scheduler = BlockingScheduler(timezone=desk.workspace.zone)
        ended, at_work = threading.Event(), threading.Lock()

        def beat() -> None:
            with at_work:
                _beat_and_go_on(desk, service, seconds, tell, ended)

        scheduler.add_job(
            beat,
            "interval",
            seconds=seconds,
            next_run_time=desk.clock.now(),
            **_NEVER_DROP,
        )
        scheduler.add_job(service.extend, "interval", hours=6, **_NEVER_DROP)
        scheduler.add_job(
            lambda: purge(desk.workspace, desk.book, desk.clock, store.MACHINE),
            "interval",
            days=1,
            next_run_time=desk.clock.now(),
            **_NEVER_DROP,
        )
        scheduler.add_job(
            lambda: look_after(desk, ended, _PAUSE_SECONDS),
            "interval",
            days=1,
            jitter=_HEALTH_JITTER_SECONDS,
            next_run_time=desk.clock.now(),
            **_NEVER_DROP,
        )

        def end(_number: int, _frame: FrameType | None) -> None:
            ended.set()
            # Not here: a signal comes in the midst of anything, also where the scheduler holds its own locks.
            threading.Thread(target=scheduler.shutdown, kwargs={"wait": False}).start()

        signal.signal(signal.SIGINT, end)
        signal.signal(signal.SIGTERM, end)
        scheduler.start()
        with at_work:  # the lock of the workspace is let go only when nothing is on the wire any more
            pass


def _beat_and_go_on(
    desk: Desk, service: Service, seconds: int, tell: Callable[[BeatResult], None], ended: threading.Event
) -> None:
    """One beat, and then, until the next, the calls to people that their pace lets go in between."""
    until = desk.clock.now() + timedelta(seconds=seconds)
    tell(service.beat())
    _go_on(desk, service, until, ended)


def _go_on(desk: Desk, service: Service, until: datetime, ended: threading.Event) -> int:
    """Calls to people, each at its moment; how many people were answered for."""
    sent = 0
    while (moment := service.next_call(until)) is not None:
        if ended.wait(max((moment - desk.clock.now()).total_seconds(), 0)):
            break
        if not (answered := service.send_calls(until)):
            break
        sent += answered
    return sent


def _service(desk: Desk) -> Service:
    return Service(desk, platform.node(), os.getpid())
