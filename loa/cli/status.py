"""``loa status``."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from loa.cli.language import lang, say
from loa.cli.options import AsJson, desk_here

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, tzinfo

    from loa.dispatch import DeliveryView, Desk
    from loa.store import HealthLine

NEXT = 5
_MOST_PROBLEMS = 20
_HELD_UP = ("due", "retry_later", "pending", "unknown")
"""States in which a stopped account keeps a delivery from going on."""


def status(json_wanted: AsJson = False) -> None:
    """One screen: what goes out next, what waits for whom, what went wrong and what to do."""
    from loa.dispatch import overview
    from loa.dispatch.fates import with_fates

    desk = desk_here()
    views = with_fates(desk, overview(desk.book, desk.workspace, lang=lang()))
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
        "sandbox": store.is_of_sandbox(desk.book),
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
            "messages": asdict(v.fates) if v.fates else None,
        }
        for v in views
    ]
    as_json(general | {"counts": Counter(view.state for view in views), "deliveries": rows})


def _print_screen(desk: Desk, views: tuple[DeliveryView, ...], general: dict[str, Any]) -> None:
    from loa.cli.output import line
    from loa.messages import moment

    zone = desk.workspace.zone
    if halt := general["stopped"]:
        said = ": ".join(filter(None, (halt["by"], halt["why"])))
        text = say(f"ĐANG DỪNG TẤT CẢ ({said})", f"STOPPED ({said})")
        line(text + " · loa resume")
    if general["sandbox"]:
        line(
            say(
                "Sổ này phát vào bãi tập: không có gì lên kênh thật.",
                "This book is a sandbox's: nothing is really out.",
            )
        )
    if general["blocked"]:
        line(say("KHÔNG PHÁT GÌ vì tệp kế hoạch có lỗi:", "NOTHING GOES OUT, the plan has problems:"))
        line(general["blocked"])
    seen = general["last_beat"]
    beat = moment(seen, zone, lang()) if seen else say("chưa chạy lần nào", "never")
    line(say(f"Nhịp gần nhất của bộ lịch phát: {beat}", f"Last beat of the scheduler: {beat}"))
    _print_paused(views, general["paused_accounts"], zone)
    for each in general["accounts_health"]:
        line(f"{'✗' if each['level'] == 'stop' else '!'} {each['account']} [{each['code']}] {each['text']}")
        if each["remedy"]:
            line(f"    → {each['remedy']}")
    _print_counts(views)
    _print_next(desk, views)
    _print_last(desk, views)
    _print_on_the_way(views)
    _print_in_hand(desk)
    _print_problems(views, zone)


def _print_paused(views: tuple[DeliveryView, ...], paused: Sequence[Mapping[str, Any]], zone: tzinfo) -> None:
    """Accounts that rest or wait for a person, and how many deliveries wait with them."""
    from loa.cli.output import line
    from loa.messages import moment

    waiting = Counter(view.account_id for view in views if view.state in _HELD_UP)
    for pause in paused:
        name = pause["account"]
        until = moment(pause["until"], zone, lang()) if pause["until"] else say("khi có người xử lý", "a person acts")
        text = say("Tài khoản tạm dừng", "Paused account")
        count = say(f"{waiting[name]} lượt gửi đang chờ", f"{waiting[name]} deliveries wait")
        line(f"{text}: {name} → {until} [{pause['code']}] {pause['detail']} · {count}")
        if not pause["until"]:
            how = f"loa resume --account {name}"
            line(
                say(
                    f"    → Xem {pause['code']} trong docs/errors.md; khắc phục xong thì `{how}`.",
                    f"    → See {pause['code']} in docs/errors.md; once it is mended, `{how}`.",
                )
            )


def _print_counts(views: tuple[DeliveryView, ...]) -> None:
    from loa.cli.output import line
    from loa.dispatch.words import state_name

    counts = Counter(view.state for view in views)
    line(
        " · ".join(f"{state_name(state, lang())}: {count}" for state, count in counts.items())
        or say("Sổ phát còn trống.", "The book is empty.")
    )


def _print_next(desk: Desk, views: tuple[DeliveryView, ...]) -> None:
    from loa.delivery import State
    from loa.dispatch.words import state_name

    coming = [
        v for v in views if v.state in (State.APPROVED, State.AWAITING, State.PLANNED) and v.expires > desk.clock.now()
    ]
    rows = [(view, view.due, state_name(view.state, lang())) for view in coming[:NEXT]]
    _print_table(desk, say("Sắp phát", "Next"), rows)


def _print_last(desk: Desk, views: tuple[DeliveryView, ...]) -> None:
    """What went out last, with the numbers that ``takedown`` and ``correct`` ask for."""
    from loa.cli.output import line
    from loa.delivery import State
    from loa.dispatch.reasons import SINCE

    out = [(max(each.at for each in v.receipts), v) for v in views if v.state == State.DONE and v.receipts]
    newest = sorted((pair for pair in out if pair[1].action == "publish"), key=lambda pair: (pair[0], pair[1].id))
    rows = [(view, at, _since(view)) for at, view in reversed(newest[-NEXT:])]
    _print_table(desk, say("Vừa phát", "Last"), rows)
    for view, _, _ in rows:
        if view.code in SINCE:
            line(f"  #{view.id}: {view.reason}")


def _print_on_the_way(views: tuple[DeliveryView, ...]) -> None:
    """Messages whose receipts are waited for, and what is known of the others that left with them."""
    from loa.cli.output import line
    from loa.messages import number

    waited = [(view, view.fates) for view in views if view.fates and view.fates.on_the_way]
    if waited:
        line(say(f"Tin nhắn đang chờ biên nhận ({len(waited)}):", f"Messages on the way ({len(waited)}):"))
    for view, fates in waited[-NEXT:]:
        delivered, accepted, way, partial, failed, silent = (
            number(each, lang())
            for each in (
                fates.delivered,
                fates.accepted,
                fates.on_the_way,
                fates.partial,
                sum(fates.failed.values()),
                fates.no_receipt,
            )
        )
        line(
            f"  #{view.id} {view.account_name} · {view.item_title}: "
            + say(
                f"đã đến máy {delivered}/{accepted} · chờ {way} · không đến {failed} · đến một phần {partial}"
                f" · không có biên nhận sau {fates.hours} giờ {silent}",
                f"{delivered}/{accepted} delivered · {way} on the way · {failed} failed · {partial} in part"
                f" · {silent} without a receipt after {fates.hours} h",
            )
        )


def _since(view: DeliveryView) -> str:
    """What the post is by now."""
    from loa.delivery import State
    from loa.dispatch.reasons import CORRECTED, REMOVED
    from loa.dispatch.words import state_name

    now = {REMOVED: say("đã gỡ", "taken down"), CORRECTED: say("đã đính chính", "corrected")}
    return now.get(view.code, state_name(State.DONE, lang()))


def _print_table(desk: Desk, when: str, rows: Sequence[tuple[DeliveryView, datetime, str]]) -> None:
    from loa.cli.output import table
    from loa.dispatch.words import channel_name
    from loa.messages import moment

    if rows:
        headings = (
            "#",
            when,
            say("Kênh", "Channel"),
            say("Đơn vị", "Unit"),
            say("Tin", "Item"),
            say("Trạng thái", "State"),
        )
        zone = desk.workspace.zone
        table(
            headings,
            [
                (str(v.id), moment(at, zone, lang()), channel_name(v.channel, lang()), v.unit_name, v.item_title, state)
                for v, at, state in rows
            ],
        )


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


def _print_problems(views: tuple[DeliveryView, ...], zone: tzinfo) -> None:
    """What a person must look at: what may still be saved before what is over, and of that the newest first."""
    from loa.cli.output import line
    from loa.delivery import TERMINAL
    from loa.dispatch.reasons import SINCE
    from loa.messages import moment

    told = [view for view in views if view.reason and not view.in_hand and view.code not in SINCE]
    told.sort(key=lambda v: (v.state in TERMINAL, -v.due.timestamp() if v.state in TERMINAL else v.due.timestamp()))
    if told:
        line(say(f"Cần xem ({len(told)}):", f"To look at ({len(told)}):"))
    for view in told[:_MOST_PROBLEMS]:
        line(f"  #{view.id} {_named(view)} · {moment(view.due, zone, lang())}")
        line(f"    {view.reason}")
        if view.remedy:
            line(f"    → {view.remedy}")
    if len(told) > _MOST_PROBLEMS:
        more = len(told) - _MOST_PROBLEMS
        line(say(f"… và {more} lượt gửi khác (--json để xem hết).", f"… and {more} more (--json shows all)."))


def _named(view: DeliveryView) -> str:
    from loa.dispatch.words import channel_name, state_name

    state, channel = state_name(view.state, lang()), channel_name(view.channel, lang())
    return f"{state} · {channel} · {view.unit_name} · {view.item_title}"
