"""What a post costs, where a channel asks money for it: told before it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from loa.campaign import LoadedCampaign
from loa.delivery import ChannelCard
from loa.draft.channels import sent_on, settings_of, used_by
from loa.draft.compose import Composer
from loa.timetable import Slot
from loa.workspace import Workspace

NOTHING = Decimal(0)


def price_of(workspace: Workspace, card: ChannelCard, text: str) -> Decimal:
    """The price of a post with this text as sent, in US dollars; 0 on a channel without a price."""
    return card.price(text, settings_of(workspace, card)) if card.price else NOTHING


def price_without_links(workspace: Workspace, card: ChannelCard, text: str) -> Decimal:
    """The price of the same post without the words that make it dearer; the card is the judge of what a link is."""
    least = price_of(workspace, card, "")
    plain = (word for word in text.split() if price_of(workspace, card, word) <= least)
    return price_of(workspace, card, " ".join(plain))


def slot_prices(
    workspace: Workspace,
    campaigns: Sequence[LoadedCampaign],
    cards: Mapping[str, ChannelCard],
    slots: Sequence[Slot],
    composer: Composer,
) -> dict[str, Decimal]:
    """What each slot costs on all of its channels and accounts together, by its key; slots without cost are left out.

    Raises:
        ProblemsFound: a text could not be put together.
    """
    by_id = {loaded.campaign.id: loaded for loaded in campaigns}
    priced = frozenset(name for name in used_by(by_id) if name in cards and cards[name].price is not None)
    found: dict[str, Decimal] = {}
    for sent in sent_on(workspace, by_id, slots, priced):
        text = composer.as_sent(by_id[sent.slot.campaign_id], sent.slot, sent.channel)
        if price := price_of(workspace, cards[sent.channel], text):
            found[sent.slot.key] = found.get(sent.slot.key, NOTHING) + price
    return found
