"""PINs: sealed with argon2, judged one at a time, and refused for longer and longer to who guesses."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from loa.dispatch.audit import Who, note_deed
from loa.dispatch.desk import Desk
from loa.errors import ApprovalError
from loa.store.pins import PinRow, begin_try, end_try, pins, put_pin, unlock
from loa.workspace import Reviewer

_SHORTEST, _LONGEST = 6, 12
_RUNS = "01234567890123456789", "98765432109876543210"
_SEAL = PasswordHasher(time_cost=3, memory_cost=19 * 1024, parallelism=1)
"""19 MiB for each judgement: what OWASP asks for, and little enough for an old PC."""
_ONE_AT_A_TIME = threading.Lock()


def pins_of(desk: Desk) -> Mapping[str, PinRow]:
    """What is known of the PINs of the people who are listed now, by their ids."""
    listed = {each.id for each in desk.workspace.settings.reviewers}
    with desk.book.read() as connection:
        return {name: row for name, row in pins(connection).items() if name in listed}


def set_pin(desk: Desk, person: Reviewer, pin: str, who: Who) -> None:
    """Give a person a PIN, in place of an older one.

    Raises:
        ApprovalError: E811 it is none, or too easy.
    """
    digits = pin.isascii() and pin.isdecimal()
    if not digits or not _SHORTEST <= len(pin) <= _LONGEST or len(set(pin)) == 1 or any(pin in run for run in _RUNS):
        raise ApprovalError("E811")
    with _ONE_AT_A_TIME:
        sealed = _SEAL.hash(pin)
    with desk.book.write() as connection:
        put_pin(connection, person.id, sealed, desk.clock.now())
        note_deed(desk, who, "set pin", person.id, connection=connection)


def check_pin(desk: Desk, person: Reviewer, pin: str, who: Who) -> None:
    """Judge what somebody typed. The try is in the book before it is judged: no kill and no race makes it undone.

    Raises:
        ApprovalError: E808 it is wrong; E809 the name is locked; E810 there is none to compare with.
    """
    with desk.book.write() as connection:
        row = begin_try(connection, person.id, desk.clock.now())
    if row is None:
        known = pins_of(desk).get(person.id)
        if known is None or known.locked_until is None:
            raise ApprovalError("E810", name=person.name)
        raise _locked(desk, person, known)
    if not _fits(row.sealed, pin):
        note_deed(desk, who, "wrong pin", person.id)
        now = pins_of(desk).get(person.id)
        if now is not None and now.locked_until is not None and now.locked_until > desk.clock.now():
            raise _locked(desk, person, now)
        raise ApprovalError("E808")
    with desk.book.write() as connection:
        end_try(connection, row)


def let_try_again(desk: Desk, person: Reviewer, who: Who) -> bool:
    """Unlock a name; whether it has a PIN at all."""
    with desk.book.write() as connection:
        found = unlock(connection, person.id)
        if found:
            note_deed(desk, who, "unlock", person.id, connection=connection)
    return found


def _fits(sealed: str, pin: str) -> bool:
    with _ONE_AT_A_TIME:
        try:
            return _SEAL.verify(sealed, pin)
        except VerifyMismatchError:
            return False


def _locked(desk: Desk, person: Reviewer, row: PinRow) -> ApprovalError:
    until = row.locked_until.astimezone(desk.workspace.zone) if row.locked_until else desk.clock.now()
    return ApprovalError("E809", name=person.name, until=f"{until:%H:%M:%S %d/%m/%Y}")
