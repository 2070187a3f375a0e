"""What there is to know of a list without a number in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from loa import store
from loa.recipients.bring_in import declared
from loa.recipients.purge import Use, keep_days, purge_day, uses_of
from loa.store import Book
from loa.workspace import RecipientList, Workspace


@dataclass(frozen=True, slots=True)
class ListStats:
    """A list in figures. ``carriers`` by unit: a likely carrier only, as people keep their number when they change.

    ``imported_at`` None: declared, and not brought in yet. ``purge_at`` None: a delivery still needs it.
    """

    name: str
    title: str
    consent: str
    legal_basis: str
    imported_at: datetime | None = None
    imported_by: str = ""
    source: str = ""
    rows: int = 0
    doubled: int = 0
    members: int = 0
    carriers: Mapping[str, Mapping[str, int]] | None = None
    shared: Mapping[str, int] | None = None
    doubtful: Mapping[str, int] | None = None
    purge_at: datetime | None = None
    purged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Numbers that get nothing. ``dated``: the day of the do-not-call file, ISO, or empty."""

    opt_out: int
    forgotten: int
    do_not_call: int
    dated: str


def stats(workspace: Workspace, book: Book, name: str = "") -> tuple[ListStats, ...]:
    """Every list of loa.yaml, or the one of this name.

    Raises:
        LoaError: E714, loa.yaml declares no such list.
    """
    chosen = (declared(workspace, name),) if name else workspace.settings.lists
    uses, days = uses_of(book), keep_days(workspace)
    return tuple(_of_list(book, each, uses.get(each.id, Use()), days[each.id]) for each in chosen)


def left_alone(book: Book) -> LeftAlone:
    """How many numbers are to be left alone, and why."""
    with book.read() as connection:
        counts = store.suppressed(connection)
    dated = store.read_note(book, store.REGISTER_DATED)
    opt_out, forgotten, listed = (counts.get(kind, 0) for kind in (store.OPT_OUT, store.FORGOTTEN, store.DO_NOT_CALL))
    return LeftAlone(opt_out, forgotten, listed, dated)


def _of_list(book: Book, listed: RecipientList, use: Use, days: int) -> ListStats:
    head = (listed.id, listed.name, listed.consent, listed.legal_basis)
    with book.read() as connection:
        known = store.list_named(connection, listed.id)
        if known is None:
            return ListStats(*head)
        counts = store.tally(connection, known.id)
        carriers: dict[str, dict[str, int]] = {}
        for (unit, carrier), count in sorted(counts.items()):
            carriers.setdefault(unit, {})[carrier] = count
        return ListStats(
            *head,
            imported_at=known.imported_at,
            imported_by=known.imported_by,
            source=known.source,
            rows=known.rows_read,
            doubled=known.doubled,
            members=sum(counts.values()),
            carriers=carriers,
            shared=store.shared_with(connection, known.id),
            doubtful=dict(Counter(each.code for each in store.doubts_of(connection, known.id))),
            purge_at=None if known.purged_at else purge_day(known, use, days),
            purged_at=known.purged_at,
        )
