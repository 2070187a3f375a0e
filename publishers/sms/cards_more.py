"""The cards of the other SMS gateways: an Android phone, and two international ones."""

from __future__ import annotations

from collections.abc import Mapping

from loa.delivery import ChannelCard

CARDS: Mapping[str, ChannelCard] = {}
"""Gateway → its card; the horn is ``HORN`` of the module of the same name."""
