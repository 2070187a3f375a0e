"""What goes on beside the pages while the desk is open: the book and the staff's files are followed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from loa.errors import LoaError
from loa.preview.live_desk.feed import Feed
from loa.preview.live_desk.following import Follower
from loa.preview.live_desk.planning import Planning
from loa.preview.room import Room
from loa.store.screen import desk_mark

LOOK_SECONDS = 0.25
_THREADS = 8
"""Each thread that answers keeps memory of its own; more of them than this make nobody's page faster."""


def running(room: Room, feed: Feed, plans: Planning) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """The life of the desk's application: as long as it serves, its pages follow the book."""

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = _THREADS
        files = Follower(room, feed, plans)
        files.start()
        watching = asyncio.create_task(_follow_book(room, feed))
        try:
            yield
        finally:
            watching.cancel()
            await run_in_threadpool(files.end)

    return life


async def _follow_book(room: Room, feed: Feed) -> None:
    known: tuple[int, ...] | None = None
    while True:
        if feed.listeners:
            mark = await run_in_threadpool(_mark, room)
            if mark is not None and mark != known:
                if known is not None:
                    feed.tell("book-changed")
                known = mark
        await asyncio.sleep(LOOK_SECONDS)


def _mark(room: Room) -> tuple[int, ...] | None:
    """What moves with the book; None while it cannot be read: another look comes soon."""
    try:
        with room.desk.book.read() as connection:
            return desk_mark(connection)
    except LoaError:
        return None
