"""What each channel's card says of the texts and assets that the plan would send: found at check, not at publishing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from functools import cache, partial

from loa.campaign import LoadedCampaign
from loa.delivery import ChannelCard, MediaFacts
from loa.draft.compose import Composer, Draft
from loa.draft.media import media_problems
from loa.errors import Place, Problem
from loa.render import Kind, Renderer, kind_of, size_of, template_formats
from loa.timetable import Slot, build
from loa.workspace import Workspace

KindOf = Callable[[str, str], Kind]
"""The kind of asset that a template becomes in a format."""
SizeOf = Callable[[str, str], tuple[int, int]]
"""Its width and height in pixels."""


def limit_problems(
    workspace: Workspace,
    campaigns: Sequence[LoadedCampaign],
    cards: Mapping[str, ChannelCard],
    start: datetime,
    end: datetime,
) -> list[Problem]:
    """Every limit that a draft of the span breaks, once for each item and channel.

    Raises:
        ProblemsFound: a text could not be put together (a missing field, a missing list).
    """
    composer = Composer(workspace, Renderer(workspace), mark=lambda number: number, cards=cards)
    by_id = {loaded.campaign.id: loaded for loaded in campaigns}
    formats, kind = cache(partial(template_formats, workspace)), cache(partial(kind_of, workspace))
    size = cache(partial(size_of, workspace))
    found: dict[tuple[str, str, str, str], Problem] = {}
    for slot in _first_of_each(build(workspace, campaigns, start, end)):
        loaded = by_id[slot.campaign_id]
        for draft in composer.drafts(loaded, slot):
            # what does not exist in a format has no kind there
            card = cards[draft.channel]
            problems = list(_of_formats(formats, draft, loaded)) or (
                *_of_draft(draft, card, loaded, kind),
                *_of_frames(draft, card, loaded, kind, size),
            )
            for problem in problems:
                found.setdefault((slot.campaign_id, slot.item_id, draft.channel, problem.code), problem)
    return list(found.values())


def _first_of_each(slots: Sequence[Slot]) -> Iterator[Slot]:
    """One slot for each item and unit: the others of a recurrence differ in their date only."""
    seen = set()
    for slot in slots:
        name = (slot.campaign_id, slot.item_id, slot.unit_code)
        if name not in seen:
            seen.add(name)
            yield slot


def _of_draft(draft: Draft, card: ChannelCard, loaded: LoadedCampaign, kind: KindOf) -> Iterator[Problem]:
    place = loaded.item_place(draft.slot.item_id, "send", draft.channel)
    names = {"channel": card.name_vi, "channel_id": card.id}
    if (length := card.measure(_as_sent(draft, card))) > card.max_length:
        yield Problem("E524", names | {"length": str(length), "most": str(card.max_length)}, place)
    if card.needs_title and not draft.title:
        yield Problem("E525", names, place)
    for what, text, most in (("title", draft.title, card.max_title), ("summary", draft.summary, card.max_summary)):
        if most and len(text) > most:
            yield Problem("E529", names | {"what": what, "length": str(len(text)), "most": str(most)}, place)
    if card.needs_picture and not draft.orders:
        yield Problem("E543", names, place)
    yield from _unwanted(draft, card, kind, names, place)
    if card.media and len(draft.orders) > (most := max(rule.max_count for rule in card.media)):
        yield Problem("E527", names | {"most": str(most), "count": str(len(draft.orders))}, place)


def _of_frames(
    draft: Draft, card: ChannelCard, loaded: LoadedCampaign, kind: KindOf, size: SizeOf
) -> Iterator[Problem]:
    """Pictures and clips whose frame the channel does not take; the file itself is looked at when it is made."""
    place = loaded.item_place(draft.slot.item_id, "send", draft.channel)
    for name, order in draft.orders:
        width, height = size(order.template, order.format)
        facts = MediaFacts(kind(order.template, order.format), width=width, height=height)
        yield from media_problems(card, name, facts, place)


def _of_formats(formats: Callable[[str], Sequence[str]], draft: Draft, loaded: LoadedCampaign) -> Iterator[Problem]:
    place = loaded.item_place(draft.slot.item_id, "make")
    for _, order in (*draft.orders, *draft.besides):
        known = tuple(formats(order.template))
        if order.format not in known:
            words = {"template": order.template, "format": order.format}
            guess = get_close_matches(order.format, known, 1)
            yield Problem("E544", words, place, accepted=known, suggestion=guess[0] if guess else "")


def _as_sent(draft: Draft, card: ChannelCard) -> str:
    """The text with its link on a line of its own, as public channels carry it."""
    if card.to_recipients or not draft.link or draft.link in draft.text:
        return draft.text
    return f"{draft.text}\n{draft.link}"


def _unwanted(
    draft: Draft, card: ChannelCard, kind: KindOf, names: Mapping[str, str], place: Place
) -> Iterator[Problem]:
    """Assets of a kind that the channel does not take. Print and sound go to no channel: that has words of its own."""
    taken = {rule.kind for rule in card.media}
    for name, order in draft.orders:
        made = kind(order.template, order.format)
        if made not in taken:
            code = "E499" if made in ("document", "audio") else "E526"
            yield Problem(code, {**names, "asset": name}, place)
