"""A clip that its platform still digests is known again by the next process: `loa run --once` gets it out, too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from loa.clock import SimulatedClock, SystemClock
from loa.delivery import Done, Equipment, Message, Pending, Publisher, RetryLater
from loa.sandbox import Fault, Sandbox
from loa.store import Book, BookMemory, open_book
from publishers import REGISTRY

from .conftest import Bench

UPLOADS = {"x": "/2/media/upload/initialize", "zalo": "/v2.0/article/upload_video/preparevideo"}


@pytest.fixture(params=sorted(UPLOADS))
def it(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with Sandbox(tmp_path / "sandbox", clock=SystemClock()) as sandbox:
        yield Bench(request.param, sandbox, SimulatedClock(SystemClock().now()), tmp_path)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    found = open_book(tmp_path / "book.sqlite")
    yield found
    found.close()


def new_process(it: Bench, book: Book) -> Publisher:
    """The horn of the same account as a process has it that has just started."""
    account = it.account
    memory = BookMemory(book, it.clock, account.id)
    return REGISTRY[it.channel].build(account, it.clock, equipment=Equipment(it.sandbox.public, memory=memory))


def until_out(it: Bench, book: Book, message: Message) -> int:
    """Try with a new process each time, while nobody can upload anything anew; how many it took after the first."""
    ending = new_process(it, book).publish(message)
    it.sandbox.play([Fault(face=it.channel, route=f"*{UPLOADS[it.channel]}", kind="error500_before", times=99)])
    tries = 0
    while isinstance(ending, RetryLater) and tries < 40:
        tries += 1
        it.clock.move_to(ending.at)
        ending = new_process(it, book).publish(message)
    assert isinstance(ending, Done | Pending), ending
    return tries


def test_a_clip_goes_up_once_although_every_look_is_a_new_process(it: Bench, book: Book) -> None:
    message = it.message(attachments=(it.picture(), it.clip()) if it.channel == "zalo" else (it.clip(),))
    assert until_out(it, book, message)
    assert len(it.journal()) == 1


def test_what_is_past_its_time_is_not_remembered(tmp_path: Path, book: Book) -> None:
    clock = SimulatedClock(SystemClock().now())
    memory, other = BookMemory(book, clock, "zalo-a_b"), BookMemory(book, clock, "zalo-axb")
    memory.write("clip", {"token": "1"}, clock.now() + timedelta(hours=1))
    assert memory.read("clip", clock.now()) == {"token": "1"}
    assert other.read("clip", clock.now()) is None
    clock.advance(timedelta(hours=1))
    assert memory.read("clip", clock.now()) is None


def test_what_is_forgotten_is_gone(book: Book) -> None:
    clock = SimulatedClock(SystemClock().now())
    memory = BookMemory(book, clock, "x-tinh")
    memory.write("clip", {"id": "1"}, clock.now() + timedelta(hours=1))
    memory.forget("clip")
    memory.forget("clip")
    assert memory.read("clip", clock.now()) is None
