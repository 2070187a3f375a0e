"""What a channel's card says of a picture or clip, as problems that people can read."""

from __future__ import annotations

from collections.abc import Iterator

from loa.delivery import ChannelCard, MediaFacts
from loa.errors import Place, Problem

_CODES = {"size": "E481", "ratio": "E482", "bytes": "E483", "seconds": "E484", "type": "E486", "encoding": "E486"}


def media_problems(card: ChannelCard, name: str, facts: MediaFacts, place: Place | None = None) -> Iterator[Problem]:
    """Every rule of the card that a file breaks; ``name`` is what the campaign calls it.

    What the platform only says, and nobody has tried, is a warning.
    """
    for fault in card.faults(facts):
        params = {"channel": card.name_vi, "asset": name, "found": fault.found, "allowed": fault.allowed}
        yield Problem(_CODES[fault.name], params, place, severity="warning" if fault.untried else "error")
