"""The audit log: who did what, to which bytes, from where. Rows are only added, and each seals the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime

import sqlalchemy as sa

from loa.errors import Problem
from loa.store.columns import Moment
from loa.store.control import put_note
from loa.store.desk_tables import audit
from loa.store.tables import note

BROKEN = "E953"
_HEAD = "audit"
"""The note with the newest digest: rows that were cut off at the end are missed by it."""
_LOCK = int.from_bytes(hashlib.sha256(b"loa audit").digest()[:8], signed=True)
_MOMENT = Moment()


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that a person did."""

    at: datetime
    person_id: str
    person_name: str
    deed: str
    target: str
    content_hash: str
    origin: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditRow(Deed):
    """A deed as it stands in the book, with its seal."""

    id: int = 0
    previous: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows of the log are asked for; empty means every one. ``campaign`` is that of a delivery's key."""

    person_id: str = ""
    deed: str = ""
    campaign: str = ""
    since: datetime | None = None
    until: datetime | None = None


def add_deeds(connection: sa.Connection, deeds: list[Deed]) -> None:
    """Add to the log, in the caller's transaction and best at its end: until it is over nobody else can add.

    On SQLite whoever writes is alone; on PostgreSQL a lock of the transaction makes it so for the log.
    """
    if not deeds:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.literal(_LOCK, sa.BigInteger))))
    previous = connection.scalar(sa.select(audit.c.digest).order_by(audit.c.id.desc()).limit(1)) or ""
    rows = []
    for deed in deeds:
        digest = _digest(previous, deed)
        values = {each.name: getattr(deed, each.name) for each in fields(Deed)}
        rows.append(values | {"previous": previous, "digest": digest})
        previous = digest
    connection.execute(sa.insert(audit), rows)
    put_note(connection, _HEAD, previous)


def verify_audit(connection: sa.Connection) -> Iterator[Problem]:
    """The first row that is not what was written or does not follow the one before it, or that the end is missing."""
    previous = ""
    query = _rows().order_by(audit.c.id).execution_options(yield_per=1_000)
    with connection.execute(query) as rows:
        for row in rows:
            found = AuditRow(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name
            if found.previous != previous or found.digest != _digest(previous, found):
                yield Problem(BROKEN, {"place": f"audit {found.id}", "detail": "SHA-256"})
                return
            previous = found.digest
    if previous != (connection.scalar(sa.select(note.c.value).where(note.c.name == _HEAD)) or ""):
        yield Problem(BROKEN, {"place": "audit", "detail": "end"})


def audit_page(connection: sa.Connection, wanted: Wanted, *, before: int = 0, most: int = 50) -> list[AuditRow]:
    """At most ``most`` rows that match, the newest first, below the id ``before`` (0: from the end)."""
    query = _rows().where(*_conditions(wanted)).order_by(audit.c.id.desc()).limit(most)
    if before:
        query = query.where(audit.c.id < before)
    return [AuditRow(**row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - SQLAlchemy's public name


def audit_choices(connection: sa.Connection) -> tuple[dict[str, str], list[str]]:
    """What the log can be filtered by: its people (id → the name last used) and its deeds."""
    last = sa.select(sa.func.max(audit.c.id)).group_by(audit.c.person_id)
    people = sa.select(audit.c.person_id, audit.c.person_name).where(audit.c.id.in_(last))
    deeds = connection.scalars(sa.select(audit.c.deed).distinct().order_by(audit.c.deed))
    return {row.person_id: row.person_name for row in connection.execute(people)}, list(deeds)


def _rows() -> sa.Select[tuple[object, ...]]:
    return sa.select(*(audit.c[each.name] for each in fields(AuditRow)))


def _conditions(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.person_id:
        yield audit.c.person_id == wanted.person_id
    if wanted.deed:
        yield audit.c.deed == wanted.deed
    if wanted.campaign:
        inside = audit.c.target.startswith(f"{wanted.campaign}/", autoescape=True)
        yield sa.or_(audit.c.target == wanted.campaign, inside)
    if wanted.since:
        yield audit.c.at >= wanted.since
    if wanted.until:
        yield audit.c.at < wanted.until


def _digest(previous: str, deed: Deed) -> str:
    """SHA-256 (hex) over the canonical JSON of a deed and the digest before it."""
    content = {each.name: getattr(deed, each.name) for each in fields(Deed)}
    at = _MOMENT.process_bind_param(deed.at, None)  # type: ignore[arg-type]  # it asks for no dialect
    content |= {"at": at, "words": dict(deed.words), "previous": previous}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
