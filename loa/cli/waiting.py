"""What the commands tell of units that wait alone: those that no account speaks for, those whose assets failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

from loa.cli.language import lang, say
from loa.cli.output import line, show_problems
from loa.dispatch import Desk, Failing
from loa.errors import Problem
from loa.messages import sentence
from loa.workspace import Workspace

_SHOWN, _LETTERS = 20, 60


def tell_failing(desk: Desk, failing: Sequence[Failing]) -> None:
    """Each thing that went wrong once, with the units whose assets it keeps from being made."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for each in failing:
        unit = desk.workspace.units.get(each.wanted.slot.unit_code).name
        for problem in each.problems:
            detail = sentence(problem.code, problem.params, lang())
            units = found.setdefault((problem.code, detail, each.wanted.slot.item_id, each.wanted.name), [])
            if unit not in units:
                units.append(unit)
    show_problems(
        [
            Problem("E287", {"item": item, "asset": asset, "units": _named(units), "code": code, "detail": detail})
            for (code, detail, item, asset), units in found.items()
        ]
    )


def tell_unreached(workspace: Workspace, found: Sequence[Mapping[str, Any]]) -> None:
    """Units without an account on a channel that their campaign sends on."""
    for each in found:
        names, count = _named([workspace.units.get(code).name for code in each["units"]]), len(each["units"])
        campaign, channel = each["campaign_id"], each["channel"]
        line(
            say(
                f"Chưa có tài khoản kênh {channel} cho chiến dịch {campaign} ({count}): {names}",
                f"No account on {channel} for the campaign {campaign} ({count}): {names}",
            )
        )


def _named(names: Sequence[str]) -> str:
    shown, more = ", ".join(shorten(name, _LETTERS) for name in names[:_SHOWN]), len(names) - _SHOWN
    return shown + (say(f" và {more} đơn vị khác", f" and {more} more") if more > 0 else "")
