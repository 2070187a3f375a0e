"""Messages of a rebuilt book: once the very same lists are there again, they go on where they were."""

from __future__ import annotations

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.bulk.layout import lay_out_again
from loa.dispatch.desk import Desk
from loa.dispatch.rolling import bring_to_standing
from loa.store import DeliveryRow
from loa.store import bulk_counts as counts
from loa.store import bulk_layout as layouts
from loa.store.ledger import Words
from loa.store.rebuild_calls import apply_kept, waiting_for_people

_WAITS = (reasons.LIST_GONE, reasons.CHANGED_MIDWAY)


def go_on_rebuilt(desk: Desk) -> int:
    """Lay out anew the people of messages whose lists are back, and mark who has been sent to; how many go on."""
    with desk.book.read() as connection:
        waiting = waiting_for_people(connection)
        rows = {each: store.delivery_by_id(connection, each) for each in waiting}
    return sum(_go_on(desk, rows[each], waiting[each]) for each in waiting)


def _go_on(desk: Desk, row: DeliveryRow, words: Words) -> bool:
    if row.state != State.HELD or row.reason not in _WAITS or not lay_out_again(desk, row, words["layout"]):
        return False
    now = desk.clock.now()
    with desk.book.write() as connection:
        apply_kept(connection, row.id, now)
        layouts.mark_whole(connection, row.id)
        if words["released"]:
            counts.release_held(connection, row.id, now)
        if store.move_delivery(connection, row, State.DUE, at=now):
            bring_to_standing(connection, store.delivery_by_id(connection, row.id), now)
    return True
