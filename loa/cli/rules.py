"""``loa rules``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

from loa.cli.language import lang, say
from loa.cli.options import AsJson, workspace_here

if TYPE_CHECKING:
    from datetime import date

    from loa.rules import MessageClass, RuleSet


def rules(json_wanted: AsJson = False) -> None:
    """Show the rules of messages to people that are in force today."""
    from loa.cli.output import as_json, line, show_problems
    from loa.clock import SystemClock
    from loa.errors import Problem
    from loa.rules import is_stale, known_rules, rules_file, rules_in_force

    workspace = workspace_here()
    today = SystemClock().now().astimezone(workspace.zone).date()
    found = rules_in_force(workspace, today)
    known = known_rules(workspace)
    if json_wanted:
        as_json(_as_words(found, known, today))
    else:
        _show(found, known)
        line(say("Tệp: ", "File: ") + str(rules_file(workspace, found.id)))
    if is_stale(found, today):
        show_problems([Problem("E797", {"id": found.id, "day": _day(found.checked_on)}, severity="warning")])


def _as_words(found: RuleSet, known: tuple[RuleSet, ...], today: date) -> dict[str, object]:
    from loa.rules import is_stale

    words = asdict(found) | {"stale": is_stale(found, today)}
    words["classes"] = [asdict(each) | {"cap_span": int(each.cap_span.total_seconds() // 60)} for each in found.classes]
    return words | {"known": [{"id": each.id, "valid_from": each.valid_from} for each in known]}


def _show(found: RuleSet, known: tuple[RuleSet, ...]) -> None:
    from loa.cli.output import line, table
    from loa.messages import number

    line(
        say(
            f"Bộ quy tắc đang áp dụng: {found.id}, từ ngày {_day(found.valid_from)}, "
            f"rà soát lần cuối ngày {_day(found.checked_on)}.",
            f"Rules in force: {found.id}, from {_day(found.valid_from)} on, last checked on {_day(found.checked_on)}.",
        )
    )
    line(say("Căn cứ:", "Legal basis:"))
    for paper in found.basis:
        line(f"  - {paper}")
    line(
        say(
            "  [A] đã đọc văn bản chính thức; [B] công ty luật, báo chí hoặc nhiều nguồn khớp nhau; [C] một nguồn.",
            "  [A] the official text was read; [B] law firms, press, agreeing sources; [C] one source.",
        )
    )
    table(*_classes(found))
    for each in found.classes:
        line(f"{each.title} ({each.name}): {each.basis}")
    line()
    large, canary = number(found.large, lang()), number(found.canary_most, lang())
    line(
        say(
            f"Gửi quá {large} người cần {found.large_approvals} người duyệt. Nhận thử tối đa {canary} người.",
            f"More than {large} people take {found.large_approvals} approvals. At most {canary} get it first.",
        )
    )
    line(say("Tên miền cho phép: ", "Allowed domains: ") + ", ".join(found.link_domains))
    line(say("Các bộ quy tắc có trên máy: ", "Rule sets known here: ") + ", ".join(_named(each) for each in known))


def _named(each: RuleSet) -> str:
    return f"{each.id} ({_day(each.valid_from)})"


def _classes(found: RuleSet) -> tuple[list[str], list[list[str]]]:
    headings = [
        say("Loại tin", "Class"),
        say("Giờ gửi", "Hours"),
        say("Số tin tối đa", "Cap"),
        say("Nhãn [QC]", "Label"),
        say("Cách từ chối", "Opt-out"),
        say("Cần đồng ý", "Consent"),
        say("Bỏ người từ chối", "Keeps opt-outs"),
        say("Tệp không quảng cáo", "Do-not-call file"),
        say("Số phần", "Parts"),
        say("Người duyệt", "Approvals"),
    ]
    return headings, [_row(each) for each in found.classes]


def _row(each: MessageClass) -> list[str]:
    yes, no = say("có", "yes"), say("không", "no")
    days, reason = each.do_not_call_days, say(" và lý do", " and a reason")
    return [
        f"{each.title} ({each.name})",
        _hours(each),
        f"{each.cap}/{_span(each.cap_span)}" if each.cap else no,
        _must(each.label),
        _must(each.opt_out),
        yes if each.needs_consent else no,
        yes if each.keeps_opt_outs else no,
        say(f"≤ {days} ngày", f"≤ {days} days") if days else no,
        f"≤ {each.most_parts}",
        f"{each.approvals}{reason if each.needs_reason else ''}",
    ]


def _hours(each: MessageClass) -> str:
    if each.opens is None or each.closes is None:
        return say("mọi giờ", "any hour")
    if each.opens == each.closes:
        return say("giờ của cơ quan", "hours of the house")
    return f"{each.opens:%H:%M}–{each.closes:%H:%M}"


def _span(span: timedelta) -> str:
    hours = span / timedelta(hours=1)
    return say(f"{hours:g} giờ", f"{hours:g} h")


def _must(must: str) -> str:
    return {
        "required": say("bắt buộc", "required"),
        "forbidden": say("không được có", "forbidden"),
        "free": say("tùy", "free"),
    }[must]


def _day(day: date) -> str:
    from loa.messages import short_date

    return short_date(day, lang())
