"""Making a book whole again from its journal: a new one from nothing, or an older copy of it brought up to now.

Both are the same work. What the journal knows better than the book is written; what the book knows better stays. A
post of which the journal knows that it was about to leave, and nothing more, is in doubt: it is looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from loa.delivery import State
from loa.store import people_tables, tables
from loa.store.book import Book
from loa.store.control import Stop, set_stop
from loa.store.copying import count_on
from loa.store.events import MACHINE, Event, write_events
from loa.store.identity import put_identity
from loa.store.journal_words import OF_A_POST
from loa.store.ledger import Ledger, Post, Words
from loa.store.rebuild_calls import bring_calls, has_kept_calls

Settle = Callable[[str], timedelta]
"""How long a request of a channel may still be accepted after it was sent."""
LOOK_BACK = timedelta(days=7)
"""So far behind the last line the plan is looked at anew: what was due in the gap is then seen to be missed."""
_CUT_OFF = "E537"
_OPEN = (State.PLANNED, State.AWAITING, State.APPROVED, State.HELD)
_ON_THE_WAY = (State.DUE, State.RETRY_LATER, State.SENDING)
_KNOWN = ("platform_id", "url", "code", "detail", "hint", "look_ups", "crashes")
_MOMENTS = ("next_try", "done_at")


@dataclass
class Rebuilt:
    """What a rebuilding did: deliveries and posts that came or moved, and what is left in doubt or for a person."""

    deliveries: int = 0
    posts: int = 0
    doubtful: int = 0
    waiting: int = 0
    """Messages that wait for their list of people."""
    refusals: int = 0
    lost: int = 0
    """Posts whose approved package stands in no line: nothing can be said of them but that they left."""


def rebuild(book: Book, ledger: Ledger, settle: Settle, now: datetime) -> Rebuilt:
    """Write into ``book`` what its journal knows better, in one transaction."""
    done = Rebuilt()
    with book.write() as connection:
        put_identity(connection, ledger.book)
        ids = _bring_deliveries(connection, ledger, done)
        _bring_decisions(connection, ledger)
        known = _known_posts(connection)
        for post in ledger.posts.values():
            if post.delivery in ids:
                _bring_post(connection, ids[post.delivery], post, known.get(post.idem), settle, now, done)
                _bring_attempts(connection, ledger, post)
            elif post.idem not in known:
                done.lost += 1
        done.waiting = bring_calls(connection, ledger, ids, settle, now)
        count_on(connection, people_tables.batch)
        _bring_moves(connection, ledger, ids)
        done.refusals = _bring_refusals(connection, ledger)
        _note(connection, "world", ledger.world)
        _note_planned(connection, ledger)
        words = {"lines": str(ledger.lines), "posts": str(done.posts), "doubtful": str(done.doubtful)}
        write_events(connection, [Event(now, MACHINE, "rebuilt", params=words)])
    if ledger.stop:
        words = ledger.stop
        set_stop(book, Stop(_moment(words["since"]), words["by"], words["why"]), words["by"], now)
    return done


def _moment(written: Any) -> datetime:
    return datetime.fromisoformat(written)


def _bring_deliveries(connection: sa.Connection, ledger: Ledger, done: Rebuilt) -> dict[str, int]:
    """Every delivery that a person has approved or moved; the ids of all in the book, by key."""
    table = tables.delivery
    query = sa.select(table.c.key, table.c.id, table.c.state, table.c.content_hash)
    known = {row.key: row for row in connection.execute(query)}
    taken = {row.id for row in known.values()}
    hashes = _hashes_sent(ledger)
    ids = {key: row.id for key, row in known.items()}
    for key, versions in ledger.deliveries.items():
        words = versions.get(hashes.get(key, ""), next(reversed(versions.values())))
        if key not in known:
            number = words["id"] if words["id"] not in taken else max(taken) + 1
            values = _delivery(words) | {"id": number, "state": _first_state(ledger, key)}
            connection.execute(sa.insert(table).values(values))
            ids[key] = number
            taken.add(number)
            done.deliveries += 1
        elif key in hashes and known[key].state in _OPEN and known[key].content_hash != words["content_hash"]:
            connection.execute(sa.update(table).where(table.c.id == ids[key]).values(_delivery(words)))
    count_on(connection, table)
    return ids


def _hashes_sent(ledger: Ledger) -> dict[str, str]:
    """What was last about to leave of each delivery."""
    posts = {post.delivery: post.first["content"] for post in ledger.posts.values() if post.first}
    return posts | {
        call.first["delivery"]: call.first["content"] for call in ledger.calls.values() if "content" in call.first
    }


def _first_state(ledger: Ledger, key: str) -> State:
    """Before its posts and moves are looked at: the plan judges anew what its decisions let go."""
    moved = ledger.moves.get(key)
    return State(moved[1]["state"]) if moved and OF_A_POST in key else State.AWAITING


def _delivery(words: Words) -> dict[str, Any]:
    names = ("key", "campaign_id", "item_id", "unit_code", "channel", "account_id", "when_late", "content_hash")
    values: dict[str, Any] = {name: words[name] for name in (*names, "package", "labels")}
    values |= {name: _moment(words[name]) for name in ("due", "expires")}
    return values | {"approved_package": words["package"], "reason_params": {}}


def _bring_decisions(connection: sa.Connection, ledger: Ledger) -> None:
    table = tables.approval
    columns = [table.c[name] for name in ("delivery_key", "content_hash", "reviewer_id", "decision", "at")]
    known = {tuple(row) for row in connection.execute(sa.select(*columns))}
    for words in ledger.decisions:
        values = {name: value for name, value in words.items() if name != "since"} | {"at": _moment(words["since"])}
        if tuple(values[column.name] for column in columns) not in known:
            connection.execute(sa.insert(table).values(values))


def _known_posts(connection: sa.Connection) -> dict[str, Any]:
    """What the book knows of its posts, by idempotency key."""
    table = tables.sending
    query = sa.select(table.c.id, table.c.idem, table.c.state, table.c.attempt)
    return {row.idem: row._mapping for row in connection.execute(query)}  # noqa: SLF001 - SQLAlchemy's public name


def _bring_post(
    connection: sa.Connection,
    delivery_id: int,
    post: Post,
    known: Any,
    settle: Settle,
    now: datetime,
    done: Rebuilt,
) -> None:
    table = tables.sending
    if known and not _is_newer(known, post):
        return
    channel = connection.scalar(sa.select(tables.delivery.c.channel).where(tables.delivery.c.id == delivery_id)) or ""
    values = _post_values(post, now + settle(channel))
    done.posts += 1
    done.doubtful += values["state"] == State.UNKNOWN
    if known:
        connection.execute(sa.update(table).where(table.c.id == known["id"]).values(values))
    else:
        first = post.first
        given = {"delivery_id": delivery_id, "idem": post.idem, "seq": first.get("seq", 0), "hint": {}}
        account, due = _line_of(connection, delivery_id) if not first else (first["account"], _moment(first["due"]))
        connection.execute(sa.insert(table).values(given | {"account_id": account, "due": due} | values))
    _move(connection, delivery_id, values["state"], values.get("code", ""), {})


def _line_of(connection: sa.Connection, delivery_id: int) -> tuple[str, datetime]:
    table = tables.delivery
    row = connection.execute(sa.select(table.c.account_id, table.c.due).where(table.c.id == delivery_id)).one()
    return row.account_id, row.due


def _is_newer(known: Any, post: Post) -> bool:
    """Whether the journal knows better. What is done is done; an answer says more than that something was asked."""
    if known["state"] == State.DONE or post.attempt < known["attempt"]:
        return False
    if post.attempt > known["attempt"]:
        return True
    return "state" in post.last and post.last["state"] != known["state"]


def _post_values(post: Post, look_at: datetime) -> dict[str, Any]:
    """The columns of a post, as the journal last knew them."""
    values: dict[str, Any] = {name: post.last[name] for name in _KNOWN if name in post.last}
    values |= {name: _moment(post.last[name]) if post.last[name] else None for name in _MOMENTS if name in post.last}
    values |= {"attempt": post.attempt, "owner": ""}
    values |= {"sent_at": _moment(post.first["sent"])} if post.first else {}
    state = State(post.last.get("state", State.SENDING))
    if state == State.SENDING:
        return values | {"state": State.UNKNOWN, "next_try": look_at, "look_ups": 0, "code": _CUT_OFF, "detail": ""}
    return values | {"state": state}


def _bring_attempts(connection: sa.Connection, ledger: Ledger, post: Post) -> None:
    """What the book does not know of the attempts at a post."""
    table = tables.attempt
    sending_id = connection.scalar(sa.select(tables.sending.c.id).where(tables.sending.c.idem == post.idem))
    known = set(connection.scalars(sa.select(table.c.number).where(table.c.sending_id == sending_id)))
    for number in range(1, post.attempt + 1):
        words = ledger.attempts.get((post.idem, number), {})
        if number in known or "sent" not in words:
            continue
        answer = words.get("answer", {})
        told = {"ending": answer.get("state", ""), "code": answer.get("code", ""), "detail": answer.get("detail", "")}
        values = {"sending_id": sending_id, "number": number, "content_hash": words["content"]}
        connection.execute(sa.insert(table).values(values | {"sent_at": _moment(words["sent"])} | told))


def _out(connection: sa.Connection) -> frozenset[str]:
    """Deliveries whose every post is out: no earlier word on them says anything else any more."""
    post, delivery = tables.sending, tables.delivery
    query = sa.select(delivery.c.key, post.c.state).join(post, post.c.delivery_id == delivery.c.id)
    states: dict[str, set[State]] = {}
    for key, state in connection.execute(query):
        states.setdefault(key, set()).add(state)
    return frozenset(key for key, found in states.items() if found == {State.DONE})


def _bring_moves(connection: sa.Connection, ledger: Ledger, ids: dict[str, int]) -> None:
    """The last word on each delivery, where it came after that of its post."""
    out = _out(connection)
    ends = {post.delivery: post.at for post in ledger.posts.values()}
    called = {call.first.get("delivery") for call in ledger.calls.values()}
    for key, (at, words) in ledger.moves.items():
        state = State(words["state"])
        if key in out and state != State.DONE:
            continue  # it was in doubt, found, and the finding never came to the journal
        if key in ids and at > ends.get(key, 0) and not has_kept_calls(connection, ids[key]):
            if state in _ON_THE_WAY and key not in ends and key not in called:  # its posts are laid out anew
                state = State.APPROVED if OF_A_POST in key else State.AWAITING
            expires = {"expires": _moment(words["expires"])} if words.get("expires") else {}
            _move(connection, ids[key], state, words["reason"], words["reason_params"], expires)


def _move(
    connection: sa.Connection,
    delivery_id: int,
    state: State,
    reason: str,
    params: dict[str, str],
    more: dict[str, Any] | None = None,
) -> None:
    values = {"state": state, "reason": reason, "reason_params": params} | (more or {})
    connection.execute(sa.update(tables.delivery).where(tables.delivery.c.id == delivery_id).values(values))


def _bring_refusals(connection: sa.Connection, ledger: Ledger) -> int:
    """Who refused is left alone in the new book as in the old; how many came."""
    table = people_tables.suppression
    known = {(bytes(row.mark).hex(), row.kind) for row in connection.execute(sa.select(table.c.mark, table.c.kind))}
    came = 0
    for (mark, kind), words in ledger.refusals.items():
        own = (table.c.mark == bytes.fromhex(mark), table.c.kind == kind)
        if words is None:
            connection.execute(sa.delete(table).where(*own))
        elif (mark, kind) not in known:
            values = {"mark": bytes.fromhex(mark), "kind": kind, "at": _moment(words["since"])}
            connection.execute(sa.insert(table).values(values | {"source": words["source"]}))
            came += 1
    return came


def _note_planned(connection: sa.Connection, ledger: Ledger) -> None:
    """From where the plan is looked at anew."""
    name = tables.note.c.name == "planned_until"
    if ledger.last_at and connection.scalar(sa.select(tables.note.c.value).where(name)) is None:
        _note(connection, "planned_until", (_moment(ledger.last_at) - LOOK_BACK).isoformat())


def _note(connection: sa.Connection, name: str, value: str) -> None:
    if value:
        connection.execute(sa.delete(tables.note).where(tables.note.c.name == name))
        connection.execute(sa.insert(tables.note).values(name=name, value=value))
