"""Calls to people, made anew from the journal: who was sent to is known by places in a list, never by numbers.

Where the book still has the people of a delivery, the places are marked at once. Where it has not, the calls are kept
in a note and the delivery waits until the very same list is there again (``apply_kept``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from loa.delivery import State
from loa.store import tables
from loa.store.bulk_layout import is_whole
from loa.store.journal_words import spans
from loa.store.ledger import CallMade, Ledger, Words
from loa.store.people_tables import batch, contact, recipient

LIST_MISSING = "E957"
_PREFIX = "rebuilt/"
_CUT_OFF = "E537"
_DOUBT = (State.SENDING, State.UNKNOWN, State.RETRY_LATER)
_Settle = Callable[[str], timedelta]


def bring_calls(connection: sa.Connection, ledger: Ledger, ids: dict[str, int], settle: _Settle, now: datetime) -> int:
    """Write the calls that the book lacks, or knows less of; how many deliveries wait for their people."""
    waiting = 0
    by_delivery: dict[str, list[CallMade]] = {}
    for call in ledger.calls.values():
        by_delivery.setdefault(call.first.get("delivery", ""), []).append(call)
    for key, made in by_delivery.items():
        if key not in ids:
            continue
        look_at = now + settle(_channel(connection, ids[key]))
        fresh = [each for each in (_told(call, look_at) for call in made) if _is_newer(connection, each)]
        if not fresh:
            continue
        for each in fresh:
            _put_batch(connection, ids[key], each)
        if is_whole(connection, ids[key]):
            _mark(connection, ids[key], fresh, now)
            _set_state(connection, ids[key], State.DUE, "")
        else:
            _keep(connection, ids[key], ledger.layouts.get(key, {}), fresh, released=key in ledger.released)
            waiting += 1
    return waiting


def _channel(connection: sa.Connection, delivery_id: int) -> str:
    return connection.scalar(sa.select(tables.delivery.c.channel).where(tables.delivery.c.id == delivery_id)) or ""


def _told(call: CallMade, look_at: datetime) -> Words:
    """A call as it is to stand in the book. One that was about to leave, and no more is known, is in doubt."""
    last, state = call.last, State(call.last.get("state", State.SENDING))
    people = State(call.people or (State.SENDING if state == State.SENDING else state))
    words = {"key": call.key, "number": call.first["number"], "account": call.first["account"]}
    words |= {"content": call.first["content"], "parts": call.first["parts"], "seqs": call.first["seqs"]}
    first_sent = call.first.get("first_sent") or call.first["sent"]
    words |= {"attempt": call.attempt, "first_sent": first_sent, "sent": call.sent or call.first["sent"]}
    words |= {name: last.get(name, "") for name in ("platform_id", "code")} | {"hint": last.get("hint", {})}
    words |= {name: last.get(name) for name in ("next_try", "done_at")} | {"refused": call.refused}
    if state == State.SENDING:
        state, people = State.UNKNOWN, State.UNKNOWN
        words |= {"next_try": look_at.isoformat(), "code": _CUT_OFF}
    return words | {"state": state.value, "people": people.value}


def _is_newer(connection: sa.Connection, words: Words) -> bool:
    query = sa.select(batch.c.state, batch.c.attempt).where(batch.c.key == words["key"])
    known = connection.execute(query).first()
    if known is None or words["attempt"] > known.attempt:
        return True
    settled = known.state not in _DOUBT or words["code"] == _CUT_OFF
    return words["attempt"] == known.attempt and not settled and words["state"] != known.state


def _put_batch(connection: sa.Connection, delivery_id: int, words: Words) -> None:
    runs = spans(words["seqs"])
    values: dict[str, Any] = {name: words[name] for name in ("state", "attempt", "platform_id", "code", "hint")}
    values |= {"next_try": _moment(words["next_try"]), "done_at": _moment(words["done_at"])}
    values |= {"sent_at": _moment(words["sent"]), "state": State(words["state"]), "owner": ""}
    if connection.scalar(sa.select(batch.c.id).where(batch.c.key == words["key"])):
        connection.execute(sa.update(batch).where(batch.c.key == words["key"]).values(values))
        return
    given = {"id": words["number"], "key": words["key"], "delivery_id": delivery_id, "account_id": words["account"]}
    given |= {"content_hash": words["content"], "parts": words["parts"], "first_sent_at": _moment(words["first_sent"])}
    given |= {"first_seq": runs[0][0], "last_seq": runs[-1][1], "size": sum(b - a + 1 for a, b in runs)}
    connection.execute(sa.insert(batch).values(given | values))


def _mark(connection: sa.Connection, delivery_id: int, calls: Sequence[Words], now: datetime) -> None:
    """Write into the people of a delivery what became of the calls to them."""
    for words in calls:
        people = State(words["people"])
        values: dict[str, Any] = {"state": people, "batch_id": words["number"], "next_try": None, "code": ""}
        if people == State.DUE:
            values |= {"batch_id": None, "next_try": now}
        for run in spans(words["seqs"]):
            theirs = _places(delivery_id, run)
            connection.execute(sa.update(recipient).where(*theirs).values(values))
            if people != State.DUE:
                _put_contacts(connection, theirs, _moment(words["first_sent"]) or now)
        for code, places in words["refused"].items():
            for run in spans(places):
                no = sa.update(recipient).where(*_places(delivery_id, run))
                connection.execute(no.values(state=State.REFUSED, code=code))


def _places(delivery_id: int, run: tuple[int, int]) -> tuple[sa.ColumnElement[bool], ...]:
    return recipient.c.delivery_id == delivery_id, recipient.c.seq.between(*run)


def _put_contacts(connection: sa.Connection, theirs: Sequence[sa.ColumnElement[bool]], at: datetime) -> None:
    """It counts for the cap of these people."""
    same = (contact.c.mark == recipient.c.mark, contact.c.at == at, contact.c.delivery_id == recipient.c.delivery_id)
    known = sa.select(sa.literal(1)).where(*same).correlate(recipient).exists()
    moment = sa.literal(at, contact.c.at.type)
    members = sa.select(recipient.c.mark, moment, recipient.c.delivery_id).where(*theirs, ~known)
    connection.execute(sa.insert(contact).from_select(("mark", "at", "delivery_id"), members))


def _keep(
    connection: sa.Connection, delivery_id: int, layout: Words, fresh: Sequence[Words], *, released: bool
) -> None:
    """Keep the calls until the people are there again; nothing of it is looked up or goes on before."""
    earlier = kept_calls(connection, delivery_id) or {"calls": []}
    known = {each["key"]: each for each in earlier["calls"]} | {each["key"]: each for each in fresh}
    words = {"layout": layout, "released": released, "calls": list(known.values())}
    _put_note(connection, delivery_id, json.dumps(words, ensure_ascii=False))
    doubtful = (batch.c.delivery_id == delivery_id, batch.c.state.in_(_DOUBT))
    connection.execute(sa.update(batch).where(*doubtful).values(state=State.UNKNOWN, next_try=None))
    done = (State.DONE, State.UNKNOWN)
    count = sum(b - a + 1 for each in known.values() if each["people"] in done for a, b in spans(each["seqs"]))
    _set_state(connection, delivery_id, State.HELD, LIST_MISSING, {"count": str(count)})


def _set_state(
    connection: sa.Connection, delivery_id: int, state: State, reason: str, params: dict[str, str] | None = None
) -> None:
    mine = sa.update(tables.delivery).where(tables.delivery.c.id == delivery_id)
    connection.execute(mine.values(state=state, reason=reason, reason_params=params or {}))


def waiting_for_people(connection: sa.Connection) -> dict[int, Words]:
    """What was rebuilt and waits for its list, by delivery."""
    note = tables.note
    found = connection.execute(sa.select(note.c.name, note.c.value).where(note.c.name.startswith(_PREFIX)))
    return {int(name.removeprefix(_PREFIX)): json.loads(value) for name, value in found}


def kept_calls(connection: sa.Connection, delivery_id: int) -> Words | None:
    """The same of one delivery; None where it waits for nothing."""
    found = connection.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == f"{_PREFIX}{delivery_id}"))
    return json.loads(found) if found else None


def has_kept_calls(connection: sa.Connection, delivery_id: int) -> bool:
    """Whether a delivery waits for its people."""
    return kept_calls(connection, delivery_id) is not None


def clear_recipients(connection: sa.Connection, delivery_id: int) -> None:
    """Take back what was laid out of a rebuilt delivery from another bringing of its list."""
    connection.execute(sa.delete(recipient).where(recipient.c.delivery_id == delivery_id))


def apply_kept(connection: sa.Connection, delivery_id: int, now: datetime) -> None:
    """The people of a delivery are laid out anew, just as they were: who was sent to is marked."""
    words = kept_calls(connection, delivery_id)
    if words is None:
        return
    _mark(connection, delivery_id, words["calls"], now)
    for each in words["calls"]:
        if State(each["state"]) in _DOUBT:
            values = {"state": State(each["state"]), "next_try": _moment(each["next_try"])}
            connection.execute(sa.update(batch).where(batch.c.key == each["key"]).values(values))
    connection.execute(sa.delete(tables.note).where(tables.note.c.name == f"{_PREFIX}{delivery_id}"))


def _put_note(connection: sa.Connection, delivery_id: int, value: str) -> None:
    name = f"{_PREFIX}{delivery_id}"
    connection.execute(sa.delete(tables.note).where(tables.note.c.name == name))
    connection.execute(sa.insert(tables.note).values(name=name, value=value))


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
