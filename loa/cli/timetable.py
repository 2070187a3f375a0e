"""``loa timetable``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import AsJson, Campaigns, From, To, known_campaigns, span, workspace_here

if TYPE_CHECKING:
    from decimal import Decimal

    from loa.campaign import LoadedCampaign
    from loa.timetable import Slot
    from loa.workspace import Workspace


def timetable(
    campaigns: Campaigns = None,
    first: From = "",
    last: To = "",
    ics: Annotated[
        Path | None, typer.Option("--ics", help=say("Ghi lịch ra tệp .ics", "Write an .ics calendar"))
    ] = None,
    json_wanted: AsJson = False,
) -> None:
    """Show the slots of a span of days, and what they cost."""
    from loa.campaign import load_campaigns
    from loa.campaign.events import appointments
    from loa.cli.output import as_json, line
    from loa.timetable import build, titles_of, to_ics

    workspace = workspace_here()
    wanted = known_campaigns(workspace, campaigns)
    loaded = [each for each in load_campaigns(workspace) if not wanted or each.campaign.id in wanted]
    start, end = span(workspace, first, last)
    slots = build(workspace, loaded, start, end)
    titles = titles_of(loaded)
    if ics:
        held = [
            each
            for each in appointments(one.campaign for one in loaded)
            if start.date() <= each.meeting.date < end.date()
        ]
        ics.write_bytes(to_ics(slots, workspace, titles, held))
        told = say(f"{len(slots)} suất phát và {len(held)} buổi", f"{len(slots)} slots and {len(held)} meetings")
        line(say(f"Đã ghi {told} vào {ics}", f"{told} written to {ics}"))
        return
    prices = _prices(workspace, loaded, slots)
    costs = _costs(workspace, slots, prices)
    if json_wanted:
        as_json(_as_words(slots, prices, costs))
        return
    _show(workspace, slots, titles, prices)
    for (campaign, month), cost in costs.items():
        line(
            say(f"Chi phí dự kiến {campaign}, tháng {month}: ", f"Expected cost of {campaign} in {month}: ")
            + _usd(cost)
        )
    if len(costs) > 1:
        line(say("Tổng chi phí dự kiến: ", "Expected cost in all: ") + _usd(sum(prices.values())))


def _prices(workspace: Workspace, loaded: Sequence[LoadedCampaign], slots: Sequence[Slot]) -> Mapping[str, Decimal]:
    """What each slot costs, by its key; none while a text cannot be put together, of which ``loa check`` tells."""
    from loa.draft import Composer, not_looked_up, slot_prices
    from loa.errors import LoaError
    from loa.render import Renderer
    from loa.wiring.cards import cards

    known = cards()
    composer = Composer(workspace, Renderer(workspace), not_looked_up, known)
    try:
        return slot_prices(workspace, loaded, known, slots, composer)
    except LoaError:
        told = say("Chưa tính được chi phí: chạy loa check để xem lỗi.", "No costs yet: loa check tells what is wrong.")
        typer.echo(told, err=True)
        return {}


def _costs(
    workspace: Workspace, slots: Sequence[Slot], prices: Mapping[str, Decimal]
) -> dict[tuple[str, str], Decimal]:
    """The sum of each campaign in each month, where it is not nothing: ``("dvctt", "10/2027")``."""
    found: dict[tuple[str, str], Decimal] = {}
    for slot in slots:
        if price := prices.get(slot.key):
            name = (slot.campaign_id, f"{slot.due.astimezone(workspace.zone):%m/%Y}")
            found[name] = found[name] + price if name in found else price
    return found


def _as_words(
    slots: Sequence[Slot], prices: Mapping[str, Decimal], costs: Mapping[tuple[str, str], Decimal]
) -> dict[str, object]:
    return {
        "slots": [
            {"key": slot.key, "due": slot.due, "expires": slot.expires, "price_usd": float(prices.get(slot.key, 0))}
            for slot in slots
        ],
        "costs": [
            {"campaign": campaign, "month": month, "price_usd": float(cost)}
            for (campaign, month), cost in costs.items()
        ],
    }


def _show(
    workspace: Workspace, slots: Sequence[Slot], titles: Mapping[tuple[str, str], str], prices: Mapping[str, Decimal]
) -> None:
    from loa.cli.output import line, table
    from loa.messages import moment

    headings = [say("Giờ phát", "Due"), say("Đơn vị", "Unit"), say("Tin", "Item"), say("Chiến dịch", "Campaign")]
    rows = [
        [
            moment(slot.due, workspace.zone, lang()),
            workspace.units.get(slot.unit_code).name,
            titles[slot.campaign_id, slot.item_id],
            slot.campaign_id,
            *([_usd(prices[slot.key]) if slot.key in prices else ""] if prices else []),
        ]
        for slot in slots
    ]
    table([*headings, *([say("Chi phí", "Cost")] if prices else [])], rows)
    line(say(f"{len(slots)} suất phát.", f"{len(slots)} slots."))


def _usd(amount: Decimal | int) -> str:
    from decimal import Decimal

    from loa.messages import dollars

    return f"≈ {dollars(Decimal(amount), lang())} USD"
