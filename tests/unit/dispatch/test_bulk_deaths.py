"""A scheduler that dies at any commit of a sending: nobody gets it twice, nobody is lost."""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.crowd import SLOT, Crowd, e164, make_crowd

from loa.clock import SimulatedClock
from loa.delivery import Bulk, State
from loa.dispatch import Selection, settle
from loa.dispatch.bulk import control
from loa.store import Book

PEOPLE, STAFF = 23, 3
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
TENS = Bulk(most=5)
LEAST_COMMITS = 10
"""Of a sending with a trial wave: fewer would mean that it died nowhere."""


class _Death(BaseException):
    """Not an Exception: no door may catch it."""


class _Fate:
    """Dies at the n-th commit, before it: whatever left since the commit before that is on the wire already."""

    def __init__(self, commit: int) -> None:
        self.left = commit

    @contextmanager
    def write(self, book: Book) -> Iterator[Any]:
        self.left -= 1
        with _write(book) as connection:
            yield connection
            if not self.left:
                raise _Death


_write = Book.write


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    items = {"tin": ("2027-03-02", "09:00", "{canary: can-bo}")}
    root = make_crowd(tmp_path_factory.mktemp("deaths") / "office", PEOPLE, staff=STAFF, items=items)
    crowd = Crowd(root, SimulatedClock(SLOT - DAY), TENS)
    crowd.make_ready()
    crowd.close()
    return root


@pytest.mark.parametrize("read_back", ["key", "none"])
def test_nobody_gets_it_twice_and_nobody_is_lost_wherever_it_dies(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_back: str
) -> None:
    for commit in itertools.count(1):
        root = tmp_path / str(commit)
        shutil.copytree(office, root)
        crowd = Crowd(root, SimulatedClock(SLOT - DAY), TENS, {"read_back": read_back})
        fate = _Fate(commit)
        try:
            with monkeypatch.context() as patch:
                patch.setattr(Book, "write", lambda book, fate=fate: fate.write(book))
                _whole_day(crowd)
        except _Death:
            crowd.reopen()
            _whole_day(crowd)
        counts = dict(crowd.view().counts)
        doubtful = counts.pop(State.HUMAN, 0)
        assert counts == {State.DONE: PEOPLE - doubtful}, (commit, counts)
        assert doubtful == 0 or (read_back == "none" and doubtful <= PEOPLE - STAFF)
        by_key = {batch.key: batch.numbers for _, batch in crowd.gateway.calls}
        got = [number for numbers in by_key.values() for number in numbers]
        assert len(got) == len(set(got)), commit
        assert len(got) >= PEOPLE - doubtful
        assert set(got) <= {e164(n) for n in range(1, PEOPLE + 1)}
        if read_back == "none":
            assert crowd.gateway.twice() == []
        crowd.close()
        if fate.left > 0:
            break
    assert commit > LEAST_COMMITS


def _whole_day(crowd: Crowd) -> None:
    """The office at work; where the call of the trial wave is in doubt, a person looks at a phone."""
    if crowd.clock.now() < SLOT:
        crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    crowd.go_to(max(crowd.clock.now(), SLOT + DAY))
    if crowd.view().state == State.HUMAN and State.HELD in crowd.view().counts:
        seen = e164(1) in crowd.gateway.numbers
        settle(crowd.desk, Selection(), "lan", "done" if seen else "again")
        crowd.go_to(crowd.clock.now() + MINUTE)
    if crowd.view().state == State.HELD:
        control.go(crowd.desk, Selection(), "lan")
    crowd.go_to(crowd.clock.now() + MINUTE)
    crowd.run(SLOT + 2 * DAY)
