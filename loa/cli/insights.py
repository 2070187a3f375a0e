"""``loa insights``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from loa.cli.language import lang, say
from loa.cli.options import AsJson, Campaigns, desk_here, known_campaigns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loa.dispatch import Desk
    from loa.dispatch.insights import Asked, Counted

_SHOWN = 6
"""Figures of a post that a line has room for."""


def insights(
    campaigns: Campaigns = None,
    ask: Annotated[
        bool,
        typer.Option(
            "--ask/--no-ask",
            help=say("Hỏi các kênh; --no-ask = chỉ xem trong sổ", "Ask the channels; --no-ask = only read the book"),
        ),
    ] = True,
    paid: Annotated[
        bool,
        typer.Option("--paid", help=say("Hỏi cả kênh tính tiền mỗi lần đọc (X)", "Ask channels that charge too (X)")),
    ] = False,
    json_wanted: AsJson = False,
) -> None:
    """Ask the channels what they counted for each post, and show it."""
    from loa.cli.output import as_json
    from loa.dispatch.insights import Asked, collect, counted
    from loa.errors import StoreError
    from loa.store import is_of_sandbox

    desk = desk_here()
    if ask and is_of_sandbox(desk.book):  # the real channels know nothing of these posts
        raise StoreError("E706")
    wanted = known_campaigns(desk.workspace, campaigns)
    asked = collect(desk, wanted, paid=paid) if ask else Asked(0, (), ())
    found = counted(desk, wanted)
    if json_wanted:
        as_json(_as_words(found, asked))
    else:
        _show(desk, found, asked)


def _as_words(found: Sequence[Counted], asked: Asked) -> dict[str, Any]:
    from loa.dispatch.insights import totals

    return {
        "asked": asked.posts,
        "not_asked": asked.not_free,
        "silent": [
            {"account": each.account_id, "delivery": each.delivery_id or None, "code": each.code, "why": _why(each)}
            for each in asked.silent
        ],
        "posts": [
            {
                "id": each.post.delivery_id,
                "campaign": each.post.campaign_id,
                "item": each.post.item_id,
                "unit": each.post.unit_code,
                "channel": each.post.channel,
                "account": each.post.account_id,
                "due": each.post.due,
                "url": each.post.url,
                "asked_at": max((figure.at for figure in each.figures), default=None),
                "figures": {figure.name: figure.value for figure in each.figures},
            }
            for each in found
        ],
        "totals": totals(found),
    }


def _show(desk: Desk, found: Sequence[Counted], asked: Asked) -> None:
    from loa.cli.output import line, table
    from loa.dispatch.insights import totals
    from loa.dispatch.words import channel_name
    from loa.messages import moment

    rows = [
        (
            str(each.post.delivery_id),
            moment(each.post.due, desk.workspace.zone, lang()),
            channel_name(each.post.channel, lang()),
            each.post.labels["unit"],
            each.post.labels["item"],
            _figures({figure.name: figure.value for figure in each.figures}),
        )
        for each in found
    ]
    if rows:
        table(
            (
                "#",
                say("Giờ phát", "Due"),
                say("Kênh", "Channel"),
                say("Đơn vị", "Unit"),
                say("Tin", "Item"),
                say("Số liệu của kênh", "What the channel counted"),
            ),
            rows,
        )
    else:
        line(say("Chưa có bài nào đã đăng trên các kênh công khai.", "Nothing was published on a public channel yet."))
    for channel, sums in totals(found).items():
        if sums:
            line(f"{say('Tổng', 'Total')} {channel_name(channel, lang())}: {_figures(sums, len(sums))}")
    for channel in asked.not_free:
        name = channel_name(channel, lang())
        line(
            say(
                f"Chưa hỏi {name}: kênh này tính tiền mỗi lần đọc. Thêm --paid để hỏi.",
                f"{name} was not asked: it charges for each answer. Add --paid to ask it.",
            )
        )
    for each in asked.silent:
        line(f"{each.account_id}{f' #{each.delivery_id}' if each.delivery_id else ''}: {_why(each)}")


def _why(each: Any) -> str:
    from loa.messages import sentence

    return sentence(each.code, each.params, lang())


def _figures(figures: dict[str, int], most: int = _SHOWN) -> str:
    from loa.messages import number

    told = [f"{name} {number(value, lang())}" for name, value in sorted(figures.items())]
    return ", ".join(told[:most]) + (" …" if len(told) > most else "") or "–"
