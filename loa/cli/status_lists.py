"""The deliveries on the screen of ``loa status``: a few rows each of what comes, what went, and what needs a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from loa.cli.handoff import show
from loa.cli.language import lang, say
from loa.cli.output import line, table
from loa.cli.status_head import print_head
from loa.cli.waiting import tell_unreached
from loa.delivery import State
from loa.dispatch import DeliveryView, Desk, overview
from loa.dispatch.fates import receipt_hours, with_fates
from loa.dispatch.handoff import open_handoffs
from loa.dispatch.reasons import CORRECTED, IN_HAND, REMOVED, SINCE
from loa.dispatch.words import channel_name, state_name
from loa.messages import moment, number
from loa.store.screen import all_ids, last_done_ids, messages_since, next_ids, troubled_ids

NEXT = 5
_MOST_PROBLEMS = 20
_MOST_ROWS = 1000
"""So many deliveries are told in JSON, unless all are asked for."""
_COMING = (State.APPROVED, State.AWAITING, State.PLANNED)


def chosen(desk: Desk) -> list[int]:
    """All deliveries of a small book; of a large one what is looked at first."""
    with desk.book.read() as connection:
        if found := all_ids(connection, _MOST_ROWS):
            return found
        troubled, _ = troubled_ids(connection, SINCE, _MOST_ROWS // 2)
        coming = next_ids(connection, _COMING, desk.clock.now(), _MOST_ROWS // 4)
        return [*troubled, *coming, *last_done_ids(connection, _MOST_ROWS // 4)]


def print_screen(desk: Desk, facts: Mapping[str, Any]) -> None:
    """What stops everything, who is at work, and the deliveries that a person looks at first."""
    zone = desk.workspace.zone
    print_head(facts, zone)
    with desk.book.read() as connection:
        coming = next_ids(connection, _COMING, desk.clock.now(), NEXT)
        last = last_done_ids(connection, 4 * NEXT)
        troubled, count = troubled_ids(connection, (*SINCE, IN_HAND), _MOST_PROBLEMS)
    shown = overview(desk.book, desk.workspace, ids={*coming, *last, *troubled}, lang=lang())
    views = {each.id: each for each in shown}
    _print_next(desk, [views[each] for each in coming])
    _print_last(desk, [views[each] for each in last])
    print_on_the_way(_with_messages(desk))
    _print_in_hand(desk)
    print_problems([views[each] for each in troubled], count, zone)
    tell_unreached(desk.workspace, facts["without_account"])


def _with_messages(desk: Desk) -> tuple[DeliveryView, ...]:
    """The newest deliveries to people whose receipts may still come."""
    hours = max((receipt_hours(desk.workspace, name) for name, card in desk.cards.items() if card.bulk), default=0)
    with desk.book.read() as connection:
        ids = messages_since(connection, desk.clock.now() - timedelta(hours=hours), NEXT)
    return with_fates(desk, overview(desk.book, desk.workspace, ids=ids, lang=lang())) if ids else ()


def _print_next(desk: Desk, coming: Sequence[DeliveryView]) -> None:
    rows = [(view, view.due, state_name(view.state, lang())) for view in coming]
    _print_table(desk, say("Sắp phát", "Next"), rows)


def _print_last(desk: Desk, done: Sequence[DeliveryView]) -> None:
    """What went out last, with the numbers that ``takedown`` and ``correct`` ask for."""
    out = [(max(each.at for each in v.receipts), v) for v in done if v.state == State.DONE and v.receipts]
    newest = sorted((pair for pair in out if pair[1].action == "publish"), key=lambda pair: (pair[0], pair[1].id))
    rows = [(view, at, _since(view)) for at, view in reversed(newest[-NEXT:])]
    _print_table(desk, say("Vừa phát", "Last"), rows)
    for view, _, _ in rows:
        if view.code in SINCE:
            line(f"  #{view.id}: {view.reason}")


def print_on_the_way(views: tuple[DeliveryView, ...]) -> None:
    """Messages whose receipts are waited for, and what is known of the others that left with them."""
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
    now = {REMOVED: say("đã gỡ", "taken down"), CORRECTED: say("đã đính chính", "corrected")}
    return now.get(view.code, state_name(State.DONE, lang()))


def _print_table(desk: Desk, when: str, rows: Sequence[tuple[DeliveryView, datetime, str]]) -> None:
    if rows:
        state, account = say("Trạng thái", "State"), say("Tài khoản", "Account")
        headings = ("#", when, say("Kênh", "Channel"), account, say("Tin", "Item"), state)
        table(
            headings,
            [
                (str(v.id), _short(desk, at), channel_name(v.channel, lang()), v.account_name, v.item_title, word)
                for v, at, word in rows
            ],
            close=True,
        )


def _short(desk: Desk, at: datetime) -> str:
    """08:00 01/03, with its year where that is another."""
    local, now = at.astimezone(desk.workspace.zone), desk.clock.now().astimezone(desk.workspace.zone)
    return f"{local:%H:%M %d/%m}" if local.year == now.year else f"{local:%H:%M %d/%m/%Y}"


def _print_in_hand(desk: Desk) -> None:
    """Packages that wait for people, the late ones first."""
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


def print_problems(told: Sequence[DeliveryView], count: int, zone: tzinfo) -> None:
    """What a person must look at: what may still be saved before what is over, and of that the newest first."""
    if told:
        line(say(f"Cần xem ({count}):", f"To look at ({count}):"))
    for view in told:
        line(f"  #{view.id} {_named(view)} · {moment(view.due, zone, lang())}")
        line(f"    {view.reason}")
        if view.remedy:
            line(f"    → {view.remedy}")
    if count > len(told):
        more = count - len(told)
        line(say(f"… và {more} lượt gửi khác (--json để xem thêm).", f"… and {more} more (--json shows more)."))


def _named(view: DeliveryView) -> str:
    state, channel = state_name(view.state, lang()), channel_name(view.channel, lang())
    return f"{state} · {channel} · {view.unit_name} · {view.item_title}"
