"""``loa alerts check | test | list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from loa.cli.language import lang, say
from loa.cli.options import AsJson, workspace_here

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.errors import LoaError
    from loa.store.alerts import AlertRow, Seen
    from loa.workspace import Workspace

_LOOK_SECONDS = 5.0
"""How long a scheduler that seems silent is watched before the office is told."""


def check() -> None:
    """Look for trouble, also for a scheduler that is silent, and tell the office; a timer of the system starts this."""
    from loa.alerts import observe, silence, tell_round
    from loa.cli.output import line, show_problems
    from loa.errors import LoaError
    from loa.wiring.alerts import ways_of

    workspace = workspace_here()
    try:
        desk = _desk(workspace)
        seen = [*observe(desk), *silence(desk, _LOOK_SECONDS)]
        done = tell_round(desk, ways_of(workspace), seen)
    except LoaError as error:
        _tell_of_book(workspace, error)
        raise
    _say_seen(seen)
    if not workspace.settings.alerts:
        line(say("loa.yaml chưa ghi báo cho ai (mục alerts).", "loa.yaml names nobody to tell (alerts)."))
    line(say(f"Đã báo {done.told} lần.", f"Told {done.told} times."))
    for _, trouble in done.failed:
        show_problems(trouble.problems())
    if done.failed:
        raise typer.Exit(1)


def try_ways() -> None:
    """Send a trial on each way of loa.yaml."""
    from loa.alerts.notice import trial
    from loa.cli.output import line, show_problems
    from loa.errors import LoaError
    from loa.wiring.alerts import ways_of

    workspace = workspace_here()
    ways = ways_of(workspace)
    failed = 0
    for way in ways:
        try:
            way.tell(trial(workspace.settings.body.short_name))
        except LoaError as error:
            failed += 1
            show_problems(error.problems())
        else:
            line(f"✓ {way.name}")
    if not ways:
        line(say("loa.yaml chưa ghi báo cho ai (mục alerts).", "loa.yaml names nobody to tell (alerts)."))
    if failed:
        raise typer.Exit(1)


def list_alerts(json_wanted: AsJson = False) -> None:
    """What is wrong now, and what of it was told."""
    from loa.alerts import observe, silence
    from loa.cli.output import as_json
    from loa.store.alerts import alerts_of
    from loa.wiring.alerts import ways_of

    workspace = workspace_here()
    desk = _desk(workspace)
    seen = [*observe(desk), *silence(desk, _LOOK_SECONDS)]
    with desk.book.read() as connection:
        rows = alerts_of(connection)
    if json_wanted:
        as_json({"conditions": [_as_data(each) for each in seen], "told": [_row_as_data(each) for each in rows]})
        return
    _say_seen(seen)
    _say_told(desk, {way.id: way.name for way in ways_of(workspace)}, rows)


def _desk(workspace: Workspace) -> Desk:
    from loa.clock import SystemClock
    from loa.wiring.desks import open_desk

    return open_desk(workspace, SystemClock())


def _say_seen(seen: list[Seen]) -> None:
    from loa.cli.output import line
    from loa.messages import sentence

    for each in seen:
        line(f"! [{each.code}] {sentence(each.code, each.params, lang())}")
    if not seen:
        line(say("Không có sự cố nào.", "Nothing is wrong."))


def _say_told(desk: Desk, names: dict[str, str], rows: list[AlertRow]) -> None:
    from loa.cli.output import line
    from loa.messages import moment
    from loa.store.alerts import FAILED

    zone = desk.workspace.zone
    for row in rows:
        way, _, key = row.key.partition("|")
        if row.told_at:
            told = say("đã báo lúc ", "told at ") + moment(row.told_at, zone, lang())
        else:
            told = say(f"CHƯA BÁO ĐƯỢC ({row.params.get(FAILED, '–')})", f"NOT TOLD ({row.params.get(FAILED, '–')})")
        line(f"  {key} → {names.get(way, way)}: {told}")


def _as_data(each: Seen) -> dict[str, object]:
    from loa.messages import sentence

    text = sentence(each.code, each.params, lang())
    return {"key": each.key, "kind": each.kind, "code": each.code, "params": dict(each.params), "text": text}


def _row_as_data(row: AlertRow) -> dict[str, object]:
    from loa.store.alerts import FAILED

    words = {"key": row.key, "kind": row.kind, "code": row.code, "since": row.since, "told_at": row.told_at}
    return words | {"ended_at": row.ended_at, "next_try": row.next_try, "failed": row.params.get(FAILED, "")}


def _tell_of_book(workspace: Workspace, error: LoaError) -> None:
    """A book that cannot be opened keeps everything from going out and cannot remember what was told: a file does."""
    from loa.alerts.without_book import tell_of_book
    from loa.clock import SystemClock
    from loa.wiring.alerts import ways_of

    tell_of_book(workspace.settings.body.short_name, ways_of(workspace), workspace.var, error, SystemClock().now())
