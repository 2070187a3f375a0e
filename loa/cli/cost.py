"""``loa cost``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import AsJson, Campaigns, desk_here, known_campaigns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loa.campaign import LoadedCampaign
    from loa.dispatch import Desk
    from loa.dispatch.costs import BudgetCost, Cost
    from loa.plan import LoadedPlan, Plan

_PROBLEMS_FOUND = 1


def cost(
    campaigns: Campaigns = None,
    plan: Annotated[
        str, typer.Option("--plan", help=say("Mọi chiến dịch của kế hoạch này", "All campaigns of this plan"))
    ] = "",
    first: Annotated[
        str,
        typer.Option(
            "--from", metavar="YYYY-MM-DD", help=say("Từ ngày (mặc định: cả chiến dịch)", "First day (default: all)")
        ),
    ] = "",
    last: Annotated[
        str,
        typer.Option(
            "--to", metavar="YYYY-MM-DD", help=say("Đến hết ngày (mặc định: cả chiến dịch)", "Last day (default: all)")
        ),
    ] = "",
    json_wanted: AsJson = False,
) -> None:
    """What it will cost, before anybody approves it; exit code 1 where a budget does not reach."""
    from loa.campaign import load_campaigns
    from loa.cli.output import as_json
    from loa.dispatch.costs import costs, on_budget
    from loa.dispatch.logbook import find_plan
    from loa.plan import load_plans, plan_of

    desk = desk_here()
    wanted = known_campaigns(desk.workspace, campaigns)
    plans = load_plans(desk.workspace)
    named = find_plan(desk, plan) if plan else None
    known = load_campaigns(desk.workspace)
    homes = {each.campaign.id: plan_of(plans, each) for each in known}
    chosen = [
        each
        for each in known
        if (not wanted or each.campaign.id in wanted) and (named is None or _is_of(named, homes[each.campaign.id]))
    ]
    found = costs(desk, chosen, *_span(desk, chosen, first, last))
    budget = [
        line
        for each in plans
        if each.plan.budget and any(_is_of(each.plan, homes[one.campaign.id]) for one in chosen)
        for line in on_budget([one for one in found if _is_of(each.plan, homes[one.campaign_id])], each.plan.budget)
    ]
    if json_wanted:
        as_json(
            {"costs": [asdict(each) for each in found], "total": sum(each.amount for each in found)}
            | {"budget": [{"id": e.line.id, "amount": e.line.amount, "cost": e.amount} for e in budget]}
        )
    else:
        _show(found)
    _judge(found, budget)


def _is_of(plan: Plan, home: LoadedPlan | None) -> bool:
    return home is not None and home.plan.id == plan.id


def _span(desk: Desk, chosen: Sequence[LoadedCampaign], first: str, last: str) -> tuple[datetime, datetime]:
    """The days that were asked for; without them from the first day of the campaigns to their last."""
    from loa.timetable.build import period_end

    starts = [each.campaign.start for each in chosen] or [desk.clock.now().date()]
    start = _day(first) or min(starts)
    ends = [period_end(each.campaign) or start + timedelta(days=365) for each in chosen] or [start]
    zone = desk.workspace.zone
    stop = (_day(last) or max(ends)) + timedelta(days=1)
    return datetime.combine(start, time(), zone), datetime.combine(stop, time(), zone)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(say(f"{text} không phải ngày YYYY-MM-DD", f"{text} is no day YYYY-MM-DD")) from None


def _show(found: Sequence[Cost]) -> None:
    from loa.cli.output import line, table
    from loa.dispatch.words import channel_name
    from loa.messages import number

    headings = (
        say("Chiến dịch", "Campaign"),
        say("Tin", "Item"),
        say("Kênh", "Channel"),
        say("Lượt gửi", "Deliveries"),
        say("Phần, bài, bản", "Parts, posts, copies"),
        say("Đồng", "Đồng"),
    )
    rows = [
        (
            each.campaign_id,
            each.item_id or say("gói tháng", "monthly package"),
            channel_name(each.channel, lang()),
            number(each.deliveries, lang()),
            number(each.pieces, lang()),
            number(each.amount, lang()) if not each.lacks else "?",
        )
        for each in found
    ]
    if rows:
        table(headings, rows, close=True)
    total = number(sum(each.amount for each in found), lang())
    line(say(f"Tổng: {total} đồng.", f"Total: {total} đồng."))


def _judge(found: Sequence[Cost], budget: Sequence[BudgetCost]) -> None:
    """Tell what has no price yet and which line of the budget does not reach.

    Raises:
        typer.Exit: 1 where one does not.
    """
    from loa.cli.output import show_problems
    from loa.errors import Problem
    from loa.messages import number

    unpriced = {(each.channel, each.lacks) for each in found if each.lacks}
    problems = [
        Problem("E293", {"channel": channel, "setting": name}, severity="warning") for channel, name in sorted(unpriced)
    ]
    for each in budget:
        if each.is_over:
            sums = {"cost": number(each.amount, lang()), "amount": number(each.line.amount, lang())}
            problems.append(Problem("E294", {"line": each.line.title, **sums}))
    show_problems(problems)
    if any(each.is_over for each in budget):
        raise typer.Exit(_PROBLEMS_FOUND)
