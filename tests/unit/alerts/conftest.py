"""A desk on both kinds of book, with a clock that the test moves."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.office import make_office
from support.postgres import fresh_database

from loa.clock import SimulatedClock
from loa.dispatch import Desk
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

NOON = datetime(2027, 3, 1, 5, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOA_DATABASE_URL", raising=False)
    if request.param == "postgresql":
        monkeypatch.setenv("LOA_DATABASE_URL", fresh_database(request.getfixturevalue("server")))


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(NOON)


@pytest.fixture
def desk(tmp_path: Path, database: None, clock: SimulatedClock) -> Iterator[Desk]:
    made = open_desk(open_workspace(make_office(tmp_path / "office")), clock)
    yield made
    made.book.close()
