"""What the rules say of the messages that a plan would send: found at check, not at the wire."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time

from loa.calendar import QuietWindow
from loa.campaign import LoadedCampaign
from loa.delivery import ONE_EACH, Bulk, ChannelCard
from loa.draft.compose import Draft
from loa.draft.terms import settings_of_account
from loa.errors import Place, Problem
from loa.rules import (
    USUAL_PACE,
    carrier_problems,
    course_of,
    list_problems,
    price_per_part,
    rules_by_id,
    sender_problems,
    text_problems,
)
from loa.workspace import Workspace


def message_problems(
    workspace: Workspace, card: ChannelCard, draft: Draft, loaded: LoadedCampaign
) -> Iterator[Problem]:
    """Everything that would keep one draft from going out as a message of its class.

    A channel that sends approved templates has no words of its own to be judged: of it only the list is.
    """
    terms = draft.terms
    rules = rules_by_id(workspace, terms.rules) if terms else None
    if terms is None or rules is None:
        return
    message = rules.of(terms.message_class)
    place = _placer(loaded, draft)
    if card.bulk is not None:
        for problem in text_problems(draft.text, rules, message, bulk_of(card, draft.account.settings, draft.options)):
            yield replace(problem, place=place(()))
        yield from _of_budget(workspace, card, draft, place)
    for listed in workspace.settings.lists:
        if draft.recipients and listed.id == draft.recipients.name:
            for problem in list_problems(listed.id, listed.consent, message):
                yield replace(problem, place=place(("recipients",)))
    start = draft.slot.due.astimezone(workspace.zone)
    if course_of(start, 1, USUAL_PACE, message, quiet_of(workspace, card)) is None:
        yield Problem("E794", {}, place(()))


def account_problems(workspace: Workspace, cards: Mapping[str, ChannelCard]) -> Iterator[Problem]:
    """What is wrong with the senders of messages, once for each account."""
    for placed in workspace.accounts.placed:
        account = placed.account
        card = cards.get(account.channel)
        if card is not None and card.bulk is not None:
            place = placed.place("settings", key=True)
            for problem in (*sender_problems(account.settings), *carrier_problems(account.settings)):
                yield replace(problem, place=place)


def bulk_of(card: ChannelCard, account: Mapping[str, str], options: Mapping[str, str]) -> Bulk:
    """What the gateway of an account (by its settings) takes of such a message."""
    limits = card.of(account).bulk
    return limits(options) if limits else ONE_EACH


def quiet_of(workspace: Workspace, card: ChannelCard) -> tuple[QuietWindow, ...]:
    """When nothing may leave on a channel: the quiet hours of the house, and the channel's own."""
    house = workspace.settings.policies.quiet_hours
    quiet = QuietWindow(house.start, house.end)
    if card.hours is None:
        return (quiet,)
    opens, last = (datetime.strptime(each, "%H:%M").time() for each in card.hours)  # noqa: DTZ007 - only its time
    return quiet, QuietWindow(_a_minute_after(last), opens)


def _a_minute_after(last: time) -> time:
    hour, minute = divmod((last.hour * 60 + last.minute + 1) % (24 * 60), 60)
    return time(hour, minute)


_Placer = Callable[[tuple[str, ...]], Place]


def _placer(loaded: LoadedCampaign, draft: Draft) -> _Placer:
    """Where something of the draft's ``send`` stands in the campaign file."""
    return lambda loc: loaded.item_place(draft.slot.item_id, "send", draft.channel, *loc)


def _of_budget(workspace: Workspace, card: ChannelCard, draft: Draft, place: _Placer) -> Iterator[Problem]:
    settings = settings_of_account(workspace, card.of(draft.account.settings), draft.account)
    if draft.terms and draft.terms.budget and price_per_part(settings) is None:
        yield Problem("E783", {}, place(("options", "budget")))
