"""``loa plan``."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loa.cli.language import lang, say
from loa.cli.options import AsJson, span, workspace_here

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loa.plan import Plan
    from loa.progress import IndicatorState, Progress, QuotaState

_BAR = 20
_NAMED = 6
"""Units that a line names."""
_ORDER = {"late": 0, "open": 1, "reached": 2}


def plan(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[PLAN]", help=say("Mã kế hoạch (không cần khi chỉ có một)", "Plan id (not needed with one)")
        ),
    ] = "",
    day: Annotated[
        str,
        typer.Option(
            "--day", metavar="YYYY-MM-DD", help=say("Tính đến hết ngày (mặc định: hôm nay)", "As of (default: today)")
        ),
    ] = "",
    rehearsal: Annotated[
        Path | None,
        typer.Option("--rehearsal", help=say("Theo sổ của một lần diễn tập (thư mục)", "Of a rehearsal (its folder)")),
    ] = None,
    json_wanted: AsJson = False,
) -> None:
    """What a plan asks for and what is there: quotas, indicators, money, tasks, units."""
    from loa.cli.output import as_json
    from loa.clock import SystemClock
    from loa.progress.stand import stand_of
    from loa.wiring.desks import open_desk

    workspace = workspace_here()
    asked, _ = span(workspace, day, day)
    desk = open_desk(workspace, SystemClock(), book=rehearsal / "book.sqlite" if rehearsal else None)
    progress = stand_of(desk, name, asked.date(), lang()).progress
    if json_wanted:
        as_json(_as_words(progress))
    else:
        _show(progress)


def _show(progress: Progress) -> None:
    from loa.cli.output import line

    line(progress.plan.title)
    line(_head(progress.plan, progress))
    _show_quotas(progress)
    _show_indicators(progress)
    _show_budget(progress)
    for text in _notes(progress):
        line(text)


def _head(plan: Plan, progress: Progress) -> str:
    from loa.messages import short_date

    start, end, day = (short_date(each, lang()) for each in (plan.start, plan.end, progress.day))
    return say(f"Thời gian {start} – {end}, tính đến hết ngày {day}", f"From {start} to {end}, as of {day}")


def _show_quotas(progress: Progress) -> None:
    from loa.cli.output import table

    states = sorted(progress.quotas, key=lambda each: (_ORDER[each.standing], each.percent))
    if states:
        rows = [
            (standing_name(each.standing), bar(each.percent), counted(each), each.quota.title, missing(progress, each))
            for each in states
        ]
        head = (
            say("Chỉ tiêu", "Quota"),
            "",
            say("Đã có", "So far"),
            say("Nội dung", "What"),
            say("Còn thiếu", "Missing"),
        )
        table(head, rows)


def _show_indicators(progress: Progress) -> None:
    from loa.cli.output import table

    if progress.indicators:
        rows = [
            (standing_name(each.standing), _reading(each), _target(each), each.indicator.title)
            for each in sorted(progress.indicators, key=lambda each: _ORDER[each.standing])
        ]
        table((say("Chỉ số", "Indicator"), say("Đang là", "Now"), say("Mục tiêu", "Target"), ""), rows)


def _show_budget(progress: Progress) -> None:
    from loa.cli.output import table
    from loa.messages import number

    if progress.budget:
        rows = [
            (each.line.title, *(number(value, lang()) for value in (each.line.amount, each.spent, each.remaining)))
            for each in progress.budget
        ]
        head = (
            say("Kinh phí (đồng)", "Budget (đồng)"),
            say("Được giao", "Granted"),
            say("Đã chi", "Spent"),
            say("Còn lại", "Left"),
        )
        table(head, rows)


def _notes(progress: Progress) -> Iterator[str]:
    tasks = [each.word for each in progress.tasks]
    begun, idle, beyond = tasks.count("done") + tasks.count("some"), tasks.count("nothing"), tasks.count("beyond")
    yield say(
        f"Nhiệm vụ: {len(tasks)}; đã có kết quả {begun}, chưa có tin hay việc nào {idle}, cơ quan khác làm {beyond}.",
        f"Tasks: {len(tasks)}; with results {begun}, with nothing at all {idle}, of others {beyond}.",
    )
    cover = progress.coverage
    if cover.silent:
        names = _named([unit.name for unit in cover.silent])
        yield say(f"Đơn vị chưa phát gì: {names}.", f"Units that published nothing: {names}.")
    if cover.without_account:
        names = _named([unit.name for unit in cover.without_account])
        yield say(f"Đơn vị chưa có tài khoản nào: {names}.", f"Units without any account: {names}.")


def standing_name(standing: str) -> str:
    """How something stands, for people."""
    names = {"reached": ("Đạt", "Reached"), "open": ("Đang làm", "Open"), "late": ("Chậm", "Late")}
    return say(*names[standing])


def bar(percent: int) -> str:
    """A bar of text with its figure; it is full only at 100 per cent."""
    full = percent * _BAR // 100
    return f"{'█' * full}{'░' * (_BAR - full)} {percent:>3}%"


def counted(state: QuotaState) -> str:
    """What is there of what is asked, in the words of the plan."""
    from loa.messages import number

    if state.is_share:
        units = say("đơn vị", "units")
        return f"{number(state.counted, lang())}/{number(len(state.asked), lang())} {units}"
    return f"{number(state.counted, lang())}/{number(state.target, lang())} {state.quota.unit}"


def missing(progress: Progress, state: QuotaState) -> str:
    """What is not there yet: how much, where, and how much of it is on its way."""
    from loa.messages import number

    if not state.missing:
        return ""
    lack = sum((part.target - part.counted for part in state.missing), Decimal(0))
    told = number(lack.to_integral_value(ROUND_CEILING), lang())
    codes = state.lacking
    names = {unit.code: unit.name for unit in progress.coverage.units}
    where = f" ({_named([names.get(code, code) for code in codes])})" if codes else ""
    coming = say(f"; sắp phát {state.to_come}", f"; {state.to_come} to come") if state.to_come else ""
    return f"{told}{where}{coming}"


def _named(names: list[str]) -> str:
    more = f" +{len(names) - _NAMED}" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _reading(state: IndicatorState) -> str:
    from loa.messages import number, short_date

    found = state.reading or state.indicator.baseline
    if found is None:
        return "–"
    return f"{number(found.value, lang())} {state.indicator.unit} ({short_date(found.date, lang())})"


def _target(state: IndicatorState) -> str:
    from loa.messages import number, short_date

    value = f"{state.indicator.at_least} {number(state.target.value, lang())} {state.indicator.unit}".strip()
    return f"{value} ({short_date(state.target.by, lang())})"


def _as_words(progress: Progress) -> dict[str, Any]:
    cover = progress.coverage
    return {
        "plan": progress.plan.id,
        "day": progress.day,
        "quotas": [
            {
                "id": each.quota.id,
                "counted": each.counted,
                "target": each.target,
                "percent": each.percent,
                "standing": each.standing,
                "reached_on": each.reached_on,
                "to_come": each.to_come,
                "missing": [
                    {"unit": part.unit_code or None, "from": part.window.start, "lacks": part.target - part.counted}
                    for part in each.missing
                ],
                "evidence": [
                    {
                        "what": item.source,
                        "unit": item.unit_code,
                        "day": item.day,
                        "amount": item.amount,
                        "proof": item.proof,
                    }
                    for item in each.evidence
                ],
            }
            for each in progress.quotas
        ],
        "indicators": [
            {
                "id": each.indicator.id,
                "value": each.reading.value if each.reading else None,
                "target": each.target.value,
                "by": each.target.by,
                "standing": each.standing,
            }
            for each in progress.indicators
        ],
        "budget": [
            {"id": each.line.id, "amount": each.line.amount, "spent": each.spent, "estimated": each.estimated}
            for each in progress.budget
        ],
        "tasks": [
            {
                "id": each.task.id,
                "state": each.word,
                "planned": each.planned,
                "done": each.done,
                "logged": each.logged,
            }
            for each in progress.tasks
        ],
        "silent_units": [unit.code for unit in cover.silent],
        "units_without_account": [unit.code for unit in cover.without_account],
        "deliveries": {outcome.value: count for outcome, count in progress.outcomes.items()},
    }
