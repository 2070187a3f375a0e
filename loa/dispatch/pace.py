"""When a delivery may leave: its lead, the quiet hours, the channel's hours, and its place among many accounts."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from loa import store
from loa.delivery import ChannelCard
from loa.dispatch.desk import Desk
from loa.dispatch.messages import facts_of
from loa.dispatch.package import action_of, card_of, seen
from loa.draft import quiet_of
from loa.errors import LoaError
from loa.rules import closed_hours, released
from loa.store import DeliveryRow, Resumed
from loa.workspace import AccountSettings, Workspace
from loa.workspace.limits import BUCKET, MOST_PER_SECOND, RATE, rate_in

GROUP = 5
"""So many accounts of a channel leave together; the next group leaves a ``stagger`` later."""
LEAST_REST = {"E608": timedelta(hours=6)}
"""A platform that has blocked an account for its pace is left alone for hours, whatever a person says meanwhile."""
Line = Mapping[str, int]
"""The places of deliveries (by key) that leave in the same moment on one channel."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast public posts leave by an account. ``bucket``: accounts with the same one share its pace."""

    bucket: str
    distance: float
    """Seconds between two posts."""
    is_shared: bool = False


def pace_of(workspace: Workspace, cards: Mapping[str, ChannelCard], account: AccountSettings) -> Pace:
    """The pace of an account: its own setting, else its channel's, else what the channel's card says.

    Raises:
        LoaError: E590, the setting is no number of posts a second.
    """
    channel = workspace.settings.channels.get(account.channel)
    written = account.settings.get(RATE, "") or (channel.settings.get(RATE, "") if channel else "")
    rate = rate_in(written) if written else cards[account.channel].of(account.settings).rate_per_second
    if rate is None:
        raise LoaError("E590", name=RATE, account=account.id, value=written, most=int(MOST_PER_SECOND))
    shared = account.settings.get(BUCKET, "")
    return Pace(f"{BUCKET}:{shared}" if shared else account.id, 1.0 / rate, is_shared=bool(shared))


def due_by(desk: Desk, now: datetime) -> datetime:
    """The latest due moment that may concern us now: some channels want their deliveries ahead of time."""
    return now + max((card.lead for card in desk.cards.values()), default=timedelta(0))


def release_moment(desk: Desk, row: DeliveryRow, now: datetime) -> datetime:
    """The earliest moment from ``now`` on at which a delivery may leave.

    What a person publishes by hand is laid out ahead of its moment, at any hour: nobody outside hears of it. Nor does
    a takedown wait for the morning.
    """
    card = desk.cards[row.channel]
    moment = max(now, row.due - card.lead)
    return moment if card.by_hand or action_of(row.package) == "remove" else _open_hours(desk, row, moment)


def resume(desk: Desk, connection: store.Connection, actor: str, accounts: Collection[str] | None = None) -> Resumed:
    """Lift the pauses that wait for a person, of ``accounts`` or all; one that a platform put on rests a while yet.

    Raises:
        LoaError: E565, one of ``accounts`` does not wait for a person.
    """
    waiting = {pause.account_id for pause in store.pauses(connection, desk.clock.now()) if pause.until is None}
    for name in accounts or ():
        if name not in waiting:
            raise LoaError("E565", name=name)
    return store.resume_accounts(connection, actor, desk.clock.now(), accounts, LEAST_REST)


def _open_hours(desk: Desk, row: DeliveryRow, moment: datetime) -> datetime:
    """``moment`` when the channel may speak then, else the end of the quiet hours or the channel's opening.

    A message to people keeps to the hours of its class besides; one that may go at any hour keeps to none.
    """
    content = seen(row.package)
    facts = facts_of(desk.workspace, desk.cards, content)
    windows = closed_hours(facts.message, facts.quiet) if facts else quiet_of(desk.workspace, card_of(desk.cards, row))
    return released(moment.astimezone(desk.workspace.zone), windows).astimezone(moment.tzinfo)


def line_of(connection: store.Connection, channel: str, due: datetime) -> Line:
    """The line of everything that is due on a channel at one moment, whatever has become of it."""
    keys = sorted(store.keys_of_moment(connection, channel, due), key=_shuffled)
    return {key: place for place, key in enumerate(keys)}


def first_try(desk: Desk, row: DeliveryRow, line: Line, now: datetime) -> datetime:
    """When the sendings of a delivery that is laid out now leave: groups of accounts, a little apart from each other.

    The place in the line follows from the keys alone, so that every beat and every restart finds the same one. A line
    that is longer than half of what is left of the window is pressed together, so that its end is not too late.
    """
    card = desk.cards[row.channel]
    start = row.due - card.lead
    group = line[row.key] // GROUP
    if not group or not card.stagger or card.to_recipients:
        return start
    wait = card.stagger * (group + _shuffled(row.key) / 2**64)
    room = max(row.expires - now, timedelta(0)) / 2
    whole = card.stagger * (len(line) / GROUP + 1)
    return max(start, now) + wait * min(1.0, room / whole)


def _shuffled(key: str) -> int:
    """A number from 0 to 2⁶⁴ that has nothing to do with the alphabet of the accounts."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])
