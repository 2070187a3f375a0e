"""Packages in people's hands: which are open, which are late, and what a person tells of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from loa import store
from loa.delivery import Action, Receipt, State
from loa.delivery.shelf import CODE_LENGTH, CONFIRMED, FACTS, GIVEN_UP
from loa.dispatch import reasons
from loa.dispatch.audit import doer, note_deed
from loa.dispatch.counted import log_counted
from loa.dispatch.desk import Desk
from loa.dispatch.package import action_of
from loa.dispatch.people import find_reviewer, person_who_may
from loa.dispatch.posts.wire import message_of
from loa.dispatch.proof import KeptPhoto, Proof, checked
from loa.dispatch.rolling import roll_up
from loa.errors import LoaError
from loa.messages import moment
from loa.store import DeliveryRow, SendingRow


@dataclass(frozen=True, slots=True)
class HandOff:
    """One open package. ``late_by`` is zero until its moment has passed."""

    id: int
    code: str
    """What people call it by: the end of its folder's name."""
    key: str
    action: Action
    """Whether the post is to be put out, corrected or taken down."""
    channel: str
    account: str
    unit: str
    item: str
    campaign: str
    person: str
    """Whose task it is, as the account's settings tell."""
    due: datetime
    late_by: timedelta
    laid_out: datetime
    folder: Path


def open_handoffs(desk: Desk) -> tuple[HandOff, ...]:
    """Every package that waits for a person: the latest first, then by deadline."""
    with desk.book.read() as connection:
        found = _open(desk, connection)
    return tuple(sorted((_shown(desk, *pair) for pair in found), key=lambda each: (each.due, each.key)))


def find_handoff(desk: Desk, name: str) -> HandOff:
    """The open package of that delivery number, delivery key or code.

    Raises:
        LoaError: E696, there is none.
    """
    for each in open_handoffs(desk):
        if name in (str(each.id), each.key, each.code):
            return each
    raise LoaError("E696", name=name)


def report_done(
    desk: Desk, name: str, person: str, proof: Proof, at: datetime | None = None, *, count: int = 0, origin: str = ""
) -> HandOff:
    """A named person tells that it was done (at ``at``; None: just now) and proves it. The package as it was.

    ``count`` (copies handed out, times it was read) goes into the log of the quotas that the item serves.

    Raises:
        ApprovalError: E501, nobody of that name may tell.
        LoaError: E696 no such open package; E697, E698 no proof; E699 the time cannot be.
    """
    actor = find_reviewer(desk, person)
    photo = checked(proof)
    found = find_handoff(desk, name)
    when = _believable(desk, found, at)
    confirm(desk, found, actor.name, when, proof.link, photo)
    told = {"link": proof.link, "photo": photo.sha256 if photo else ""}
    note_deed(desk, doer(actor, origin), "done by hand", found.key, words={k: v for k, v in told.items() if v})
    if count:
        log_counted(desk, found.key, when, count, proof, person, origin)
    return found


def confirm(
    desk: Desk, found: HandOff, actor: str, when: datetime, link: str = "", photo: KeptPhoto | None = None
) -> None:
    """Write down that it is done. The book decides: only then does the package say so, and its feed.

    Raises:
        LoaError: E696, somebody else was faster.
    """
    path = photo.keep_in(found.folder) if photo else None
    shown = desk.workspace.shown(path) if path else ""
    told = {"person": found.person, "by": actor, "link": link, "photo": shown}
    told["sha256"] = photo.sha256 if photo else ""
    detail = " · ".join(filter(None, (link, shown, told["sha256"])))
    values = {"state": State.DONE, "next_try": None, "done_at": when, "url": link, "code": "", "detail": detail}
    row, each = _end(desk, found, values | {"hint": told}, actor, "proof")
    note = told | {"done_at": when.isoformat(), "told_at": desk.clock.now().isoformat()}
    _leave(found.folder / CONFIRMED, json.dumps(note, ensure_ascii=False, indent=1))
    _bring_up(desk, row, each)


def give_up(desk: Desk, name: str, person: str, why: str, *, origin: str = "") -> HandOff:
    """A named person decides that it need not be done any more, and says why. The package as it was.

    Raises:
        ApprovalError: E501, E807 nobody of that name may decide.
        LoaError: E696, no such open package.
    """
    decider = person_who_may(desk, person, "publisher")
    actor = decider.name
    found = find_handoff(desk, name)
    detail = f"{actor}: {why}"
    values = {"state": State.CANCELLED, "next_try": None, "code": reasons.GIVEN_UP_IN_HAND, "detail": detail}
    row, each = _end(desk, found, values, actor, "give_up")
    note_deed(desk, doer(decider, origin), "give up", found.key, words={"why": why})
    _leave(found.folder / GIVEN_UP, f"KHÔNG CẦN LÀM VIỆC NÀY NỮA.\n{detail}\n")
    _bring_up(desk, row, each)
    return found


def _open(desk: Desk, connection: store.Connection) -> list[tuple[DeliveryRow, SendingRow]]:
    pending = store.sendings(connection, states=(State.PENDING,))
    pairs = ((store.delivery_by_id(connection, each.delivery_id), each) for each in pending)
    return [(row, each) for row, each in pairs if row.channel in desk.cards and desk.cards[row.channel].by_hand]


def _shown(desk: Desk, row: DeliveryRow, each: SendingRow) -> HandOff:
    now = desk.clock.now()
    return HandOff(
        id=row.id,
        code=each.platform_id[-CODE_LENGTH:],
        key=row.key,
        action=action_of(row.package),
        channel=row.channel,
        account=row.labels["account"],
        unit=row.labels["unit"],
        item=row.labels["item"],
        campaign=row.labels["campaign"],
        person=each.hint.get("person", ""),
        due=row.due,
        late_by=max(now - row.due, timedelta(0)),
        laid_out=each.sent_at or row.due,
        folder=desk.handoff / each.platform_id,
    )


def _believable(desk: Desk, found: HandOff, at: datetime | None) -> datetime:
    now = desk.clock.now()
    if at is None:
        return now
    if not found.laid_out <= at <= now:
        zone = desk.workspace.zone
        raise LoaError("E699", name=moment(at, zone), after=moment(found.laid_out, zone))
    return at


def _end(
    desk: Desk, found: HandOff, values: Mapping[str, Any], actor: str, cause: str
) -> tuple[DeliveryRow, SendingRow]:
    now = desk.clock.now()
    with desk.book.write() as connection:
        for row, each in _open(desk, connection):
            if row.id == found.id and store.move_sending(connection, each, values, at=now, actor=actor, cause=cause):
                roll_up(connection, [row.id], now)
                return row, each
    raise LoaError("E696", name=found.code)


def _leave(path: Path, text: str) -> None:
    """A note in the package, for the horn and for whoever opens the folder; the folder may have been cleared away."""
    if (path.parent / FACTS).is_file():
        path.write_text(text, encoding="utf-8")


def _bring_up(desk: Desk, row: DeliveryRow, each: SendingRow) -> None:
    """Let the horn see the note, so that what it keeps for others (a feed) says the same; its answer is not needed."""
    message = message_of(desk, row, each)
    desk.publisher_of(each.account_id).follow_up(message, Receipt(each.platform_id, each.url, each.hint))
