"""The lists of the book as drafts see them: how many people a unit writes to, and a digest of who they are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from loa import store
from loa.draft import Lists, RecipientList
from loa.store import Book, UnitCount

_NOBODY = UnitCount(0, "")


def lists_of(book: Book) -> Lists:
    """The lists as they are at this moment; what is imported later is not seen."""
    with book.read() as connection:
        known = store.unit_counts(connection)

    def people_of(name: str, unit_code: str) -> RecipientList:
        return _together(name, known[name], unit_code) if name in known else RecipientList(name)

    return people_of


def lists_fingerprint(book: Book) -> str:
    """Changes with every import, review and purge, by whichever process."""
    with book.read() as connection:
        known = store.unit_counts(connection)
    words = sorted((name, code, each.digest) for name, units in known.items() for code, each in units.items())
    return hashlib.sha256(repr(words).encode()).hexdigest()


def _together(name: str, units: Mapping[str, UnitCount], unit_code: str) -> RecipientList:
    """Those of the unit and those of no unit."""
    parts = [units.get(code, _NOBODY) for code in dict.fromkeys(("", unit_code))]
    digest = hashlib.sha256("".join(f"{each.digest};" for each in parts).encode()).hexdigest()
    return RecipientList(name, sum(each.members for each in parts), digest)
