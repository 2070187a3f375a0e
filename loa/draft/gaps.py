"""What the words of an item ask of a unit and the unit does not have: its post waits for that, all others go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from loa.campaign import Item
from loa.campaign.content import Content
from loa.campaign.fields import known_names
from loa.campaign.words import names_used


class Gaps:
    """Looks through the words of each item once."""

    def __init__(self, content: Callable[[str], Content]) -> None:
        self._content = content
        self._used: dict[tuple[str, str], frozenset[str]] = {}

    def marks(self, campaign_id: str, item: Item, words: Mapping[str, str]) -> dict[str, str]:
        """Each field of the unit that is used and has no value, with what stands in its place for people to see."""
        key = (campaign_id, item.id)
        if key not in self._used:
            self._used[key] = names_used(item, [self._content(each) for each in item.content])
        return {name: mark(name) for name in known_names({}) if name in self._used[key] and name not in words}


def mark(name: str) -> str:
    """What stands for a value that is not there."""
    return f"[{name}]"


def gaps_in(words: Mapping[str, str]) -> tuple[str, ...]:
    """The fields whose value is not there."""
    return tuple(name for name in known_names({}) if words.get(name) == mark(name))
