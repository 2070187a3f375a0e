"""``loa status``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loa.cli.language import lang, say
from loa.cli.options import AsJson, desk_here

if TYPE_CHECKING:
    from loa.dispatch import Desk


def status(
    json_wanted: AsJson = False,
    everything: Annotated[
        bool,
        typer.Option("--all", help=say("Với --json: mọi lượt gửi trong sổ", "With --json: every delivery in the book")),
    ] = False,
) -> None:
    """One screen: what goes out next, what waits for whom, what went wrong and what to do."""
    from loa.cli.status_lists import print_screen
    from loa.dispatch.standing import facts_of

    desk = desk_here()
    facts = facts_of(desk, lang()) | {"without_account": _without_account(desk)}
    if json_wanted:
        _print_json(desk, facts, everything=everything)
    else:
        print_screen(desk, facts)


def _without_account(desk: Desk) -> list[dict[str, Any]]:
    """Units that no account speaks for on a channel of their campaign; files with problems are told elsewhere."""
    from loa.campaign import read_campaigns, unreached

    campaigns, _ = read_campaigns(desk.workspace)
    return [asdict(each) for each in unreached(desk.workspace, campaigns)]


def _print_json(desk: Desk, facts: dict[str, Any], *, everything: bool) -> None:
    from loa.cli.output import as_json
    from loa.cli.status_lists import chosen
    from loa.dispatch import overview
    from loa.dispatch.fates import with_fates
    from loa.dispatch.handoff import open_handoffs

    ids = None if everything else chosen(desk)
    views = with_fates(desk, overview(desk.book, desk.workspace, ids=ids, lang=lang()))
    in_hand = open_handoffs(desk)
    late = sum(each.due < desk.clock.now() for each in in_hand)
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
    left_out = sum(facts["counts"].values()) - len(rows)
    handoffs = {"open": len(in_hand), "late": late}
    as_json(facts | {"handoffs": handoffs, "deliveries": rows, "deliveries_left_out": left_out})
