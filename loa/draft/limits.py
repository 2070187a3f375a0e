"""What each channel's card says of the texts and assets that the plan would send: found at check, not at publishing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from functools import cache, partial
from textwrap import shorten

from loa.campaign import LoadedCampaign
from loa.delivery import ChannelCard, MediaFacts
from loa.delivery.media import KIND_NAMES
from loa.draft.compose import Composer, Draft, as_sent
from loa.draft.media import media_problems
from loa.draft.messages import account_problems, message_problems
from loa.draft.prices import price_of, price_without_links
from loa.draft.quota import quota_problems
from loa.draft.recipients import not_looked_up
from loa.draft.references import reference_problems
from loa.draft.titles import title_problems
from loa.errors import LoaError, Place, Problem
from loa.messages import dollars
from loa.render import Kind, Renderer, kind_of, size_of, template_fields, template_formats
from loa.text import mobile_numbers
from loa.timetable import Slot, build
from loa.workspace import Workspace

_SHOWN_UNITS, _SHOWN_LETTERS = 20, 60


def limit_problems(
    workspace: Workspace,
    campaigns: Sequence[LoadedCampaign],
    cards: Mapping[str, ChannelCard],
    start: datetime,
    end: datetime,
) -> list[Problem]:
    """Every limit that a draft of the span breaks, once for each item and channel."""
    composer = Composer(workspace, Renderer(workspace), not_looked_up, cards)
    slots = build(workspace, campaigns, start, end)
    return [
        *_of_drafts(_Look(workspace, cards), composer, {each.campaign.id: each for each in campaigns}, slots),
        *account_problems(workspace, cards),
        *quota_problems(workspace, campaigns, cards, slots, start),
        *reference_problems(workspace, campaigns, cards, slots, start),
        *title_problems(workspace, campaigns, cards, slots, composer),
    ]


class _Look:
    """What the drafts are judged by; what is asked of a template is asked once."""

    def __init__(self, workspace: Workspace, cards: Mapping[str, ChannelCard]) -> None:
        self.workspace = workspace
        self.cards = cards
        self.formats: Callable[[str], Sequence[str]] = cache(partial(template_formats, workspace))
        self.kind: Callable[[str, str], Kind] = cache(partial(kind_of, workspace))
        self.size: Callable[[str, str], tuple[int, int]] = cache(partial(size_of, workspace))
        self.fields: Callable[[str], Sequence[str]] = cache(partial(template_fields, workspace))


def _of_drafts(
    look: _Look, composer: Composer, campaigns: Mapping[str, LoadedCampaign], slots: Sequence[Slot]
) -> list[Problem]:
    found: dict[tuple[str, str, str, str], dict[str, Problem]] = {}
    looked: dict[tuple[str, str, str], set[str]] = {}
    for slot in _first_of_each(slots):
        loaded = campaigns[slot.campaign_id]
        try:
            drafts = composer.drafts(loaded, slot)
        except LoaError as error:  # a sign without a plain form, a day without rules
            for problem in error.problems():
                found.setdefault((slot.campaign_id, slot.item_id, str(problem.place), problem.code), {"": problem})
            continue
        for draft in (each for each in drafts if not each.gaps):  # of these the unit's gap is told
            looked.setdefault((slot.campaign_id, slot.item_id, draft.channel), set()).add(slot.unit_code)
            # what does not exist in a format has no kind there
            problems = list(_of_formats(look, draft, loaded)) or _of_draft(look, draft, loaded)
            for problem in problems:
                told = found.setdefault((slot.campaign_id, slot.item_id, draft.channel, problem.code), {})
                told.setdefault(slot.unit_code, problem)
    everybody = {key: units for key, units in looked.items() if len(units) > 1}
    return [each for key, told in found.items() for each in _told(look, told, everybody.get(key[:3], set(told)))]


def _told(look: _Look, told: Mapping[str, Problem], everybody: set[str]) -> Iterator[Problem]:
    """Once where it is the same for all units that send the item; else for some of those of which it is true."""
    if set(told) == everybody:
        yield next(iter(told.values()))
        return
    for code, problem in list(told.items())[:_SHOWN_UNITS]:
        channel = problem.params.get("channel", "")
        named = f"{channel} ({code}, {shorten(look.workspace.units.get(code).name, _SHOWN_LETTERS)})"
        yield replace(problem, params={**problem.params, "channel": named})


def _first_of_each(slots: Sequence[Slot]) -> Iterator[Slot]:
    """One slot for each item, unit and meeting: the others of a recurrence differ in their date only."""
    seen = set()
    for slot in slots:
        name = (slot.campaign_id, slot.item_id, slot.unit_code, slot.meeting)
        if name not in seen:
            seen.add(name)
            yield slot


def _of_draft(look: _Look, draft: Draft, loaded: LoadedCampaign) -> Iterator[Problem]:
    place = loaded.item_place(draft.slot.item_id, "send", draft.channel)
    card = look.cards[draft.channel]
    names = {"channel": card.name_vi, "channel_id": card.id}
    yield from _of_words(draft, card, names, place)
    yield from message_problems(look.workspace, card, draft, loaded)
    kinds = [look.kind(order.template, order.format) for _, order in draft.orders]
    if card.needs_picture and "picture" not in kinds:
        yield Problem("E543", names, place)
    if card.needs_one_of and not set(kinds) & set(card.needs_one_of):
        yield Problem("E695", {"detail": ", ".join(KIND_NAMES[kind] for kind in card.needs_one_of)}, place)
    yield from _unwanted(look, draft, names, place)
    yield from _of_counts(card, kinds, names, place)
    yield from _of_frames(look, draft, place)
    yield from _of_price(look, draft, names, place)


def text_problems_of(draft: Draft, card: ChannelCard) -> Iterator[Problem]:
    """What the channel's card says of the words of one draft."""
    return _of_words(draft, card, {"channel": card.name_vi, "channel_id": card.id}, None)


def _of_words(draft: Draft, card: ChannelCard, names: Mapping[str, str], place: Place | None) -> Iterator[Problem]:
    length = card.measure(as_sent(card, draft.text, draft.link))
    if length > card.max_length and card.bulk is None:  # how long a message may be, the rules of its class say
        yield Problem("E524", {**names, "length": str(length), "most": str(card.max_length)}, place)
    if card.needs_title and not draft.title:
        yield Problem("E525", names, place)
    if card.no_phone_numbers and (count := mobile_numbers(f"{draft.title}\n{draft.text}")):
        yield Problem("E689", {"detail": str(count)}, place)
    for what, text, most in (("title", draft.title, card.max_title), ("summary", draft.summary, card.max_summary)):
        if most and len(text) > most:
            yield Problem("E529", {**names, "what": what, "length": str(len(text)), "most": str(most)}, place)


def _of_counts(card: ChannelCard, kinds: Sequence[Kind], names: Mapping[str, str], place: Place) -> Iterator[Problem]:
    """More of a kind than a post carries, or kinds that a post does not carry together; a package carries any."""
    taken = {kind: card.most_of(kind) for kind in kinds if card.most_of(kind)}
    for kind, most in taken.items():
        if (count := kinds.count(kind)) > most:
            yield Problem("E527", {**names, "most": str(most), "count": str(count)}, place)
    if len(taken) > 1 and not (card.mixes_kinds or card.by_hand):
        yield Problem("E577", {**names, "kinds": " + ".join(taken)}, place)


def _of_frames(look: _Look, draft: Draft, place: Place) -> Iterator[Problem]:
    """Pictures and clips whose frame the channel does not take; the file itself is looked at when it is made."""
    card = look.cards[draft.channel]
    for name, order in draft.orders:
        width, height = look.size(order.template, order.format)
        facts = MediaFacts(look.kind(order.template, order.format), width=width, height=height)
        yield from media_problems(card, name, facts, place)


def _of_price(look: _Look, draft: Draft, names: Mapping[str, str], place: Place) -> Iterator[Problem]:
    """A text that its link makes dearer; a picture with a QR code can carry the link for nothing."""
    card = look.cards[draft.channel]
    if card.price is None:
        return
    text = as_sent(card, draft.text, draft.link)
    price, without = price_of(look.workspace, card, text), price_without_links(look.workspace, card, text)
    if price > without:
        coded = any("qr" in look.fields(order.template) and order.data.get("qr") for _, order in draft.orders)
        params = {**names, "with_link": dollars(price), "without": dollars(without)}
        yield Problem("E569" if coded else "E574", params, place, severity="warning")


def _of_formats(look: _Look, draft: Draft, loaded: LoadedCampaign) -> Iterator[Problem]:
    place = loaded.item_place(draft.slot.item_id, "make")
    for _, order in (*draft.orders, *draft.besides):
        known = tuple(look.formats(order.template))
        if order.format not in known:
            words = {"template": order.template, "format": order.format}
            guess = get_close_matches(order.format, known, 1)
            yield Problem("E544", words, place, accepted=known, suggestion=guess[0] if guess else "")


def _unwanted(look: _Look, draft: Draft, names: Mapping[str, str], place: Place) -> Iterator[Problem]:
    """Assets of a kind that the channel does not take. Print and sound go to no channel: that has words of its own."""
    card = look.cards[draft.channel]
    for name, order in draft.orders:
        made = look.kind(order.template, order.format)
        if not card.most_of(made):
            code = "E499" if made in ("document", "audio") else "E526"
            yield Problem(code, {**names, "asset": name}, place)
