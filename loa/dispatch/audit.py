"""What people did, for the audit log: the person, the deed, the bytes it was about, and from where."""

from __future__ import annotations

import getpass
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from loa.dispatch.desk import Desk
from loa.store import Connection
from loa.store.audit import Deed, add_deeds
from loa.workspace import Reviewer


class Who(Protocol):
    """Somebody who did something: a visit at the review desk, or a person at a terminal."""

    @property
    def person(self) -> Reviewer | None: ...

    @property
    def origin(self) -> str:
        """From where: the address of a browser, or the machine and its user."""
        ...


@dataclass(frozen=True, slots=True)
class Doer:
    """A person, and from where they acted."""

    person: Reviewer | None
    origin: str


def doer(person: Reviewer | None, origin: str) -> Doer:
    """Who did it; without an origin it was done by a command on this machine."""
    return Doer(person, origin or at_terminal())


def at_terminal() -> str:
    """The origin of what is done by a command: ``cli: <machine>/<user of the machine>``."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a container may run under a number that has no name
        user = "?"
    return f"cli: {socket.gethostname()}/{user}"


def note_deed(
    desk: Desk,
    who: Who,
    deed: str,
    target: str = "",
    content_hash: str = "",
    words: Mapping[str, str] | None = None,
    *,
    connection: Connection | None = None,
) -> None:
    """Write what ``who`` did in the audit log: in the transaction of ``connection``, as its last thing, or alone.

    ``target``: the key of a delivery, the id of a campaign or of an account; ``words`` never carry a secret or a phone
    number.
    """
    row = deed_of(desk, who, deed, target, content_hash, words)
    if connection is None:
        with desk.book.write() as own:
            add_deeds(own, [row])
    else:
        add_deeds(connection, [row])


def deed_of(
    desk: Desk, who: Who, deed: str, target: str = "", content_hash: str = "", words: Mapping[str, str] | None = None
) -> Deed:
    """One line of the log, for those who add many at once (``loa.store.audit.add_deeds``)."""
    person_id, name = (who.person.id, who.person.name) if who.person else ("", "")
    told = {key: value.replace("\0", "") for key, value in (words or {}).items()}  # PostgreSQL takes no NUL
    return Deed(desk.clock.now(), person_id, name, deed, target, content_hash, who.origin, told)
