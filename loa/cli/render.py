"""``loa render``."""

from __future__ import annotations

from loa.cli.language import say
from loa.cli.options import AsJson, Campaigns, From, To, desk_here, known_campaigns, span


def render(campaigns: Campaigns = None, first: From = "", last: To = "", json_wanted: AsJson = False) -> None:
    """Make what is missing, then bring the plan into the book."""
    from loa.cli.output import as_json, bar, line
    from loa.dispatch import plan, render_plan

    desk = desk_here()
    wanted = known_campaigns(desk.workspace, campaigns)
    _, end = span(desk.workspace, first, last)
    with bar(say("Dựng ấn phẩm", "Rendering")) as advance:
        assets = render_plan(desk, wanted, end, advance)
    result = plan(desk, end)
    if json_wanted:
        as_json({"assets": [{"path": each.path, "sha256": each.sha256} for each in assets], "new": result.new})
        return
    pictures = sum(each.kind == "picture" for each in assets)
    line(
        say(
            f"{pictures} ảnh, {len(assets) - pictures} clip đã sẵn sàng. Lượt gửi mới: {result.new}; "
            f"mất duyệt vì đã đổi: {result.changed}.",
            f"{pictures} pictures and {len(assets) - pictures} clips are ready. New deliveries: {result.new}; "
            f"approvals dropped by changes: {result.changed}.",
        )
    )
