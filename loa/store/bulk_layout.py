"""Laying out a delivery to people: its recipients as rows, in chunks, with what the guards say of each.

Everything is a statement over many rows: a list of a million people costs no memory of ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from loa.delivery import State
from loa.rules import MessageClass
from loa.rules.guards import CAP_REACHED, DO_NOT_CALL, OPTED_OUT
from loa.store import tables
from loa.store.book import Book
from loa.store.people_tables import batch, contact, person, recipient, suppression

CHUNK = 20_000
OPTED_OUT_KINDS = ("opt_out", "forgotten")
REGISTER_KINDS = ("do_not_call",)
FIRST_WAVE, REST = 0, 1
IS_DUE = recipient.c.state == sa.literal_column("'due'")
"""Written out, not bound: only so do both databases know that their index of waiting rows is meant."""
IS_HELD = recipient.c.state == sa.literal_column("'held'")
_MICROSECONDS = 1_000_000
_WHOLE = ":whole"


@dataclass(frozen=True, slots=True)
class Wave:
    """People of a list who become recipients of a delivery together.

    A recipient's place is the person's place in the list plus ``offset``. ``unit_code`` None: people of every unit;
    ``besides``: a list whose people get the message already.
    """

    delivery_id: int
    number: int
    list_id: int
    offset: int
    unit_code: str | None
    besides: int | None
    state: State
    first_try: datetime


def last_place(connection: sa.Connection, list_id: int) -> int:
    """The highest place in a list; 0 for an empty one."""
    return connection.scalar(sa.select(sa.func.max(person.c.seq)).where(person.c.list_id == list_id)) or 0


def laid_until(connection: sa.Connection, delivery_id: int) -> int:
    """The highest place that is laid out; 0 for none."""
    return connection.scalar(sa.select(sa.func.max(recipient.c.seq)).where(recipient.c.delivery_id == delivery_id)) or 0


def lay_out_chunk(connection: sa.Connection, wave: Wave, after: int, rules: MessageClass, now: datetime) -> int | None:
    """Lay out the next people of a wave after place ``after`` of its list; the last place, None when it is whole."""
    theirs = (person.c.list_id == wave.list_id, person.c.seq > after)
    end = sa.select(person.c.seq).where(*theirs).order_by(person.c.seq).limit(1)
    last = connection.scalar(end.offset(CHUNK - 1)) or last_place(connection, wave.list_id)
    if last <= after:
        return None
    connection.execute(_copy(wave, after, last))
    laid = (
        recipient.c.delivery_id == wave.delivery_id,
        recipient.c.seq.between(after + 1 + wave.offset, last + wave.offset),
        IS_HELD if wave.state == State.HELD else IS_DUE,
    )
    apply_guards(connection, laid, rules, now)
    return last


def _copy(wave: Wave, after: int, last: int) -> sa.Insert:
    names = ("delivery_id", "seq", "mark", "sealed", "carrier", "wave", "state", "next_try")
    people = sa.select(
        sa.literal(wave.delivery_id, sa.BigInteger),
        person.c.seq + wave.offset,
        person.c.mark,
        person.c.sealed,
        person.c.carrier,
        sa.literal(wave.number, sa.Integer),
        sa.literal(wave.state, recipient.c.state.type),
        sa.literal(wave.first_try, recipient.c.next_try.type),
    ).where(person.c.list_id == wave.list_id, person.c.seq > after, person.c.seq <= last)
    if wave.unit_code is not None:
        people = people.where(person.c.unit_code.in_(("", wave.unit_code)))
    if wave.besides is not None:
        other = person.alias()
        known = sa.select(sa.literal(1)).where(other.c.mark == person.c.mark, other.c.list_id == wave.besides)
        if wave.unit_code is not None:
            known = known.where(other.c.unit_code.in_(("", wave.unit_code)))
        people = people.where(~known.correlate(person).exists())
    return sa.insert(recipient).from_select(names, people)


def apply_guards(
    connection: sa.Connection, rows: Sequence[sa.ColumnElement[bool]], rules: MessageClass, now: datetime
) -> None:
    """Write into the waiting recipients of ``rows`` what ``loa.rules.judge_person`` says of each."""
    if rules.keeps_opt_outs:
        _drop(connection, rows, OPTED_OUT_KINDS, OPTED_OUT)
    if rules.do_not_call_days:
        _drop(connection, rows, REGISTER_KINDS, DO_NOT_CALL)
    if rules.cap:
        _hold_capped(connection, rows, rules, now)


def _drop(connection: sa.Connection, rows: Sequence[sa.ColumnElement[bool]], kinds: Sequence[str], code: str) -> None:
    named = sa.select(sa.literal(1)).where(suppression.c.mark == recipient.c.mark, suppression.c.kind.in_(kinds))
    values = {"state": State.CANCELLED, "next_try": None, "code": code}
    connection.execute(sa.update(recipient).where(*rows, named.correlate(recipient).exists()).values(values))


def _hold_capped(
    connection: sa.Connection, rows: Sequence[sa.ColumnElement[bool]], rules: MessageClass, now: datetime
) -> None:
    """Who has had as many as the cap allows waits until the oldest of those is old enough."""
    moment = sa.type_coerce(contact.c.at, sa.BigInteger)
    deciding = sa.select(moment).where(contact.c.mark == recipient.c.mark, contact.c.at > now - rules.cap_span)
    deciding = deciding.order_by(contact.c.at.desc()).limit(1).offset(rules.cap - 1).correlate(recipient)
    span = int(rules.cap_span.total_seconds() * _MICROSECONDS)
    oldest = deciding.scalar_subquery()
    values: dict[str, Any] = {"next_try": oldest + span, "code": CAP_REACHED}
    connection.execute(sa.update(recipient).where(*rows, oldest.is_not(None)).values(values))


def layout_note(connection: sa.Connection, delivery_id: int) -> str:
    """What the recipients of a delivery were laid out from; empty where that has not begun."""
    note = tables.note
    return connection.scalar(sa.select(note.c.value).where(note.c.name == _note_name(delivery_id))) or ""


def put_layout_note(connection: sa.Connection, delivery_id: int, value: str) -> None:
    """Write down what the recipients of a delivery are laid out from."""
    note = tables.note
    connection.execute(sa.delete(note).where(note.c.name == _note_name(delivery_id)))
    connection.execute(sa.insert(note).values(name=_note_name(delivery_id), value=value))


def mark_whole(connection: sa.Connection, delivery_id: int) -> None:
    """Everybody of a delivery is laid out."""
    put_layout_note(connection, delivery_id, layout_note(connection, delivery_id).removesuffix(_WHOLE) + _WHOLE)


def is_whole(connection: sa.Connection, delivery_id: int) -> bool:
    """Whether everybody of a delivery is laid out; one that was cut off on the way is not."""
    return layout_note(connection, delivery_id).endswith(_WHOLE)


def _note_name(delivery_id: int) -> str:
    return f"recipients/{delivery_id}"


def clear_layout(book: Book, delivery_id: int) -> None:
    """Take back what was laid out of a delivery of which nothing has been on the wire."""
    while True:
        with book.write() as connection:
            if is_out(connection, delivery_id):
                return
            last = laid_until(connection, delivery_id)
            if not last:
                return
            mine = (recipient.c.delivery_id == delivery_id, recipient.c.seq > last - CHUNK)
            connection.execute(sa.delete(recipient).where(*mine))


def is_out(connection: sa.Connection, delivery_id: int) -> bool:
    """Whether a call of this delivery may have reached somebody; one that was put back has not."""
    query = sa.select(batch.c.id).where(batch.c.delivery_id == delivery_id, batch.c.state != State.CANCELLED)
    return connection.scalar(query.limit(1)) is not None


def guard_counts(connection: sa.Connection, delivery_id: int) -> dict[str, int]:
    """How many recipients each guard drops or holds, by its code."""
    query = sa.select(recipient.c.code, sa.func.count()).where(
        recipient.c.delivery_id == delivery_id, recipient.c.code != ""
    )
    found: Counter[str] = Counter()
    for code, count in connection.execute(query.group_by(recipient.c.code)):
        found[code] += count
    return dict(found)
