"""How a message arrives on handsets, for the people who approve it: its parts, and what they cost together."""

from __future__ import annotations

from typing import Any

from loa.delivery import ChannelCard
from loa.dispatch.views import MessageView
from loa.draft import settings_over
from loa.rules import cost, price_per_part
from loa.text import sms_count, sms_split
from loa.workspace import Workspace


def message_view(workspace: Workspace, card: ChannelCard, content: dict[str, Any]) -> MessageView | None:
    """The parts of a package that goes to phones; None on a channel that does not send by parts."""
    settings = content["account"]["settings"]
    way = card.of(settings)
    if way.bulk is None:
        return None
    reserved = way.bulk(content["options"]).reserved
    count = sms_count(content["text"], reserved)
    price = price_per_part(settings_over(workspace, way, settings))
    people = content["recipients"].get("count", 0)
    return MessageView(
        sender=settings.get("brandname", ""),
        alphabet="GSM-7" if count.encoding == "gsm7" else "UCS-2",
        units=count.units,
        parts=sms_split(content["text"], reserved),
        parts_total=count.parts * people,
        cost=None if price is None else cost(count.parts, people, price),
    )
