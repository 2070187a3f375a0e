"""``loa status``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from loa.cli.language import lang, say
from loa.cli.options import AsJson, desk_here

if TYPE_CHECKING:
    from loa.dispatch import DeliveryView, Desk
    from loa.store import HealthLine

NEXT = 5
_MOST_PROBLEMS = 20


def status(json_wanted: AsJson = False) -> None:
    """One screen: what goes out next, what waits for whom, what went wrong and what to do."""
    from loa.dispatch import overview

    desk = desk_here()
    views = overview(desk.book, desk.workspace, lang=lang())
    general = _general(desk)
    if json_wanted:
        _print_json(desk, views, general)
    else:
        _print_screen(desk, views, general)


def _general(desk: Desk) -> dict[str, Any]:
    """What concerns everything: the stop, a blocked plan, paused accounts, the heartbeat."""
    from loa import store

    with desk.book.read() as connection:
        halt = store.stop_of(connection)
        pauses = store.pauses(connection, desk.clock.now())
    return {
        "stopped": {"by": halt.by, "why": halt.why, "at": halt.at} if halt else None,
        "blocked": store.read_note(desk.book, "blocked"),
        "paused_accounts": [
            {"account": each.account_id, "until": each.until, "code": each.code, "detail": each.detail}
            for each in pauses
        ],
        "last_beat": store.worker_seen(desk.book),
        "accounts_health": [_health(each) for each in store.health_of_accounts(desk.book) if each.level != "ok"],
    }


def _health(each: HealthLine) -> dict[str, Any]:
    """What the daily look at an account found, and what to do."""
    from loa.messages import remedy, sentence

    words = {"text": sentence(each.code, each.params, lang()), "remedy": remedy(each.code, each.params, lang())}
    return {"account": each.account_id, "at": each.at, "level": each.level, "code": each.code} | words


def _print_json(desk: Desk, views: tuple[DeliveryView, ...], general: dict[str, Any]) -> None:
    from loa.cli.output import as_json

    in_hand = [view for view in views if view.in_hand]
    late = sum(view.due < desk.clock.now() for view in in_hand)
    general = general | {"handoffs": {"open": len(in_hand), "late": late}}

    rows = [
        {
            "id": v.id,
            "key": v.key,
            "state": v.state,
            "due": v.due,
            "reason": v.reason,
            "remedy": v.remedy,
            "hash": v.content_hash,
        }
        for v in views
    ]
    as_json(general | {"counts": Counter(view.state for view in views), "deliveries": rows})


def _print_screen(desk: Desk, views: tuple[DeliveryView, ...], general: dict[str, Any]) -> None:
    from loa.cli.output import line
    from loa.messages import moment

    zone = desk.workspace.zone
    if halt := general["stopped"]:
        text = say(f"ĐANG DỪNG TẤT CẢ ({halt['by']}: {halt['why']})", f"STOPPED ({halt['by']}: {halt['why']})")
        line(text + " · loa resume")
    if general["blocked"]:
        line(say("KHÔNG PHÁT GÌ vì tệp kế hoạch có lỗi:", "NOTHING GOES OUT, the plan has problems:"))
        line(general["blocked"])
    seen = general["last_beat"]
    beat = moment(seen, zone, lang()) if seen else say("chưa chạy lần nào", "never")
    line(say(f"Nhịp gần nhất của bộ lịch phát: {beat}", f"Last beat of the scheduler: {beat}"))
    for pause in general["paused_accounts"]:
        until = moment(pause["until"], zone, lang()) if pause["until"] else say("khi có người xử lý", "a person acts")
        text = say("Tài khoản tạm dừng", "Paused account")
        line(f"{text}: {pause['account']} → {until} [{pause['code']}] {pause['detail']}")
    for each in general["accounts_health"]:
        line(f"{'✗' if each['level'] == 'stop' else '!'} {each['account']} [{each['code']}] {each['text']}")
        if each["remedy"]:
            line(f"    → {each['remedy']}")
    _print_counts(views)
    _print_next(desk, views)
    _print_in_hand(desk)
    _print_problems(desk, views)


def _print_counts(views: tuple[DeliveryView, ...]) -> None:
    from loa.cli.output import line
    from loa.dispatch.words import state_name

    counts = Counter(view.state for view in views)
    line(
        " · ".join(f"{state_name(state, lang())}: {count}" for state, count in counts.items())
        or say("Sổ phát còn trống.", "The book is empty.")
    )


def _print_next(desk: Desk, views: tuple[DeliveryView, ...]) -> None:
    from loa.cli.output import table
    from loa.delivery import State
    from loa.dispatch.words import state_name
    from loa.messages import moment

    coming = [
        v for v in views if v.state in (State.APPROVED, State.AWAITING, State.PLANNED) and v.expires > desk.clock.now()
    ]
    rows = [
        (
            str(v.id),
            moment(v.due, desk.workspace.zone, lang()),
            v.channel,
            v.unit_name,
            v.item_title,
            state_name(v.state, lang()),
        )
        for v in coming[:NEXT]
    ]
    if rows:
        headings = (
            "#",
            say("Sắp phát", "Next"),
            say("Kênh", "Channel"),
            say("Đơn vị", "Unit"),
            say("Tin", "Item"),
            say("Trạng thái", "State"),
        )
        table(headings, rows)


def _print_in_hand(desk: Desk) -> None:
    """Packages that wait for people, the late ones first."""
    from loa.cli.handoff import show
    from loa.cli.output import line
    from loa.dispatch.handoff import open_handoffs

    found = open_handoffs(desk)
    late = sum(each.late_by.total_seconds() > 0 for each in found)
    if found:
        line(
            say(
                f"Việc đang chờ người làm: {len(found)}, trong đó quá hạn: {late} (loa handoff list)",
                f"Waiting for people: {len(found)}, overdue: {late} (loa handoff list)",
            )
        )
        show(desk, found[:NEXT])


def _print_problems(desk: Desk, views: tuple[DeliveryView, ...]) -> None:
    from loa.cli.output import table
    from loa.dispatch.words import state_name
    from loa.messages import moment

    told = [view for view in views if view.reason and not view.in_hand]
    rows = [
        (
            str(v.id),
            moment(v.due, desk.workspace.zone, lang()),
            v.channel,
            v.unit_name,
            state_name(v.state, lang()),
            f"{v.reason} {v.remedy}".strip(),
        )
        for v in told[:_MOST_PROBLEMS]
    ]
    if rows:
        headings = (
            "#",
            say("Giờ phát", "Due"),
            say("Kênh", "Channel"),
            say("Đơn vị", "Unit"),
            say("Trạng thái", "State"),
            say("Vì sao, cần làm gì", "Why, and what to do"),
        )
        table(headings, rows)
    if len(told) > _MOST_PROBLEMS:
        from loa.cli.output import line

        line(
            say(
                f"… và {len(told) - _MOST_PROBLEMS} lượt gửi khác (--json để xem hết).",
                f"… and {len(told) - _MOST_PROBLEMS} more (--json shows all).",
            )
        )
