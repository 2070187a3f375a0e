"""A kill between the book's commit and the journal's line: what left later stands in the journal all the same."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.crowd import SLOT, Crowd, make_crowd, taken

from loa.clock import SimulatedClock
from loa.delivery import Bulk
from loa.store import Book
from loa.store.journal import Line


class Killed(BaseException):
    """What a kill -9 looks like from inside: nothing after it runs."""


@dataclass
class Mortal:
    """A journal whose writer dies before a line of a kind."""

    inner: Any
    dies_before: str
    dead: bool = field(default=False)

    def append(self, lines: list[Line]) -> None:
        if not self.dead and any(line.kind == self.dies_before for line in lines):
            self.dead = True
            raise Killed
        self.inner.append(lines)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


def test_a_call_whose_first_line_a_kill_took_is_told_whole_when_it_goes(tmp_path: Path) -> None:
    clock = SimulatedClock(SLOT - timedelta(hours=1))
    bulk = Bulk(least=1, most=10, remembers=True)
    crowd = Crowd(make_crowd(tmp_path, 5), clock, bulk, changes={"read_back": "key", "key_life": timedelta(hours=23)})
    crowd.make_ready()
    book: Book = crowd.desk.book
    book._journal = Mortal(book._journal, "call")
    with pytest.raises(Killed):
        crowd.go_to(SLOT)
    assert crowd.gateway.calls == []
    crowd.reopen()
    crowd.gateway.on_submit = taken
    crowd.run(SLOT + timedelta(hours=2))
    [(_, sent)] = crowd.gateway.calls
    assert len(sent.numbers) == 5
    crowd.close()
    texts = [path.read_text(encoding="utf-8") for path in (tmp_path / "var/journal").glob("*.jsonl")]
    lines = [json.loads(line) for text in texts for line in text.splitlines()]
    [call] = [each for each in lines if each["kind"] == "call"]
    assert (call["seqs"], call["attempt"]) == ("1-5", 2)
    assert call["delivery"].startswith("thu-nghiem/tin/")
