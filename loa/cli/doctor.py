"""``loa doctor``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.command import PROBLEMS_FOUND
from loa.cli.language import say
from loa.cli.options import AsJson, desk_here, workspace_here

if TYPE_CHECKING:
    from loa.cli.checkup.finding import Check
    from loa.dispatch import Desk


def doctor(
    json_wanted: AsJson = False,
    offline: Annotated[
        bool, typer.Option("--offline", help=say("Không hỏi kênh nào qua mạng", "Ask no channel over the network"))
    ] = False,
    sandbox: Annotated[
        str,
        typer.Option(
            "--sandbox",
            metavar="URL",
            help=say("Hỏi bãi tập ở địa chỉ này thay vì kênh thật", "Ask this sandbox instead of the channels"),
        ),
    ] = "",
) -> None:
    """Look over the machine, the workspace, the secrets and every account."""
    from loa.cli.checkup.finding import as_dict, show
    from loa.cli.output import as_json, line

    checks = list(_checks(sandbox, online=not offline))
    if json_wanted:
        as_json([as_dict(each) for each in checks])
    else:
        show(checks)
        stops, warnings = (sum(each.level == level for each in checks) for level in ("stop", "warning"))
        line(say(f"{stops} việc phải sửa, {warnings} lưu ý.", f"{stops} to mend, {warnings} warnings."))
    if any(each.level == "stop" for each in checks):
        raise typer.Exit(PROBLEMS_FOUND)


def _checks(sandbox: str, *, online: bool) -> Iterator[Check]:
    from loa.cli.checkup.accounts import accounts, secrets, with_secrets
    from loa.cli.checkup.finding import trouble
    from loa.cli.checkup.house import common_store, house
    from loa.cli.checkup.machine import machine
    from loa.errors import LoaError

    workspace = workspace_here()
    hosts = _sandbox_hosts(sandbox)
    yield from machine(workspace.var, workspace.zone, _servers(hosts) if online else None)
    try:
        desk = _desk(sandbox)
    except LoaError as error:  # a book that cannot be opened; what does not need it is told all the same
        yield trouble("workspace", "book", error)
        yield from secrets(workspace)
        return
    yield from house(desk)
    if not sandbox:
        yield from secrets(workspace)
    if online and not sandbox:
        yield from common_store(desk)
    if online:
        everyone = [account.id for account in workspace.settings.accounts]
        yield from accounts(desk, everyone if sandbox else with_secrets(workspace))


def _desk(sandbox: str) -> Desk:
    from loa.cli.sandboxed import sandbox_desk

    return sandbox_desk(sandbox) if sandbox else desk_here()


def _sandbox_hosts(sandbox: str) -> Mapping[str, Mapping[str, str]] | None:
    from loa.sandbox import overrides

    return overrides(sandbox) if sandbox else None


def _servers(hosts: Mapping[str, Mapping[str, str]] | None) -> tuple[str, ...]:
    from loa.wiring.probe import servers

    return servers(workspace_here(), hosts)
