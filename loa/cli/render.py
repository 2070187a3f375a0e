"""``loa render``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.command import PROBLEMS_FOUND
from loa.cli.language import say
from loa.cli.options import AsJson, Campaigns, From, To, desk_here, known_campaigns, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loa.dispatch import Desk, Failing, Finished, Maker
    from loa.errors import Problem
    from loa.render import Asset

_KINDS = (
    ("picture", "ảnh", "picture", "pictures"),
    ("clip", "clip", "clip", "clips"),
    ("document", "bản in", "document", "documents"),
    ("audio", "bản âm thanh", "sound", "sounds"),
)


def render(
    campaigns: Campaigns = None,
    first: From = "",
    last: To = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help=say(
                "Chép tệp đã dựng ra thư mục này, đặt tên theo chiến dịch, tin, đơn vị (cho nhà in, loa truyền thanh)",
                "Copy the finished files here, named by campaign, item and unit (print shop, loudspeakers)",
            ),
        ),
    ] = None,
    here: Annotated[
        bool,
        typer.Option(
            "--here",
            help=say("Dựng tại máy này, dù đang có máy phát phụ", "Render on this machine, although there are workers"),
        ),
    ] = False,
    json_wanted: AsJson = False,
) -> None:
    """Make what is missing, here or by the workers, then bring the plan into the book."""
    from loa.campaign import load_campaigns, unreached
    from loa.cli.output import as_json, bar, line
    from loa.cli.waiting import tell_failing, tell_unreached
    from loa.dispatch import plan, render_what_can_be, write_out

    desk = desk_here()
    wanted = known_campaigns(desk.workspace, campaigns)
    _, end = span(desk.workspace, first, last)
    make, refusals = (None, []) if here else by_workers(desk)
    title = (
        say("Dựng ấn phẩm bằng máy phát phụ", "Rendering by the workers") if make else say("Dựng ấn phẩm", "Rendering")
    )
    with bar(title) as advance:
        rendering = render_what_can_be(desk, wanted, end, advance, make)
    finished, failed = rendering.finished, rendering.failing
    tell(desk, refusals)
    tell_failing(desk, failed)
    assets = different(finished)
    result = plan(desk, end)
    lacking = [asdict(each) for each in unreached(desk.workspace, load_campaigns(desk.workspace))]
    written = write_out(out, finished) if out else []
    if json_wanted:
        told = [{"path": each.path, "sha256": each.sha256} for each in assets]
        as_json(
            {"assets": told, "new": result.new, "written": written}
            | {"failed": [_as_told(each) for each in failed], "without_account": lacking}
        )
        raise typer.Exit(PROBLEMS_FOUND if failed else 0)
    line(
        say(
            f"{counted(assets)} đã sẵn sàng. Lượt gửi mới: {result.new}; mất duyệt vì đã đổi: {result.changed}.",
            f"Ready: {counted(assets)}. New deliveries: {result.new}; approvals dropped by changes: {result.changed}.",
        )
    )
    if out:
        line(say(f"Đã chép {len(written)} tệp vào {out}", f"{len(written)} files copied to {out}"))
        if waiting := unapproved(desk, finished):
            line(
                say(
                    f"Lưu ý: {waiting} ấn phẩm chưa được duyệt; chưa nên giao in hay phát.",
                    f"Note: {waiting} of them are not approved yet; do not hand them out.",
                )
            )
    tell_unreached(desk.workspace, lacking)
    raise typer.Exit(PROBLEMS_FOUND if failed else 0)


def _as_told(each: Failing) -> dict[str, str]:
    slot = each.wanted.slot
    return {"unit": slot.unit_code, "item": slot.item_id, "asset": each.wanted.name, "code": each.problems[0].code}


def by_workers(desk: Desk) -> tuple[Maker | None, list[Problem]]:
    """How the workers make what is missing, where there are any, and a list in which they tell why they refuse."""
    from loa.dispatch import has_renderers

    refusals: list[Problem] = []
    if not has_renderers(desk):
        return None, refusals
    from loa.workers.commission import render_by_workers

    return lambda orders, progress: render_by_workers(desk, orders, progress, refusals.append), refusals


def tell(desk: Desk, refusals: Sequence[Problem]) -> None:
    """What went wrong on the way and was mended: workers with other files, spoilt files of the common store."""
    from loa.cli.output import show_problems
    from loa.errors import Problem

    spoilt = desk.renderer.exchange.spoilt() if desk.renderer.exchange else ()
    show_problems([*refusals, *(Problem("E983", {"name": name}, severity="warning") for name in spoilt)])


def unapproved(desk: Desk, finished: Sequence[Finished]) -> int:
    """How many different assets no approved delivery carries, in any of their sizes, or brings along."""
    from loa.delivery import State
    from loa.dispatch import overview

    waiting = (State.PLANNED, State.AWAITING, State.HELD, State.MISSED, State.CANCELLED)
    approved = {
        each.sha256
        for view in overview(desk.book, desk.workspace)
        if view.state not in waiting
        for each in (*view.attachments, *view.besides)
    }
    told = {each.asset.key: any(asset.sha256 in approved for asset in (each.asset, *each.sent_as)) for each in finished}
    return sum(not known for known in told.values())


def different(finished: Iterable[Finished]) -> list[Asset]:
    """Each asset once: several slots may share one."""
    return list({each.asset.key: each.asset for each in finished}.values())


def counted(assets: Iterable[Asset]) -> str:
    """How many of each kind: ``21 ảnh, 2 clip``."""
    kinds: list[str] = [asset.kind for asset in assets]
    told = [
        f"{count} {say(vi, one if count == 1 else many)}"
        for kind, vi, one, many in _KINDS
        if (count := kinds.count(kind)) or kind in ("picture", "clip")
    ]
    return ", ".join(told)
