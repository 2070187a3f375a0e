"""The text of a message without its marks, where a campaign asks for it: what is approved is what is sent."""

from __future__ import annotations

from collections.abc import Sequence

from loa.campaign import Item, LoadedCampaign
from loa.campaign.content import Content
from loa.errors import Place, Problem, ProblemsFound
from loa.text import UnwritableCharacters, unaccent


def without_marks(text: str, loaded: LoadedCampaign, item: Item, channel: str, contents: Sequence[Content]) -> str:
    """``text`` in plain ASCII.

    Raises:
        ProblemsFound: E301, the characters that have no plain form, each with its place; none is dropped in silence.
    """
    try:
        return unaccent(text)
    except UnwritableCharacters as error:
        places = [(sign, _place_of(sign, loaded, item, channel, contents)) for sign in error.characters]
        raise ProblemsFound([Problem("E301", {"characters": sign}, place) for sign, place in places]) from None


def _place_of(sign: str, loaded: LoadedCampaign, item: Item, channel: str, contents: Sequence[Content]) -> Place:
    """Where the sign was written; the choice itself where it came in with a field."""
    if sign in item.send[channel].text:
        number = loaded.campaign.items.index(item)
        return loaded.loaded.place_within(("items", number, "send", channel, "text"), sign)
    for content in contents:
        for section in content.sections:
            if (position := section.text.find(sign)) >= 0:
                return content.place(section, position)
    return loaded.item_place(item.id, "send", channel, "options", "diacritics")
