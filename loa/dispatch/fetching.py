"""Files that this machine lacks and another has made: asked for in the background, waited for without being lost."""

from __future__ import annotations

from collections.abc import Iterable

from loa import store
from loa.dispatch import reasons
from loa.dispatch.desk import Desk
from loa.dispatch.package import hashes_of, opened, shown_hashes
from loa.errors import LoaError
from loa.render import Order
from loa.store import DeliveryRow


def may_come(desk: Desk, connection: store.Connection, row: DeliveryRow, damaged: tuple[str, ...]) -> bool:
    """Ask for the damaged or missing files of a delivery; whether it waits for them instead of being held.

    It is held where the store has them not, or has something else under their names. Why it waits is told in the book
    once the store has failed to answer.
    """
    wanted = {desk.workspace.inside(path): sha256 for path, sha256 in hashes_of(opened(row.package)).items()}
    lacking = {path: wanted[path] for path in map(desk.workspace.inside, damaged)}
    coming, error = desk.renderer.shelf.ask_for(lacking)
    if coming and error is not None and not row.reason:
        _tell(desk, connection, row, error)
    return coming


def _tell(desk: Desk, connection: store.Connection, row: DeliveryRow, error: LoaError) -> None:
    store.move_delivery(connection, row, row.state, at=desk.clock.now(), reason=error.code, params=error.params)


def bring_shown(desk: Desk, seconds: float | None) -> None:
    """Fetch what a page is to show and this machine lacks, waiting so long for it (None: to the end)."""
    with desk.book.read() as connection:
        packages = [opened(row.package) for row in store.deliveries(connection)]
    wanted = {desk.workspace.inside(path): sha256 for each in packages for path, sha256 in shown_hashes(each).items()}
    desk.renderer.shelf.bring_files({path: sha256 for path, sha256 in wanted.items() if not path.is_file()}, seconds)


def not_here(desk: Desk, orders: Iterable[Order]) -> tuple[str, dict[str, str]]:
    """Why assets are not here: nobody has made them, or the common store has not answered, or has spoilt ones."""
    error = desk.renderer.shelf.doubt(desk.renderer.key(order) for order in orders)
    return (error.code, error.params) if error else (reasons.NOT_RENDERED, {})
