"""The cards of every channel."""

from __future__ import annotations

from loa.delivery import ChannelCard
from publishers import REGISTRY


def cards() -> dict[str, ChannelCard]:
    """Every channel that the program knows, by id."""
    return {name: entry.card for name, entry in REGISTRY.items()}
