"""Windows of public posts: many are claimed in one transaction, and many answers are written in one.

Two grouped commits frame the wire: ``claim`` writes the intents of a window before its first byte leaves, and
``record`` writes the answers after. Every move is guarded by the state it starts from. Statements are few and the
index of what waits is in the order of sending, so that a post costs the same whether ten wait or a hundred thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from loa.delivery import State
from loa.store import tables
from loa.store.deliveries import DeliveryRow, Plan
from loa.store.events import MACHINE, Event, write_events
from loa.store.journal import Line, keep
from loa.store.journal_words import keep_result
from loa.store.many import insert_rows, update_rows
from loa.store.sendings import SendingRow

_SENDING, _DELIVERY, _ATTEMPT = tables.sending, tables.delivery, tables.attempt
_SENT = [_SENDING.c[name] for name in SendingRow.__slots__]
_PLANNED = [_DELIVERY.c[name] for name in (*Plan.__slots__, "id")]
_REMOVES = '%"action":"remove"%'
"""In a package, whose form is canonical."""
GOING = (State.DUE, State.RETRY_LATER)
"""The states of a delivery of which a post may leave."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A post that waits, with the delivery that it is of."""

    sending: SendingRow
    delivery: DeliveryRow


@dataclass(frozen=True, slots=True)
class Ended:
    """How a claimed post ended: the columns of its row. ``cause`` is the word of the trail."""

    sending: SendingRow
    values: Mapping[str, Any]
    cause: str = "answer"


@dataclass(frozen=True, slots=True)
class Stands:
    """Where the delivery of a post stands that was still ours: its state and reason, and how many posts it has."""

    ended: Ended
    state: State
    reason: str
    posts: int


_NEXT_ACCOUNT: sa.Select[Any] = (
    sa.select(_SENDING.c.account_id)
    .where(tables.WAITS, _SENDING.c.account_id > sa.bindparam("last", type_=sa.Text()))
    .order_by(_SENDING.c.account_id)
    .limit(1)
)


def waiting_accounts(connection: sa.Connection) -> list[str]:
    """The accounts in which a post waits, ripe or not; one step of the index for each."""
    found: list[str] = []
    while (account := connection.scalar(_NEXT_ACCOUNT, {"last": found[-1] if found else ""})) is not None:
        found.append(account)
    return found


_LINE = (
    sa.select(*_SENT, *_PLANNED)
    .join(_DELIVERY, _DELIVERY.c.id == _SENDING.c.delivery_id)
    .where(
        tables.WAITS,
        _SENDING.c.account_id == sa.bindparam("account"),
        _SENDING.c.next_try <= sa.bindparam("now", type_=_SENDING.c.next_try.type),
        _DELIVERY.c.state.in_(GOING),
    )
    .order_by(_SENDING.c.due, _SENDING.c.delivery_id, _SENDING.c.seq)
    .limit(sa.bindparam("most", type_=sa.Integer()))
)
TO_CLAIM = _LINE.with_for_update(of=_SENDING, skip_locked=True)
_TAKEDOWNS = TO_CLAIM.where(_DELIVERY.c.package.like(_REMOVES))


def ripe(
    connection: sa.Connection, account_id: str, now: datetime, most: int, *, only_takedowns: bool = False
) -> list[Waiting]:
    """The next posts of an account that may leave by their own moment, in its order: due, delivery, place."""
    query = _TAKEDOWNS if only_takedowns else TO_CLAIM
    found = connection.execute(query, {"account": account_id, "now": now, "most": most})
    return [Waiting(SendingRow(*row[: len(_SENT)]), _delivery(row[len(_SENT) :])) for row in found.all()]


def _delivery(values: Sequence[Any]) -> DeliveryRow:
    return DeliveryRow(*values)


_FIRST_TRY = (
    sa.select(sa.func.min(_SENDING.c.next_try, type_=_SENDING.c.next_try.type))
    .join(_DELIVERY, _DELIVERY.c.id == _SENDING.c.delivery_id)
    .where(tables.WAITS, _SENDING.c.account_id == sa.bindparam("account"), _DELIVERY.c.state.in_(GOING))
)
_SOMETHING_RIPE = _LINE.with_only_columns(_SENDING.c.id, maintain_column_froms=True).order_by(None)


def is_ripe(connection: sa.Connection, account_id: str, now: datetime) -> bool:
    """Whether a post of the account may leave by its own moment."""
    return connection.scalar(_SOMETHING_RIPE, {"account": account_id, "now": now, "most": 1}) is not None


def first_try(connection: sa.Connection, account_id: str, now: datetime) -> datetime | None:
    """When the next post of an account may leave by its own moment; ``now`` where one may; None where none waits."""
    if is_ripe(connection, account_id, now):
        return now
    found: datetime | None = connection.scalar(_FIRST_TRY, {"account": account_id})
    return found


_TAKE = (
    sa.update(_SENDING)
    .where(_SENDING.c.id.in_(sa.bindparam("taken", expanding=True)), tables.WAITS)
    .values(
        state=State.SENDING,
        owner=sa.bindparam("by"),
        attempt=_SENDING.c.attempt + 1,
        sent_at=sa.bindparam("at", type_=_SENDING.c.sent_at.type),
        next_try=None,
    )
)


def claim(connection: sa.Connection, rows: Sequence[Waiting], *, owner: str, now: datetime) -> None:
    """Write the intents of a window. ``rows`` are locked by this transaction and stay as they were read."""
    if not rows:
        return
    taken = connection.execute(_TAKE, {"taken": [each.sending.id for each in rows], "by": owner, "at": now})
    if taken.rowcount != len(rows):
        raise RuntimeError(f"a window of {len(rows)} took {taken.rowcount}")
    intents = [(each.sending.id, each.sending.attempt + 1, each.delivery.content_hash, now) for each in rows]
    insert_rows(connection, _ATTEMPT, ("sending_id", "number", "content_hash", "sent_at"), intents)
    sent = now.isoformat()
    for each in rows:
        keep(connection, Line("intent", _intent(each, sent), before_wire=True))


def _intent(each: Waiting, sent: str) -> dict[str, Any]:
    """What the journal tells of an attempt that is about to be made."""
    row = each.sending
    return {
        "delivery": each.delivery.key,
        "seq": row.seq,
        "idem": row.idem,
        "account": row.account_id,
        "due": row.due,
        "attempt": row.attempt + 1,
        "content": each.delivery.content_hash,
        "sent": sent,
    }


_DEFER = (
    sa.update(_SENDING)
    .where(_SENDING.c.id == sa.bindparam("deferred"), tables.WAITS)
    .values(next_try=sa.bindparam("until", type_=_SENDING.c.next_try.type))
)


def defer(connection: sa.Connection, until: Mapping[int, datetime]) -> None:
    """Posts that may not leave yet (by the hours of their channel) are not looked at again before a moment."""
    if until:
        connection.execute(_DEFER, [{"deferred": id_, "until": moment} for id_, moment in until.items()])


def record(connection: sa.Connection, ended: Sequence[Ended], *, owner: str, now: datetime) -> list[Stands]:
    """Write the answers of claimed posts; those that were still ours, with where their deliveries stand.

    ``owner`` and attempt are the fence: a row that was taken over meanwhile is not touched.
    """
    stands = _still_ours(connection, ended, owner)
    mine = [each.ended for each in stands]
    _write_answers(connection, mine)
    answers = [
        (
            now,
            each.values["state"].value,
            each.values.get("code", ""),
            each.values.get("detail", ""),
            each.sending.id,
            each.sending.attempt + 1,
        )
        for each in mine
    ]
    told = ("answered_at", "ending", "code", "detail")
    update_rows(connection, _ATTEMPT, told, ("sending_id", "number"), answers)
    events = [
        Event(now, MACHINE, each.cause, each.sending.delivery_id, each.sending.id, State.SENDING, each.values["state"])
        for each in mine
    ]
    write_events(connection, events)
    for each in mine:
        keep_result(connection, each.sending.idem, each.sending.attempt + 1, each.values)
    return stands


def give_back(connection: sa.Connection, claimed: Collection[tuple[int, int]], *, owner: str, now: datetime) -> int:
    """Posts (id, attempt) that were claimed and never handed to the wire wait in line again; how many."""
    query = sa.select(*_SENT).where(_SENDING.c.id.in_([id_ for id_, _ in claimed]))
    rows = [SendingRow(*row) for row in connection.execute(query)]
    values = {"state": State.DUE, "next_try": now, "code": "", "detail": ""}
    # A row is told to ``record`` as it stood before its claim.
    before = [replace(row, attempt=row.attempt - 1) for row in rows if (row.id, row.attempt) in claimed]
    return len(record(connection, [Ended(row, values, "put back") for row in before], owner=owner, now=now))


_OTHERS = sa.alias(_SENDING)
_POSTS = sa.select(sa.func.count()).where(_OTHERS.c.delivery_id == _DELIVERY.c.id).correlate(_DELIVERY)
_OURS = (
    sa.select(_SENDING.c.id, _SENDING.c.attempt, _DELIVERY.c.state, _DELIVERY.c.reason, _POSTS.scalar_subquery())
    .join(_DELIVERY, _DELIVERY.c.id == _SENDING.c.delivery_id)
    .where(_SENDING.c.id.in_(sa.bindparam("ids", expanding=True)))
    .where(_SENDING.c.state == State.SENDING, _SENDING.c.owner == sa.bindparam("owner"))
    .with_for_update()
)


def _still_ours(connection: sa.Connection, ended: Sequence[Ended], owner: str) -> list[Stands]:
    found = connection.execute(_OURS, {"ids": [each.sending.id for each in ended], "owner": owner}).all()
    held = {(id_, attempt): stands for id_, attempt, *stands in found}
    places = ((each, held.get((each.sending.id, each.sending.attempt + 1))) for each in ended)
    return [Stands(each, *stands) for each, stands in places if stands is not None]


def _write_answers(connection: sa.Connection, mine: Sequence[Ended]) -> None:
    """Answers that name the same columns go in one statement."""
    by_columns: dict[tuple[str, ...], list[Ended]] = defaultdict(list)
    for each in mine:
        by_columns[tuple(sorted(each.values))].append(each)
    for columns, alike in by_columns.items():
        rows = [(*(each.values[name] for name in columns), each.sending.id) for each in alike]
        update_rows(connection, _SENDING, columns, ("id",), rows)


def tries(connection: sa.Connection, sending_ids: Iterable[int]) -> dict[int, int]:
    """How often each of these posts was asked to be tried later, since it was last refused.

    What never left for the wire does not count; nor does what came before a person had it tried again.
    """
    earlier = sa.alias(_ATTEMPT)
    refused = sa.select(sa.func.coalesce(sa.func.max(earlier.c.number), 0)).where(
        earlier.c.sending_id == _ATTEMPT.c.sending_id, earlier.c.ending == State.REFUSED.value
    )
    query = (
        sa.select(_ATTEMPT.c.sending_id, sa.func.count())
        .where(_ATTEMPT.c.sending_id.in_(tuple(sending_ids)), _ATTEMPT.c.ending == State.RETRY_LATER.value)
        .where(_ATTEMPT.c.number > refused.correlate(_ATTEMPT).scalar_subquery())
        .group_by(_ATTEMPT.c.sending_id)
    )
    return {row.sending_id: row[1] for row in connection.execute(query)}


_DID_NOT_REACH = (State.DUE.value, State.RETRY_LATER.value)


def times_sent(connection: sa.Connection, sending_id: int) -> int:
    """How many attempts at a post may have reached its platform."""
    reached = _ATTEMPT.c.ending.not_in(_DID_NOT_REACH)
    return connection.scalar(sa.select(sa.func.count()).where(_ATTEMPT.c.sending_id == sending_id, reached)) or 0
