"""What ``loa sms compare`` lays side by side: one text with and without diacritics, and what either costs and takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from loa.calendar import QuietWindow
from loa.errors import LoaError
from loa.rules import MessageClass, cost, course_of
from loa.text import Breaker, SmsCount, UnwritableCharacters, nfc, sms_breakers, sms_count, unaccent, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loa.campaign import LoadedCampaign
    from loa.clock import Clock
    from loa.delivery import ChannelCard
    from loa.timetable import Slot
    from loa.workspace import AccountSettings, Workspace

CHANNEL = "sms"
_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Message:
    """One text with what decides its way: who sends it, when, as which class."""

    text: str
    start: datetime
    """Local time."""
    account: AccountSettings | None = None
    options: tuple[tuple[str, str], ...] = ()
    list_name: str = ""
    unit_code: str = ""
    about: str = ""
    """What it belongs to, for people; empty for a text that was only typed."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the numbers are reckoned with."""

    recipients: int
    price: Decimal | None
    """VND a part; None where nobody has said one."""
    pace: Decimal
    """Parts a second."""
    reserved: int
    """Characters that the operators add themselves."""
    rules: MessageClass
    quiet: tuple[QuietWindow, ...]
    start: datetime


@dataclass(frozen=True, slots=True)
class Form:
    """A text in one of its two forms."""

    text: str
    count: SmsCount
    parts_total: int
    cost: Decimal | None
    takes: timedelta
    """Pure sending, without the hours in which nothing may leave."""
    begin: datetime | None
    finish: datetime | None
    """The first and the last part leave, local time; None where it would never end."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both forms of a text."""

    kept: Form
    removed: Form | None
    """None where something cannot be written without diacritics."""
    breakers: tuple[Breaker, ...]
    unwritable: tuple[str, ...]
    """What stands in the way of the form without diacritics, as people see it."""


def compare_forms(text: str, terms: Terms) -> Comparison:
    """``text`` as it is and without diacritics, under the same terms."""
    kept, breakers = form_of(nfc(text), terms), sms_breakers(text)
    try:
        return Comparison(kept, form_of(unaccent(text), terms), breakers, ())
    except UnwritableCharacters as refused:
        return Comparison(kept, None, breakers, tuple(map(visible, refused.characters)))


def form_of(text: str, terms: Terms) -> Form:
    """What one text costs and how long it takes."""
    count = sms_count(text, terms.reserved)
    total = count.parts * terms.recipients
    course = course_of(terms.start, total, terms.pace, terms.rules, terms.quiet)
    return Form(
        text,
        count,
        total,
        None if terms.price is None else cost(count.parts, terms.recipients, terms.price),
        timedelta(seconds=float(total / terms.pace)),
        course.start if course else None,
        course.finish if course else None,
    )


def message_of(
    workspace: Workspace, clock: Clock, campaign_id: str, item_id: str, account_id: str, card: ChannelCard
) -> Message:
    """The text of an item as its next slot would send it, before anybody takes its diacritics away.

    Raises:
        LoaError: E332 no such item, E333 it goes to no phones, E334 nothing is due, E335 no such account.
    """
    from loa.campaign import load_campaigns
    from loa.draft import Composer, not_looked_up
    from loa.render import Renderer

    loaded = _item_as_written(load_campaigns(workspace), campaign_id, item_id)
    slot, account = _next(workspace, loaded, clock.now(), item_id, account_id)
    composer = Composer(workspace, Renderer(workspace), not_looked_up, {card.id: card})
    item = loaded.item(item_id)
    return Message(
        composer.as_sent(loaded, slot, CHANNEL),
        slot.due.astimezone(workspace.zone),
        account,
        tuple(item.send[CHANNEL].options.items()),
        item.send[CHANNEL].recipients or "",
        slot.unit_code,
        f"{item.title} · {workspace.units.get(slot.unit_code).name}",
    )


def _item_as_written(campaigns: Sequence[LoadedCampaign], campaign_id: str, item_id: str) -> LoadedCampaign:
    """The campaign, whose item keeps its diacritics here whatever it says."""
    loaded = next((each for each in campaigns if each.campaign.id == campaign_id), None)
    found = next((item for item in loaded.campaign.items if item.id == item_id), None) if loaded else None
    if loaded is None or found is None:
        raise LoaError("E332", campaign=campaign_id, item=item_id)
    if CHANNEL not in found.send:
        raise LoaError("E333", item=item_id)
    send = found.send[CHANNEL]
    kept = send.model_copy(update={"options": {**send.options, "diacritics": "keep"}})
    changed = found.model_copy(update={"send": {**found.send, CHANNEL: kept}})
    items = tuple(changed if item.id == item_id else item for item in loaded.campaign.items)
    return replace(loaded, campaign=loaded.campaign.model_copy(update={"items": items}))


def _next(
    workspace: Workspace, loaded: LoadedCampaign, now: datetime, item_id: str, account_id: str
) -> tuple[Slot, AccountSettings]:
    """The next slot of an item that has an account for phones, with that account."""
    from loa.timetable import build

    for slot in build(workspace, [loaded], now, now + _AHEAD):
        for account in workspace.accounts_for(slot.unit_code, CHANNEL) if slot.item_id == item_id else ():
            if account_id in ("", account.id):
                return slot, account
    raise LoaError("E334", item=item_id)


def account_of(workspace: Workspace, account_id: str) -> AccountSettings | None:
    """The account of this id; none asked for: the office's only one for phones, where it has just one.

    Raises:
        LoaError: E335, there is no such account for phones.
    """
    known = [account for account in workspace.settings.accounts if account.channel == CHANNEL]
    if not account_id:
        return known[0] if len(known) == 1 else None
    for account in known:
        if account.id == account_id:
            return account
    raise LoaError("E335", account=account_id, known=", ".join(account.id for account in known) or "–")
