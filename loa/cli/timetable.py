"""``loa timetable``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import AsJson, Campaigns, From, To, known_campaigns, span, workspace_here


def timetable(
    campaigns: Campaigns = None,
    first: From = "",
    last: To = "",
    ics: Annotated[
        Path | None, typer.Option("--ics", help=say("Ghi lịch ra tệp .ics", "Write an .ics calendar"))
    ] = None,
    json_wanted: AsJson = False,
) -> None:
    """Show the slots of a span of days."""
    from loa.campaign import load_campaigns
    from loa.cli.output import as_json, line, table
    from loa.messages import moment
    from loa.timetable import build, titles_of, to_ics

    workspace = workspace_here()
    wanted = known_campaigns(workspace, campaigns)
    loaded = [each for each in load_campaigns(workspace) if not wanted or each.campaign.id in wanted]
    start, end = span(workspace, first, last)
    slots = build(workspace, loaded, start, end)
    titles = titles_of(loaded)
    if ics:
        ics.write_bytes(to_ics(slots, workspace, titles))
        line(say(f"Đã ghi {len(slots)} suất phát vào {ics}", f"{len(slots)} slots written to {ics}"))
        return
    if json_wanted:
        as_json([{"key": slot.key, "due": slot.due, "expires": slot.expires} for slot in slots])
        return
    rows = [
        (
            moment(slot.due, workspace.zone, lang()),
            workspace.units.get(slot.unit_code).name,
            titles[slot.campaign_id, slot.item_id],
            slot.campaign_id,
        )
        for slot in slots
    ]
    table([say("Giờ phát", "Due"), say("Đơn vị", "Unit"), say("Tin", "Item"), say("Chiến dịch", "Campaign")], rows)
    line(say(f"{len(slots)} suất phát.", f"{len(slots)} slots."))
