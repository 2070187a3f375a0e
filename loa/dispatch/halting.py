"""Stopping everything at once, and letting it run again, on somebody's word."""

from __future__ import annotations

import getpass
from contextlib import suppress

from loa.dispatch.audit import Who, note_deed
from loa.dispatch.desk import Desk
from loa.store import Stop
from loa.store.control import put_stop


def halt(desk: Desk, who: Who, why: str = "") -> None:
    """Nothing more goes out until ``go_on``, whoever is asked and whatever is due."""
    now, name = desk.clock.now(), name_of(who)
    with desk.book.write() as connection:
        put_stop(connection, Stop(now, name, why), name, now)
        note_deed(desk, who, "stop", words={"why": why} if why else {}, connection=connection)


def go_on(desk: Desk, who: Who) -> None:
    """Let everything run again; what came too late meanwhile follows its lateness policy."""
    with desk.book.write() as connection:
        put_stop(connection, None, name_of(who), desk.clock.now())
        note_deed(desk, who, "resume", connection=connection)


def name_of(who: Who) -> str:
    """The person; at a terminal that asks for no name, the user of the machine."""
    if who.person:
        return who.person.name
    with suppress(OSError, KeyError):
        return getpass.getuser()
    return "?"
