"""Telling the journal, once, what a book did before it had one: an earlier version of Loa had written it.

Without it a book made anew from its journal would not know that part, and its posts would go out a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from loa.delivery import State
from loa.store import people_tables, tables
from loa.store.book import Book
from loa.store.columns import written
from loa.store.control import read_note
from loa.store.identity import make_identity
from loa.store.journal import Line, keep
from loa.store.journal_words import (
    OF_A_POST,
    TOLD_OF_A_DELIVERY,
    keep_call,
    keep_call_result,
    keep_refusal,
    keep_result,
    ranges,
)
from loa.store.ledger import Ledger, Unseal, read_ledger
from loa.store.people_care import DO_NOT_CALL

_NOTE = "past_told"
_LASTING = (State.HELD, State.CANCELLED, State.MISSED)
_TOLD = ("state", "next_try", "done_at", "platform_id", "url", "code", "detail", "hint", "look_ups", "crashes")


def tell_past(book: Book, folder: Path, unseal: Unseal) -> int:
    """Write into the journal whatever the book knows and no line tells, where that was never done; how many lines.

    Raises:
        StoreError: E950, the journal cannot be written.
    """
    if read_note(book, _NOTE) and (not book.is_sqlite or any(folder.glob("*.jsonl"))):
        return 0
    with book.write() as connection:
        ledger = read_ledger(folder, unseal, make_identity(connection)).ledger
        count = 0
        for tell in (_decisions, _ends, _posts, _calls, _refusals):
            for line in tell(connection, ledger):
                if line:
                    keep(connection, line)
                count += 1
        connection.execute(sa.delete(tables.note).where(tables.note.c.name == _NOTE))
        connection.execute(sa.insert(tables.note).values(name=_NOTE, value="1"))
    return count


def _decisions(connection: sa.Connection, ledger: Ledger) -> Iterator[Line]:
    """Who said yes or no to what; with a yes to what still stands the whole delivery."""
    own = ("delivery_key", "content_hash", "reviewer_id", "decision")
    known = {(*(words[name] for name in own), datetime.fromisoformat(words["since"])) for words in ledger.decisions}
    table = tables.approval
    for row in connection.execute(sa.select(*written(table)).order_by(table.c.id)).mappings().all():
        if (*(row[name] for name in own), row["at"]) in known:
            continue
        words = {name: row[name] for name in (*own, "reviewer_name", "note")} | {"since": row["at"]}
        delivery = _delivery(connection, row["delivery_key"])
        stands = delivery and row["decision"] == "approve" and delivery["content_hash"] == row["content_hash"]
        yield Line("decision", words | ({"delivery": delivery} if stands else {}), before_wire=True)


def _delivery(connection: sa.Connection, key: str) -> dict[str, Any] | None:
    columns = [tables.delivery.c[name] for name in TOLD_OF_A_DELIVERY]
    row = connection.execute(sa.select(*columns).where(tables.delivery.c.key == key)).mappings().first()
    return dict(row) if row else None


def _ends(connection: sa.Connection, ledger: Ledger) -> Iterator[Line]:
    """What became of deliveries whose posts do not tell it, and those that no plan brings again."""
    table = tables.delivery
    special = sa.or_(table.c.state.in_(_LASTING), table.c.key.contains(OF_A_POST))
    for row in connection.execute(sa.select(*written(table)).where(special)).mappings().all():
        if row["key"] not in ledger.moves:
            words = {"key": row["key"], "state": row["state"], "reason": row["reason"], "expires": row["expires"]}
            words |= {"reason_params": row["reason_params"], "delivery": _delivery(connection, row["key"])}
            yield Line("move", words, before_wire=True)


def _posts(connection: sa.Connection, ledger: Ledger) -> Iterator[Line | None]:
    table, owner = tables.sending, tables.delivery
    query = sa.select(*written(table), owner.c.key.label("delivery"), owner.c.content_hash.label("content"))
    joined = query.join(owner, owner.c.id == table.c.delivery_id).order_by(table.c.id)
    for row in connection.execute(joined).mappings().all():
        if row["idem"] in ledger.posts or (not row["attempt"] and row["state"] == State.DUE):
            continue
        if row["attempt"]:
            names = ("delivery", "seq", "idem", "due", "attempt", "content")
            words = {name: row[name] for name in names} | {"account": row["account_id"]}
            yield Line("intent", words | {"sent": row["sent_at"] or row["due"]}, before_wire=True)
        if row["state"] != State.SENDING:
            keep_result(connection, row["idem"], row["attempt"], {name: row[name] for name in _TOLD})
            yield None


def _calls(connection: sa.Connection, ledger: Ledger) -> Iterator[None]:
    table = people_tables.batch
    query = sa.select(*written(table), tables.delivery.c.key.label("delivery"))
    joined = query.join(tables.delivery, tables.delivery.c.id == table.c.delivery_id).order_by(table.c.id)
    for row in connection.execute(joined).mappings().all():
        if row["key"] in ledger.calls:
            continue
        people, refused, seqs = _people(connection, row)
        names = ("key", "delivery", "parts", "attempt")
        words = {name: row[name] for name in names} | {"number": row["id"], "account": row["account_id"]}
        words |= {"content": row["content_hash"], "sent": row["sent_at"], "first_sent": row["first_sent_at"]}
        keep_call(connection, words, seqs)
        yield None
        if row["state"] != State.SENDING:
            told = dict(row) | {"people": people, "refused": refused}
            keep_call_result(connection, row["key"], told)
            yield None


def _people(connection: sa.Connection, batch: sa.RowMapping) -> tuple[State, dict[str, str], list[int]]:
    """Where the people of a call stand, who of them was refused by code, and all their places."""
    table = people_tables.recipient
    mine = (table.c.delivery_id == batch["delivery_id"], table.c.batch_id == batch["id"])
    found = connection.execute(sa.select(table.c.seq, table.c.state, table.c.code).where(*mine)).all()
    if not found:  # let go again, or purged since
        people = State.DONE if batch["state"] == State.DONE else State.DUE
        return people, {}, list(range(batch["first_seq"], batch["last_seq"] + 1))
    refused: dict[str, list[int]] = {}
    for row in found:
        if row.state == State.REFUSED:
            refused.setdefault(row.code, []).append(row.seq)
    people = next((State(row.state) for row in found if row.state != State.REFUSED), State.REFUSED)
    return people, {code: ranges(seqs) for code, seqs in refused.items()}, [row.seq for row in found]


def _refusals(connection: sa.Connection, ledger: Ledger) -> Iterator[None]:
    table = people_tables.suppression
    own = sa.select(*written(table)).where(table.c.kind != DO_NOT_CALL).order_by(table.c.at)
    for row in connection.execute(own).all():
        mark = bytes(row.mark)
        if (mark.hex(), row.kind) not in ledger.refusals:
            keep_refusal(connection, [mark], row.kind, row.at, row.source)
            yield None
