"""The lead: who plans, sets aside and looks up for everybody. One leads, others stand by.

Over a book in a file the lock of the operating system decides; over a shared one the leader's counter, watched.
"""

from __future__ import annotations

import os
import platform
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

from loa import store
from loa.dispatch.desk import Desk
from loa.dispatch.pulse import PULSE_SECONDS, Watcher
from loa.dispatch.sound import UNSOUND
from loa.errors import StoreError
from loa.store import Leader
from loa.store.leading import Kind

VERSION = "loa_version"
"""The note with the version of Loa that leads."""


def await_lead(desk: Desk, ended: threading.Event) -> int | None:
    """Stand by until the lead is ours: its term, or None when ``ended`` was set first.

    At once where nobody leads or the leader has left cleanly; else when its counter has stood still for the lease.
    """
    watcher = Watcher()
    while not ended.is_set():
        term = _tried(desk, _leader(desk), watcher)
        if term is not None:
            return term
        store.sign_of_life(desk.book, desk.worker, desk.clock.now())
        ended.wait(PULSE_SECONDS)
    return None


def lead_now(desk: Desk) -> int:
    """The lead for a single beat: taken where it is free or its holder has died; our term.

    Raises:
        StoreError: E703, somebody leads and is alive.
    """
    watcher, first, pause = Watcher(), _leader(desk), threading.Event()
    while True:
        seen = _leader(desk)
        if seen and seen.worker_id and seen != first:
            raise StoreError("E703", **_who(desk, seen))
        term = _tried(desk, seen, watcher)
        if term is not None:
            return term
        store.sign_of_life(desk.book, desk.worker, desk.clock.now())
        pause.wait(PULSE_SECONDS)


def lead_alone(desk: Desk) -> int:
    """The lead over a book in a file, whose lock proves that whoever led before is dead; our term."""
    with desk.book.read() as connection:
        others = [each.id for each in store.workers_here(connection) if each.id != desk.worker]
    store.declare_gone(desk.book, others)
    while (term := store.take_lead(desk.book, _leader(desk), desk.worker, desk.clock.now())) is None:
        pass
    return term


def open_to_workers(desk: Desk) -> None:
    """Let workers of the same version and with the same key join a leader on a shared book.

    Raises:
        StoreError: E705, the engine that hands work to them is not installed; E725, the key is not that of the book.
    """
    try:
        from loa.engine import jobs  # noqa: PLC0415 - an extra that only a shared book needs
    except ImportError as error:
        raise StoreError("E705", module=error.name) from error
    store.bind_key(desk.book, desk.vault)
    store.note(desk.book, VERSION, version("loa"))
    with desk.book.write() as connection:
        jobs.lay_out(connection)


@contextmanager
def signed_in(desk: Desk, kind: Kind) -> Iterator[None]:
    """In the book as one who works until the block ends."""
    desk.book.sign(store.session_name(desk.worker))
    who = store.Presence(desk.worker, kind, platform.node(), os.getpid())
    store.sign_in(desk.book, who, desk.clock.now())
    try:
        yield
    except StoreError as error:
        if error.code not in UNSOUND:  # such a book is not written any more
            store.sign_out(desk.book, desk.worker)
        raise
    except BaseException:
        store.sign_out(desk.book, desk.worker)
        raise
    store.sign_out(desk.book, desk.worker)


def _tried(desk: Desk, seen: Leader | None, watcher: Watcher) -> int | None:
    free = seen is None or not seen.worker_id
    if seen is not None and not free and watcher.look({str(seen.term): seen.beats}):
        store.end_sessions(desk.book, seen.worker_id)  # it may stand still in the midst of a transaction
        free = True
    return store.take_lead(desk.book, seen, desk.worker, desk.clock.now()) if free else None


def _leader(desk: Desk) -> Leader | None:
    with desk.book.read() as connection:
        return store.leader_of(connection)


def _who(desk: Desk, leader: Leader) -> dict[str, str]:
    with desk.book.read() as connection:
        found = [each for each in store.workers_here(connection) if each.id == leader.worker_id]
    pid, host = (str(found[0].pid), found[0].host) if found else ("?", "?")
    return {"pid": pid, "host": host, "since": leader.at.isoformat(timespec="seconds")}
