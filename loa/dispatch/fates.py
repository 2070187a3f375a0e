"""What became of messages, for people: counts beside the views of their deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from loa import store
from loa.dispatch.desk import Desk
from loa.dispatch.views import DeliveryView, FatesView
from loa.errors import LoaError
from loa.store.outcomes import Outcomes, outcomes_of
from loa.workspace import Workspace

RECEIPT_HOURS = "receipt_hours"
_USUAL, _LEAST, _MOST = 72, 1, 24 * 30


def receipt_hours(workspace: Workspace, channel: str) -> int:
    """How long after a message was accepted its receipt is waited for, as ``loa.yaml`` says.

    Raises:
        LoaError: E864, it is no number of hours.
    """
    own = workspace.settings.channels.get(channel)
    written = own.settings.get(RECEIPT_HOURS, "") if own else ""
    if not written:
        return _USUAL
    if written.isascii() and written.isdigit() and _LEAST <= int(written) <= _MOST:
        return int(written)
    raise LoaError("E864", name=RECEIPT_HOURS, channel=channel, value=written, least=_LEAST, most=_MOST)


def with_fates(desk: Desk, views: Sequence[DeliveryView]) -> tuple[DeliveryView, ...]:
    """The views, those to people with what became of their messages by now; in a rehearsal, by its own now.

    Raises:
        LoaError: E864, ``receipt_hours`` in ``loa.yaml`` is no number of hours.
    """
    found: dict[int, FatesView] = {}
    kept = store.read_note(desk.book, "clock")
    now = datetime.fromisoformat(kept) if kept else desk.clock.now()
    for channel in {view.channel for view in views if view.recipients}:
        hours = receipt_hours(desk.workspace, channel)
        ids = [view.id for view in views if view.recipients and view.channel == channel]
        with desk.book.read() as connection:
            outcomes = outcomes_of(connection, ids, now - timedelta(hours=hours))
        found |= {delivery_id: _view(each, hours) for delivery_id, each in outcomes.items()}
    return tuple(replace(view, fates=found.get(view.id)) for view in views)


def _view(outcomes: Outcomes, hours: int) -> FatesView:
    return FatesView(
        accepted=outcomes.accepted,
        delivered=outcomes.delivered,
        partial=outcomes.partial,
        failed=dict(outcomes.failed),
        on_the_way=outcomes.on_the_way,
        no_receipt=outcomes.no_receipt,
        dropped=dict(outcomes.dropped),
        refused=dict(outcomes.refused),
        hours=hours,
    )
