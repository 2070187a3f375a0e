"""``loa sms go``, ``loa sms pause``, ``loa sms resume``: a person's word on messages that are under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import say
from loa.cli.options import As
from loa.cli.signing import desk_of

if TYPE_CHECKING:
    from loa.dispatch import Desk, Selection
    from loa.store import DeliveryRow

Deliveries = Annotated[
    list[str],
    typer.Argument(
        metavar="DELIVERY...", help=say("Số của các lượt gửi (xem loa status)", "Delivery numbers (loa status)")
    ),
]


def go(deliveries: Deliveries, reviewer: As) -> None:
    """The trial messages have arrived well: let the rest go."""
    from loa.dispatch.bulk.control import go as let_go

    _each(reviewer, deliveries, lambda desk, selection: let_go(desk, selection, reviewer))
    _tell("Phần còn lại được gửi tiếp: {count} lượt.", "The rest goes on: {count} deliveries.", len(deliveries))


def pause(
    deliveries: Deliveries, reviewer: As, why: Annotated[str, typer.Option("--why", help=say("Lý do", "Reason"))]
) -> None:
    """Hold messages that are going out; what is on the wire is the last."""
    from loa.dispatch.bulk.control import pause as hold

    _each(reviewer, deliveries, lambda desk, selection: hold(desk, selection, reviewer, why))
    _tell("Đã tạm dừng {count} lượt gửi.", "{count} deliveries paused.", len(deliveries))


def resume(deliveries: Deliveries, reviewer: As) -> None:
    """Let paused messages go on where they stopped; nobody gets one twice."""
    from loa.dispatch.bulk.control import resume as let_go_on

    _each(reviewer, deliveries, lambda desk, selection: let_go_on(desk, selection, reviewer))
    _tell("Gửi tiếp {count} lượt.", "{count} deliveries go on.", len(deliveries))


def _each(reviewer: str, deliveries: list[str], act: Callable[[Desk, Selection], list[DeliveryRow]]) -> None:
    """One at a time: of several, each that cannot be acted upon is told."""
    from loa.dispatch import Selection

    desk = desk_of(reviewer)
    for name in deliveries:
        act(desk, Selection(keys=(name,)))


def _tell(vi: str, en: str, count: int) -> None:
    from loa.cli.output import line

    line(say(vi, en).format(count=count))
