"""What a database says when it fails, as something that a person can mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from loa.errors import StoreError
from loa.store.barrier import ARRIVING, MOVED
from loa.store.columns import UnreadableError

_SQLITE = {3: "E701", 5: "E962", 6: "E962", 8: "E701", 10: "E701", 11: "E961", 13: "E963", 14: "E701", 26: "E961"}
"""By SQLite's primary result code: rights, busy, locked, read-only, disk I/O, corrupt, full, cannot open, none."""
_POSTGRESQL = {
    "25006": "E701",  # read only: a standby, or a server that its operator has closed
    "40001": "E962",
    "40P01": "E962",
    "53100": "E963",
    "55P03": "E962",
    "57014": "E962",
    "58030": "E701",  # I/O error
    "XX001": "E961",
    "XX002": "E961",
}
_LOST = ("08", "53", "57P")
"""Classes of states in which the server is away, or takes nobody: it comes back."""
_PRIMARY = 0xFF


def place_of(url: sa.URL | str) -> str:
    """The place of a book for people: a database URL loses its password, wherever it stands."""
    shown = sa.make_url(url)
    if secret := {name: "***" for name in shown.query if "password" in name.lower()}:
        shown = shown.update_query_dict(secret)
    return shown.render_as_string(hide_password=True)


@contextmanager
def failures_told(place: str) -> Iterator[None]:
    """Have a failure of the database told as a ``StoreError`` with its place; what is a bug of ours stays as it is.

    Raises:
        StoreError: E701 the disk or the rights, E961 damaged, E962 busy, E963 full, E964 the server is away, E966 the
            book has moved, E967 it has not arrived yet.
    """
    try:
        yield
    except sa.exc.DBAPIError as error:
        if told := _told(error, place):
            raise told from error
        raise
    except UnreadableError as error:
        raise StoreError("E961", place=place, detail=error) from error
    except sa.exc.TimeoutError as error:  # every connection of the pool is busy
        raise StoreError("E962", place=place, detail=error) from error


def _told(error: sa.exc.DBAPIError, place: str) -> StoreError | None:
    detail = str(error.orig).strip().partition("\n")[0]
    for word, code in ((MOVED, "E966"), (ARRIVING, "E967")):
        if word in detail:
            return StoreError(code, place=place, to=detail.rpartition(word)[2].strip())
    code = _code(error, error.orig)
    return StoreError(code, place=place, detail=detail) if code else None


def _code(error: sa.exc.DBAPIError, orig: Any) -> str:
    if (number := getattr(orig, "sqlite_errorcode", None)) is not None:
        return _SQLITE.get(number & _PRIMARY, "")
    state = getattr(orig, "sqlstate", None)
    if known := _POSTGRESQL.get(state or ""):
        return known
    away = error.connection_invalidated or (state or "").startswith(_LOST)
    if away or (state is None and isinstance(error, sa.exc.OperationalError)):
        return "E964"
    return "E701" if isinstance(error, sa.exc.OperationalError) else ""
