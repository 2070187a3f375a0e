"""The life of a worker: it signs in under a name, takes jobs, and begins anew where it was declared gone."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Collection
from functools import partial
from types import FrameType
from typing import Literal

from loa import logs, store
from loa.dispatch import Desk
from loa.dispatch.desk import renamed
from loa.dispatch.lead import signed_in
from loa.dispatch.pulse import Pulse
from loa.dispatch.sound import UNSOUND, require_sound_here
from loa.engine.jobs import Crew, work
from loa.errors import LoaError
from loa.store.leading import stand_as
from loa.workers.ready import led_by_another, require_same_version
from loa.workers.rendering import at_once
from loa.workers.shift import JOBS, Shift

Standing = Literal["works", "lost", "changed", "away"]
"""What a worker tells: it works; it was taken for dead; the staff's files have changed; the database is away."""
_FINAL = ("E702", "E725", "E970", "E973", *UNSOUND)
"""What no waiting mends: the book or this machine is not the right one, or the book is not as it was left."""
_LONGEST_WAIT = 30.0
_LOOK_SECONDS = 2.0


def run_worker(
    open_desk: Callable[[], Desk], names: Collection[str], threads: int, stand: Callable[[Standing], None]
) -> None:
    """Take jobs of the kinds ``names`` until the process is asked to end (Ctrl+C, SIGTERM).

    What is on the wire then is brought to its end, nothing more is claimed. A worker that was declared gone, or whose
    staff's files have changed, begins another life at once; one whose database is away waits for it.

    Raises:
        StoreError: E973, the leader is of another version of Loa; and where waiting brings nothing.
    """
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    pause = 1.0
    while not ended.is_set():
        try:
            why = _live(renamed(open_desk()), names, threads, stand, ended)
            pause = 1.0
        except Exception as error:  # the door of a life: the next one may find the database again
            if isinstance(error, LoaError) and error.code in _FINAL:
                raise
            logs.trouble("worker_broke_off", error)
            why = "away"
        if why and not ended.is_set():
            stand(why)
            ended.wait(pause)
            pause = min(2 * pause, _LONGEST_WAIT)


def _live(
    desk: Desk, names: Collection[str], threads: int, stand: Callable[[Standing], None], ended: threading.Event
) -> Standing | None:
    """One life under one name; why it ended, None where it was asked to."""
    require_sound_here(desk)  # while the database was away an older copy may have taken its place
    require_same_version(desk)
    over = threading.Event()
    why: list[Standing] = []

    def end(reason: Standing) -> None:
        why.append(reason)
        over.set()

    shift = Shift(desk, lambda: over.is_set() or ended.is_set(), partial(end, "away"))
    counts = {name: at_once(threads) if name == "render" else threads for name in names}
    crews = [Crew(name, partial(JOBS[name], shift), count) for name, count in counts.items()]
    kind: store.Kind = "worker" if "deliver" in names else "renderer"
    try:
        with signed_in(desk, kind), Pulse(desk, partial(end, "lost")):
            stand("works")
            watching = threading.Thread(target=_watch, args=(shift, over, end, kind), daemon=True)
            watching.start()
            work(desk.book.address, store.session_name(desk.worker), crews, shift.is_over)
    finally:
        over.set()
        desk.book.close()
    return why[0] if why else None if ended.is_set() else "away"


def _watch(shift: Shift, over: threading.Event, end: Callable[[Standing], None], kind: store.Kind) -> None:
    """End a life whose files have changed: settings are read when a life begins. Or Loa itself, where the leader runs.

    One that may not send meanwhile says so in the book: else the leader would wait for it, and nobody would send.
    """
    stands = kind
    while not over.wait(_LOOK_SECONDS):
        try:
            if shift.has_changed() or led_by_another(shift.desk):
                end("changed")
                return
            wanted = kind if kind != "worker" or shift.may_go_on() else "aside"
            if wanted != stands and not shift.is_over():
                stand_as(shift.desk.book, shift.desk.worker, wanted)
                stands = wanted
        except Exception as error:  # noqa: BLE001 - the book may be away: asked again in two seconds
            logs.trouble("worker_look_failed", error)
