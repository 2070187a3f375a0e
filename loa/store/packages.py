"""Every package that the book keeps, read one after another: a hundred thousand of them need no room."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from loa.store import tables
from loa.store.desk_tables import version

_AT_A_TIME = 500


def packages(connection: sa.Connection) -> Iterator[str]:
    """The packages of all deliveries: as they are, as they were last approved, and as they were before."""
    delivery = tables.delivery
    query = sa.select(delivery.c.package, delivery.c.approved_package)
    for now, approved in connection.execute(query.execution_options(yield_per=_AT_A_TIME)):
        yield from {now, approved} - {""}
    yield from connection.scalars(sa.select(version.c.package).execution_options(yield_per=_AT_A_TIME))
