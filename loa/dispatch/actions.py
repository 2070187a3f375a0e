"""What is done to a post that is out: taking it down, and correcting its words.

Each is a delivery of its own beside the one that published, with a package of its own that a named person approved; it
goes out, is recorded and is looked up as any other. The plan knows nothing of it and leaves it alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from loa import store
from loa.campaign import fill, load_content, names_in, plain_text
from loa.delivery import TERMINAL, Action, ChannelCard, State
from loa.dispatch import reasons
from loa.dispatch.approval import APPROVE
from loa.dispatch.audit import Doer, doer, note_deed
from loa.dispatch.desk import Desk
from loa.dispatch.package import action_of, opened, package_hash
from loa.dispatch.people import person_who_may
from loa.dispatch.steady import present
from loa.errors import ApprovalError, LoaError, Place
from loa.store import MACHINE, Approval, DeliveryRow, Plan
from loa.text import nfc

PATIENCE = timedelta(days=1)
"""A correction may wait so long for its approval and for the end of the quiet hours, whatever the lateness policy."""
ENDLESS = timedelta(days=365)
"""A takedown is never too late."""
_FAILED = (State.REFUSED, State.CANCELLED, State.MISSED)


@dataclass(frozen=True, slots=True)
class _Post:
    """A post that is out: the delivery that published it and the platform's id (empty where a person published)."""

    row: DeliveryRow
    platform_id: str
    earlier: tuple[DeliveryRow, ...]
    """What was done to it so far."""


def take_down(desk: Desk, name: str, person: str, why: str, *, by_hand: bool = False, origin: str = "") -> DeliveryRow:
    """Take down the post of delivery ``name`` (number or key): at once, at any hour, on a named person's word alone.

    ``by_hand`` only records that somebody has done it on the platform. The new delivery, or (by hand) the old one.

    Raises:
        ApprovalError: E501, E807 nobody of that name may decide; E562 no reason.
        LoaError: E553 no such post is out; E554 the channel cannot; E560 it is under way; E564 it is done already.
    """
    reviewer = person_who_may(desk, person, "publisher")
    if not why.strip():
        raise ApprovalError("E562")
    now = present(desk)  # by a clock that has just gone forward it would be due in a week
    with desk.book.write() as connection:
        post = _post(connection, name)
        if by_hand:
            mark(connection, post.row, reasons.REMOVED, {"by": reviewer.name, "why": why}, now, reviewer.name)
            _note(desk, connection, doer(reviewer, origin), "takedown by hand", post.row, why)
            return post.row
        _check_way(desk.cards[post.row.channel], post, "remove", "E554")
        _overtake(connection, post, now, reviewer.name)
        words = {"by": reviewer.name, "why": why}
        plan = _plan(post, "remove", {"assets": [], "recipients": {}, "because": words}, now, now + ENDLESS)
        row = _add(connection, plan, now)
        yes = Approval(row.key, row.content_hash, reviewer.id, reviewer.name, APPROVE, now, why)
        store.record_decision(connection, yes, row.id)
        store.move_delivery(connection, row, State.APPROVED, at=now, actor=reviewer.name)
        _note(desk, connection, doer(reviewer, origin), "takedown", row, why)
    return row


def correct(desk: Desk, name: str, file: str, author: str, why: str = "", *, origin: str = "") -> DeliveryRow:
    """Put the text of ``file`` (from the workspace's root) in place of the text of a post, once it is approved.

    Raises:
        LoaError: E553 no such post is out; E558 the channel cannot; E559 no text; E560 it is under way; E564 it was
            taken down; E524 the text is too long; E548 nobody named as its author; E549 the text has fields to fill.
    """
    author = nfc(author).strip()
    if not author:
        raise ApprovalError("E548")
    now = desk.clock.now()
    with desk.book.write() as connection:
        post = _post(connection, name)
        card = desk.cards[post.row.channel]
        _check_way(card, post, "revise", "E558")
        changes = _words_of(desk, card, post.row, file) | {"because": {"by": author, "why": why}}
        _overtake(connection, post, now, author)
        expires = now + max(post.row.expires - post.row.due, PATIENCE)
        row = _add(connection, _plan(post, "revise", changes, now, expires, author), now)
        _note(desk, connection, doer(None, origin), "correct", row, why, {"author": author})
    return row


def _note(
    desk: Desk,
    connection: store.Connection,
    who: Doer,
    deed: str,
    row: DeliveryRow,
    why: str,
    words: Mapping[str, str] | None = None,
) -> None:
    said = dict(words or {}) | ({"why": why} if why else {})
    note_deed(desk, who, deed, row.key, row.content_hash, said, connection=connection)


def _post(connection: store.Connection, name: str) -> _Post:
    row = next((each for each in store.deliveries(connection) if name in (str(each.id), each.key)), None)
    done = row and store.sendings(connection, delivery_ids=[row.id], states=(State.DONE,))
    if row is None or not done or action_of(row.package) != "publish" or opened(row.package)["recipients"]:
        raise LoaError("E553", name=name)
    if row.reason == reasons.REMOVED:
        raise LoaError("E564")
    return _Post(row, done[0].platform_id, changes_of(connection, row))


def changes_of(connection: store.Connection, post: DeliveryRow) -> tuple[DeliveryRow, ...]:
    """The takedowns and corrections of a post, in the order in which people asked for them."""
    found = store.deliveries(connection, campaigns=[post.campaign_id])
    return tuple(sorted((each for each in found if each.key.startswith(f"{post.key}!")), key=lambda each: each.id))


def is_overtaken(connection: store.Connection, row: DeliveryRow) -> bool:
    """Whether a takedown or correction must not go out any more: the post is gone, or somebody asked for more since."""
    post = post_of(connection, row)
    later = [each for each in changes_of(connection, post) if each.id > row.id]
    return post.reason == reasons.REMOVED or any(each.state not in _FAILED for each in later)


def _check_way(card: ChannelCard, post: _Post, action: Action, code: str) -> None:
    if action not in card.actions or not post.platform_id:
        raise LoaError(code, channel=card.name_vi, id=str(post.row.id))
    for each in post.earlier:
        if each.state not in TERMINAL and not _may_give_way(each):
            raise LoaError("E560", other=str(each.id))


def _may_give_way(row: DeliveryRow) -> bool:
    """A correction that has not left yet is overtaken by a better one, or by a takedown; so is whatever is held."""
    return row.state in store.OPEN and (action_of(row.package) == "revise" or row.state == State.HELD)


def _overtake(connection: store.Connection, post: _Post, now: datetime, by: str) -> None:
    for each in post.earlier:
        if _may_give_way(each):
            words = {"by": by}
            store.move_delivery(
                connection, each, State.CANCELLED, at=now, actor=by, reason=reasons.CANCELLED_BY_PERSON, params=words
            )


def _words_of(desk: Desk, card: ChannelCard, row: DeliveryRow, file: str) -> dict[str, Any]:
    content = load_content(desk.workspace, file)
    written = content.variant(channel=row.channel)
    if any(names_in(f"{content.title}\n{written}")):
        raise LoaError("E549", file=file)
    text = plain_text(fill(written, {}, Place(file)))
    if not text:
        raise LoaError("E559", file=file, channel=card.name_vi)
    if (length := card.measure(text)) > card.max_length:
        names = {"channel": card.name_vi, "channel_id": card.id}
        raise LoaError("E524", **names, length=str(length), most=str(card.max_length))
    return {"text": text} | ({"title": content.title} if content.title else {})


def _plan(
    post: _Post, action: Action, changes: dict[str, Any], now: datetime, expires: datetime, author: str = ""
) -> Plan:
    row = post.row
    number = 1 + sum(action_of(each.package) == action for each in post.earlier)
    content = opened(row.package) | {"action": action, "target": post.platform_id, "sources": {}} | changes
    content["window"] = [now.isoformat(), expires.isoformat(), "ask"]
    content.pop("besides", None)
    package = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    fields = {name: getattr(row, name) for name in Plan.__slots__}
    return Plan(
        **fields
        | {
            "key": f"{row.key}!{action}-{number}",
            "due": now,
            "expires": expires,
            "when_late": "ask",
            "state": State.AWAITING,
            "content_hash": package_hash(package),
            "package": package,
            "reason": "",
            "reason_params": {},
            "labels": dict(row.labels) | {"author": author},
        }
    )


def _add(connection: store.Connection, plan: Plan, now: datetime) -> DeliveryRow:
    store.save_plan(connection, [plan], [], now)
    return next(each for each in store.deliveries(connection, campaigns=[plan.campaign_id]) if each.key == plan.key)


def mark(
    connection: store.Connection, row: DeliveryRow, reason: str, params: dict[str, str], now: datetime, actor: str
) -> None:
    """Write on the delivery that published what has become of its post since."""
    store.move_delivery(connection, row, row.state, at=now, actor=actor, reason=reason, params=params)


def mark_post(connection: store.Connection, done: DeliveryRow, now: datetime) -> None:
    """``done`` has done its work: the delivery whose post it was tells of it."""
    reason = {"remove": reasons.REMOVED, "revise": reasons.CORRECTED}[action_of(done.package)]
    mark(connection, post_of(connection, done), reason, opened(done.package)["because"], now, MACHINE)


def post_of(connection: store.Connection, change: DeliveryRow) -> DeliveryRow:
    """The delivery that published what a takedown or correction is about."""
    key = change.key.rpartition("!")[0]
    return next(each for each in store.deliveries(connection, campaigns=[change.campaign_id]) if each.key == key)
