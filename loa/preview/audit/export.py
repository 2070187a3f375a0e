"""The audit log as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import tzinfo

from loa.dispatch.deeds import deed_name
from loa.messages import Lang
from loa.store import Connection
from loa.store.audit import AuditRow, Wanted, audit_page
from loa.text import safe_cell

_AT_ONCE = 1_000
_MARK = "\ufeff"
"""By it Excel knows that the letters are UTF-8."""
_HEAD = {
    "vi": ("Số", "Thời điểm", "Người", "Việc", "Đối tượng", "SHA-256 nội dung", "Từ đâu", "Chi tiết", "Niêm phong"),
    "en": ("No.", "Moment", "Person", "Deed", "About", "SHA-256 of the content", "From where", "Details", "Seal"),
}


def rows_of(connection: Connection, wanted: Wanted) -> Iterator[AuditRow]:
    """Every row that is asked for, the newest first."""
    before = 0
    while rows := audit_page(connection, wanted, before=before, most=_AT_ONCE):
        yield from rows
        before = rows[-1].id


def as_csv(rows: Iterator[AuditRow], zone: tzinfo, lang: Lang) -> Iterator[str]:
    """The table, line by line. A cell that a spreadsheet would take for a formula is made a text."""
    yield _MARK + _line(_HEAD[lang])
    for row in rows:
        details = " · ".join(f"{name}: {value}" for name, value in row.words.items())
        at = row.at.astimezone(zone).isoformat(timespec="seconds")
        deed = deed_name(row.deed, lang)
        yield _line(
            (
                str(row.id),
                at,
                row.person_name,
                deed,
                row.target,
                row.content_hash,
                row.origin,
                details,
                row.digest,
            )
        )


def _line(cells: tuple[str, ...]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(map(safe_cell, cells))
    return buffer.getvalue()
