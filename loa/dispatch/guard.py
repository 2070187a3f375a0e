"""The last look before the wire: the bytes about to be sent are the bytes that were approved."""

from __future__ import annotations

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.approval import is_enough, standing
from loa.dispatch.arming import unarmed
from loa.dispatch.desk import Desk
from loa.dispatch.package import action_of, damaged_assets, opened, package_hash
from loa.store import Approval, DeliveryRow


def objection(desk: Desk, row: DeliveryRow, decisions: list[Approval]) -> tuple[str, dict[str, str]] | None:
    """Why this delivery may not go out: a code and its parameters; None when nothing speaks against it."""
    if not row.content_hash or package_hash(row.package) != row.content_hash:
        return reasons.BROKEN_PACKAGE, {}
    approvals = standing(decisions, row.content_hash)
    # One named person's word takes a post down: harm is not put to the vote.
    alone = bool(approvals) and action_of(row.package) == "remove"
    if not alone and not is_enough(approvals, row.labels["author"], desk.workspace.settings.policies):
        return reasons.NOT_APPROVED, {}
    if damaged := damaged_assets(opened(row.package), desk.workspace):
        return reasons.DAMAGED, {"files": ", ".join(damaged)}
    return None


def guarded(desk: Desk, connection: store.Connection, rows: list[DeliveryRow]) -> tuple[list[DeliveryRow], int]:
    """The rows that may go out; the others are held with the reason. Also the number held."""
    decisions = store.approvals_of(connection, [row.key for row in rows])
    free = []
    for row in rows:
        against = objection(desk, row, decisions.get(row.key, [])) or unarmed(desk, connection, row)
        if against is None:
            free.append(row)
        else:
            hold(desk, connection, row, *against)
    return free, len(rows) - len(free)


def hold(desk: Desk, connection: store.Connection, row: DeliveryRow, reason: str, params: dict[str, str]) -> None:
    """Hold one delivery with its reason."""
    store.move_delivery(connection, row, State.HELD, at=desk.clock.now(), reason=reason, params=params)
