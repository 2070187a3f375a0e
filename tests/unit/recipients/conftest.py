"""A room of lists on either database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.lists import Room, make_room
from support.postgres import fresh_database


@pytest.fixture(params=["sqlite", "postgresql"])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Room]:
    database = fresh_database(request.getfixturevalue("server")) if request.param == "postgresql" else None
    made = make_room(tmp_path / "office", database)
    yield made
    made.book.close()
