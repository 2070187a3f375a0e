"""What today's page shows: a few deliveries of each kind, and what concerns everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from loa.delivery import State
from loa.dispatch import DeliveryView, Desk, overview
from loa.dispatch.handoff import HandOff, open_handoffs
from loa.dispatch.late import LATE_AFTER
from loa.dispatch.reasons import IN_HAND, REMOVED, SINCE, TO_BE_SHOWN
from loa.dispatch.standing import facts_of
from loa.messages import Lang
from loa.preview.small import first_picture
from loa.preview.today.choices import Choice, choices_of
from loa.store import Connection
from loa.store.screen import deliveries_of, last_done_ids, late_ids, next_ids, open_to, told_ids
from loa.workspace import Reviewer

FEW, MANY = 6, 100
_COMING = (State.APPROVED, State.AWAITING, State.PLANNED)
_NOT_OUT = (*_COMING, State.DUE, State.RETRY_LATER)
_QUIET = (*SINCE, IN_HAND)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Deliveries that need a person for one kind of reason. ``count`` are all, ``views`` those that are shown."""

    name: str
    views: tuple[DeliveryView, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Slot:
    """One item at one moment, on all channels of all units that are told together."""

    first: DeliveryView
    channels: tuple[str, ...]
    accounts: int
    states: tuple[State, ...]
    pictured: DeliveryView
    reason: str


@dataclass(frozen=True, slots=True)
class Today:
    """One look at the book."""

    now: datetime
    whole: Mapping[str, Any]
    """``loa.dispatch.standing.facts_of``."""
    coming: tuple[Slot, ...]
    mine: tuple[Slot, ...]
    """What waits for the approval of the person who looks; without a person, of anybody."""
    mine_count: int
    troubles: tuple[Trouble, ...]
    in_hand: tuple[HandOff, ...]
    out: tuple[DeliveryView, ...]
    """What went out last."""

    def choices(self, view: DeliveryView) -> tuple[Choice, ...]:
        """What a person may do about a delivery."""
        return choices_of(view, self.now)


def look(desk: Desk, person: Reviewer | None, lang: Lang, most: int = FEW) -> Today:
    """Everything on the page, asked by questions that stay short however long the book is."""
    now = desk.clock.now()
    with desk.book.read() as connection:
        coming = next_ids(connection, _COMING, now, MANY)
        mine, count = open_to(connection, person.id if person else "", MANY)
        out = last_done_ids(connection, 3 * FEW)
        troubles = _troubles(connection, now, most)
    wanted = {*coming, *mine, *out, *(each for _, ids, _ in troubles for each in ids)}
    views = {each.id: each for each in overview(desk.book, desk.workspace, ids=wanted, lang=lang, cards=desk.cards)}
    return Today(
        now,
        facts_of(desk, lang),
        _slots(_of(views, coming))[:FEW],
        _slots(_of(views, mine))[:FEW],
        count,
        tuple(Trouble(name, _of(views, ids), many) for name, ids, many in troubles if many),
        open_handoffs(desk),
        _published(_of(views, out))[:FEW],
    )


def _troubles(connection: Connection, now: datetime, most: int) -> list[tuple[str, list[int], int]]:
    """Each delivery stands in the first kind that takes it."""
    kinds = [
        ("doubt", *told_ids(connection, (State.UNKNOWN, State.HUMAN), (), most)),
        ("hidden", *_hidden(connection, most)),
        ("late", *late_ids(connection, _NOT_OUT, now - LATE_AFTER, most)),
        ("held", *told_ids(connection, (State.HELD,), _QUIET, most)),
        ("missed", *told_ids(connection, (State.MISSED,), _QUIET, most)),
        ("refused", *told_ids(connection, (State.REFUSED, State.DONE), _QUIET, most)),
    ]
    return [(name, ids, count) for name, ids, count in kinds]


def _hidden(connection: Connection, most: int) -> tuple[list[int], int]:
    """Posts that lie hidden on their platform until a person shows them."""
    ids, _ = told_ids(connection, (State.PENDING,), _QUIET, MANY)
    rows = [each for each in deliveries_of(connection, ids) if each.reason == TO_BE_SHOWN]
    return [row.id for row in rows[:most]], len(rows)


def _of(views: Mapping[int, DeliveryView], ids: Sequence[int]) -> tuple[DeliveryView, ...]:
    return tuple(views[each] for each in ids if each in views)


def _slots(views: Sequence[DeliveryView]) -> tuple[Slot, ...]:
    """Grouped by item and moment, in the order in which they are due."""
    groups: dict[tuple[datetime, str, str, str], list[DeliveryView]] = {}
    for each in views:
        groups.setdefault((each.due, each.campaign_id, each.item_id, each.action), []).append(each)
    return tuple(_slot(members) for _, members in sorted(groups.items(), key=lambda group: group[0]))


def _slot(members: Sequence[DeliveryView]) -> Slot:
    pictured = next((each for each in members if first_picture(each)), members[0])
    channels = tuple(dict.fromkeys(each.channel for each in members))
    states = tuple(state for state in State if any(each.state == state for each in members))
    reason = next((each.reason for each in members if each.reason), "")
    return Slot(members[0], channels, len({each.account_id for each in members}), states, pictured, reason)


def _published(views: Sequence[DeliveryView]) -> tuple[DeliveryView, ...]:
    """Public posts that are out, the newest first."""
    done = [each for each in views if each.state == State.DONE and each.action == "publish" and each.receipts]
    return tuple(sorted(done, key=lambda each: max(one.at for one in each.receipts), reverse=True))


def is_standing(view: DeliveryView) -> bool:
    """Whether a post that is out may still be taken down."""
    return view.code != REMOVED and not view.recipients
