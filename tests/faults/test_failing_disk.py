"""A disk that fails once while the plan is brought in is told as that, not as a fault of the staff's files."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from support.crowd import SLOT, Crowd, make_crowd

from loa import store
from loa.clock import SimulatedClock
from loa.delivery import Bulk
from loa.errors import StoreError
from loa.store import Book


class Failing(Book):
    """A book of which one write fails."""

    writes_left = 10_000

    @contextmanager
    def write(self) -> Iterator[store.Connection]:
        self.writes_left -= 1
        if self.writes_left == 0:
            raise StoreError("E963", place="var/book.sqlite", detail="full")
        with super().write() as connection:
            yield connection


@pytest.mark.parametrize("writes", range(1, 6))
def test_a_beat_that_finds_the_disk_full_says_so_and_blames_no_file(tmp_path: Path, writes: int) -> None:
    crowd = Crowd(make_crowd(tmp_path, 3), SimulatedClock(SLOT - timedelta(hours=1)), Bulk(least=1, most=10))
    crowd.make_ready()
    book = crowd.desk.book
    book.__class__ = Failing
    book.writes_left = writes  # type: ignore[attr-defined]  # of the class above
    with pytest.raises(StoreError, match="E963"):
        crowd.go_to(SLOT)
    assert crowd.gateway.calls == []
    assert store.read_note(book, "blocked") == ""
    book.writes_left = 10_000  # type: ignore[attr-defined]  # the same
    crowd.go_to(SLOT + timedelta(minutes=1))
    crowd.run(SLOT + timedelta(hours=1))
    assert len(crowd.gateway.numbers) == 3
    crowd.close()
