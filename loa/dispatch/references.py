"""A delivery that points at finished posts of another channel: which posts those are, and whether they are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.actions import changes_of
from loa.dispatch.desk import Desk
from loa.dispatch.package import action_of, seen
from loa.draft.references import ITEMS_OPTION
from loa.store import DeliveryRow

WAIT = timedelta(minutes=1)
_LOST = (State.REFUSED, State.CANCELLED, State.MISSED)


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a delivery points at: the platform's ids in order, items that are not out yet, items that never will be."""

    ids: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def pointed_at(desk: Desk, connection: store.Connection, row: DeliveryRow) -> Pointed:
    """The posts that ``row`` points at, as the book has them now; nothing for a channel that points at none."""
    channel = desk.cards[row.channel].refers_to
    if not channel:
        return Pointed()
    content = seen(row.package)
    ids: list[str] = []
    waiting: list[str] = []
    lost: list[str] = []
    others = store.deliveries(connection, campaigns=[row.campaign_id], due_before=row.due)
    mine = [each for each in others if (each.channel, each.unit_code) == (channel, row.unit_code)]
    identity = _identity(desk, row, content)
    for item in _items(row, content):
        post = _newest([each for each in mine if each.item_id == item], identity)
        if post is None or post.state in _LOST or post.reason == reasons.REMOVED or _is_leaving(connection, post):
            lost.append(item)
        elif number := _platform_id(connection, post):
            ids.append(number)
        else:
            (lost if post.state == State.DONE else waiting).append(item)
    return Pointed(tuple(ids), tuple(waiting), tuple(lost))


def _items(row: DeliveryRow, content: Mapping[str, Any]) -> tuple[str, ...]:
    named = (part.strip() for part in content["options"].get(ITEMS_OPTION, "").split(","))
    return tuple(dict.fromkeys(name for name in named if name)) or (row.item_id,)


def _identity(desk: Desk, row: DeliveryRow, content: Mapping[str, Any]) -> dict[str, str]:
    """The settings that two accounts of one platform account share (``oa_id``): only its own posts can be meant."""
    card = desk.cards[row.channel]
    shared = set(card.account_settings) & set(desk.cards[card.refers_to].account_settings)
    return {name: content["account"]["settings"].get(name, "") for name in sorted(shared)}


def _newest(posts: Sequence[DeliveryRow], identity: Mapping[str, str]) -> DeliveryRow | None:
    """The last of an item's posts by their moments. What was corrected or taken down keeps its own row."""
    for post in reversed(posts):
        content = seen(post.package)
        if "action" not in content and identity.items() <= content["account"]["settings"].items():
            return post
    return None


def _is_leaving(connection: store.Connection, post: DeliveryRow) -> bool:
    """Whether a person has asked for the post to be taken down, and that has not failed."""
    done_to_it = changes_of(connection, post)
    return any(action_of(each.package) == "remove" and each.state not in _LOST for each in done_to_it)


def _platform_id(connection: store.Connection, post: DeliveryRow) -> str:
    done = store.sendings(connection, delivery_ids=[post.id], states=(State.DONE,))
    return next((each.platform_id for each in done if each.platform_id), "")
