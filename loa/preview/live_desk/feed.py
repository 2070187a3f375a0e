"""What all open pages are told: that the book or the files have changed, and which problems the files have."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Literal

from loa.errors import Problem

News = Literal["book-changed", "files", "problems"]
Source = Literal["plan", "making"]
POLL_SECONDS = 0.05
ALIVE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class State:
    """The numbers of changes so far; a page that knows others has missed something."""

    book: int
    files: int
    problems: int


class Feed:
    """Counts changes; each open page follows the counts. Threads may tell, pages wait on the event loop."""

    def __init__(self) -> None:
        self._counts: Counter[News] = Counter()
        self._problems: dict[Source, tuple[Problem, ...]] = {}
        self.listeners = 0
        self.is_closed = False

    def tell(self, news: News) -> None:
        """Something has changed: every open page hears of it."""
        self._counts[news] += 1

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files now; nothing, once they are mended."""
        return tuple(each for found in self._problems.values() for each in found)

    def set_problems(self, source: Source, problems: tuple[Problem, ...]) -> None:
        """What the plan, or making what it needs, found wrong when it last looked."""
        if problems != self._problems.get(source, ()):
            self._problems[source] = problems
            self.tell("problems")

    def close(self) -> None:
        """The server ends: whoever listens is let go at once."""
        self.is_closed = True

    @property
    def state(self) -> State:
        """How much has happened so far."""
        counts = self._counts
        return State(counts["book-changed"], counts["files"], counts["problems"])

    async def follow(self, write: Callable[[State], str]) -> AsyncIterator[str]:
        """The state now, and again whenever it is another, as ``write`` puts it; a sign of life in between."""
        known: State | None = None
        quiet = 0.0
        self.listeners += 1
        try:
            while not self.is_closed:
                if (now := self.state) != known:
                    known, quiet = now, 0.0
                    yield write(now)
                elif quiet >= ALIVE_SECONDS:
                    quiet = 0.0
                    yield ": alive\n\n"
                await asyncio.sleep(POLL_SECONDS)
                quiet += POLL_SECONDS
        finally:
            self.listeners -= 1
