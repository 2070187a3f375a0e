"""What the journal tells, kind by kind: all that makes a lost book anew without a second post, and no more.

People stand in it as places of a list ("1-100,102"), never as numbers or marks; those who refused are sealed.

==============  =====================================================================================================
``opened``      a scheduler began to work on the book: its world (``real``, ``sandbox``)
``decision``    a named person's yes or no to one content hash; with a yes the whole delivery
``intent``      an attempt at a public post that may leave once this line is on the disk
``result``      where a public post went from there: answer, look-up, a person's word
``move``        what became of a delivery where its posts do not tell it: held, given up, let go by a person
``layout``      from which files the people of a message were laid out
``released``    the rest of a message went on after its trial wave
``call``        a call to people that may leave once this line is on the disk
``call_result`` where a call went from there; ``people``: where its people went
``refusal``     numbers that are to be left alone (sealed), or (``back``) that take it back
``stop``        everything was stopped; ``resume``: it goes on
==============  =====================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from loa.delivery import State
from loa.store import tables
from loa.store.journal import Line, keep
from loa.store.journal_file import SEALED

TOLD_OF_A_DELIVERY = (
    *("id", "key", "campaign_id", "item_id", "unit_code", "channel", "account_id", "due", "expires", "when_late"),
    *("content_hash", "package", "labels"),
)
OF_A_POST = "!"
"""In the key of a delivery that corrects a post or takes it down: no plan brings it again."""
_MARKS_A_LINE = 2_000
_LASTING = (State.HELD, State.CANCELLED, State.MISSED)
_JUDGED = (State.AWAITING, State.APPROVED)
"""Where the decisions put a delivery, and would put it again."""


def keep_decision(connection: sa.Connection, words: Mapping[str, Any], delivery_id: int, *, yes: bool) -> None:
    """A person's decision; with a yes the delivery as it was approved."""
    row = {"delivery": _delivery(connection, delivery_id)} if yes else {}
    keep(connection, Line("decision", {**words, **row}, before_wire=True))


def _delivery(connection: sa.Connection, delivery_id: int) -> dict[str, Any]:
    table = tables.delivery
    query = sa.select(*[table.c[name] for name in TOLD_OF_A_DELIVERY]).where(table.c.id == delivery_id)
    return dict(connection.execute(query).mappings().one())


def keep_intents(connection: sa.Connection, taken: Sequence[Mapping[str, Any]]) -> None:
    """Attempts that were just claimed, each with its ``delivery_id`` and all that a sending is made anew from."""
    keys = keys_of(connection, [each["delivery_id"] for each in taken])
    for each in taken:
        words = {name: value for name, value in each.items() if name != "delivery_id"}
        keep(connection, Line("intent", {"delivery": keys[each["delivery_id"]], **words}, before_wire=True))


def keys_of(connection: sa.Connection, delivery_ids: Iterable[int]) -> dict[int, str]:
    """The keys of deliveries by their ids."""
    table = tables.delivery
    query = sa.select(table.c.id, table.c.key).where(table.c.id.in_(set(delivery_ids)))
    return {row.id: row.key for row in connection.execute(query)}


def keep_result(
    connection: sa.Connection, idem: str, attempt: int, values: Mapping[str, Any], person: str = ""
) -> None:
    """Where a sending went; a ``person``'s word is on the disk before anything follows from it."""
    words = {"idem": idem, "attempt": attempt, **values} | ({"by": person} if person else {})
    keep(connection, Line("result", words, before_wire=bool(person)))


def keep_move(
    connection: sa.Connection, delivery_id: int, before: State, after: State, words: Mapping[str, Any], *, by_hand: bool
) -> None:
    """What became of a delivery, where nothing else tells it."""
    if by_hand or words["reason"] or before in _LASTING or after in _LASTING:
        key = keys_of(connection, [delivery_id])[delivery_id]
        if before in _JUDGED and after in _JUDGED and OF_A_POST not in key:
            return
        row = {"delivery": _delivery(connection, delivery_id)} if by_hand else {}
        keep(connection, Line("move", {"key": key, "state": after, **words, **row}, before_wire=by_hand))


def ranges(places: Iterable[int]) -> str:
    """Places in a list, short: ``1-100,102``."""
    ordered = sorted(places)
    if not ordered:
        return ""
    breaks = [(one, other) for one, other in pairwise(ordered) if other > one + 1]
    firsts = [ordered[0], *(other for _, other in breaks)]
    lasts = [*(one for one, _ in breaks), ordered[-1]]
    return ",".join(str(one) if one == other else f"{one}-{other}" for one, other in zip(firsts, lasts, strict=True))


def spans(written: str) -> list[tuple[int, int]]:
    """What ``ranges`` wrote: first and last place of each run."""
    parts = (part.partition("-") for part in written.split(",") if part)
    return [(int(first), int(last or first)) for first, _, last in parts]


def keep_refusal(connection: sa.Connection, marks: Sequence[bytes], kind: str, at: datetime, source: str) -> None:
    """Numbers that are to be left alone. Their marks are sealed: the file tells nobody whose they are."""
    words = {"people": kind, "since": at, "source": source}
    for some in (marks[first : first + _MARKS_A_LINE] for first in range(0, len(marks), _MARKS_A_LINE)):
        keep(connection, Line("refusal", words | {SEALED: [mark.hex() for mark in some]}, before_wire=True))


def keep_return(connection: sa.Connection, mark: bytes, kind: str) -> None:
    """A number wants messages again."""
    keep(connection, Line("refusal", {"people": kind, "back": True, SEALED: [mark.hex()]}, before_wire=True))


def keep_call(connection: sa.Connection, words: Mapping[str, Any], seqs: Sequence[int] = ()) -> None:
    """A call to people that is about to leave; with ``seqs`` a new one, else one that goes again as it was."""
    people = {"seqs": ranges(seqs)} if seqs else {}
    keep(connection, Line("call", {**words, **people}, before_wire=True))


_OF_A_CALL = ("state", "attempt", "next_try", "done_at", "platform_id", "code", "hint", "look_ups", "crashes")


def keep_call_result(connection: sa.Connection, key: str, values: Mapping[str, Any]) -> None:
    """Where a call went, or its people: ``people`` is the state of all of them, ``refused`` places by code."""
    words = {name: values[name] for name in (*_OF_A_CALL, "people", "refused") if name in values}
    keep(connection, Line("call_result", {"key": key, **words}))


def keep_layout(connection: sa.Connection, delivery_id: int, made_from: str, files: Sequence[str]) -> None:
    """From which lists the people of a delivery were laid out: what it was made from, the SHA-256 of each file."""
    key = keys_of(connection, [delivery_id])[delivery_id]
    keep(connection, Line("layout", {"delivery": key, "made_from": made_from, "files": list(files)}))


def keep_released(connection: sa.Connection, delivery_id: int) -> None:
    """The rest of a message goes on."""
    key = keys_of(connection, [delivery_id])[delivery_id]
    keep(connection, Line("released", {"delivery": key}, before_wire=True))
