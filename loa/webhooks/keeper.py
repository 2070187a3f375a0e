"""Keeping calls: many that come at once share one commit, and each waits for the commit that holds it."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from loa.errors import StoreError
from loa.store import Book
from loa.store.inbox import Letter, keep_letters

MOST_WAITING = 4096
"""Calls that may wait for the disk; more are turned away, and the gateway comes again."""
_MOST_TOGETHER = 1000


@dataclass(frozen=True, slots=True)
class _Waiting:
    letter: Letter
    kept: asyncio.Future[bool]


class Keeper:
    """A thread that writes letters into the book, as many in one commit as have come meanwhile."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._waiting: queue.Queue[_Waiting | None] = queue.Queue(MOST_WAITING)
        self._thread = threading.Thread(target=self._write, name="loa-webhooks-keeper", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.put(None)
        self._thread.join()

    async def keep(self, letter: Letter) -> bool:
        """Whether the letter is on the disk now; False where the book is full, held or overrun."""
        kept: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        try:
            self._waiting.put_nowait(_Waiting(letter, kept))
        except queue.Full:
            return False
        return await kept

    def _write(self) -> None:
        while group := self._group():
            try:
                keep_letters(self._book, [each.letter for each in group])
            except StoreError:
                _tell(group, kept=False)
            else:
                _tell(group, kept=True)

    def _group(self) -> list[_Waiting]:
        """At least one letter and with it whatever else is there; none at the end."""
        first = self._waiting.get()
        group = [first] if first else []
        while group and len(group) < _MOST_TOGETHER:
            try:
                each = self._waiting.get_nowait()
            except queue.Empty:
                break
            if each is None:
                self._waiting.put(None)  # the end comes after what is in hand
                break
            group.append(each)
        return group


def _tell(group: Sequence[_Waiting], *, kept: bool) -> None:
    """Wake those who wait, once for the whole group."""

    def wake() -> None:
        for each in group:
            if not each.kept.done():  # the caller may have hung up
                each.kept.set_result(kept)

    group[0].kept.get_loop().call_soon_threadsafe(wake)
