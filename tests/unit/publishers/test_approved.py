"""Only the approved bytes leave: a file is judged on the handle that is sent from."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from loa.clock import SimulatedClock
from loa.delivery import Attachment, RetryLater
from publishers.approved import approved_bytes, approved_file
from publishers.common import Halt

CLOCK = SimulatedClock(datetime(2026, 10, 10, 1, 0, tzinfo=UTC))
DATA = b"phim " * 1000


@pytest.fixture
def clip(tmp_path: Path) -> Attachment:
    place = tmp_path / "phim.mp4"
    place.write_bytes(DATA)
    return Attachment("clip", place, hashlib.sha256(DATA).hexdigest(), "video/mp4", 1080, 1920)


def is_stopped(caught: pytest.ExceptionInfo[Halt]) -> bool:
    ending = caught.value.ending
    return isinstance(ending, RetryLater) and ending.code == "E624"


def test_the_approved_bytes_are_given(clip: Attachment) -> None:
    assert approved_bytes(clip, CLOCK) == DATA
    with approved_file(clip, CLOCK) as film:
        assert film.read() == DATA


def test_a_file_with_one_byte_changed_is_not_sent(clip: Attachment) -> None:
    clip.path.write_bytes(DATA[:-1] + b"X")
    with pytest.raises(Halt) as caught:
        approved_bytes(clip, CLOCK)
    assert is_stopped(caught)
    with pytest.raises(Halt) as caught, approved_file(clip, CLOCK):
        pytest.fail("it was opened")
    assert is_stopped(caught)


def test_a_file_that_is_written_to_while_it_is_sent_stops_before_the_post_is_made(clip: Attachment) -> None:
    """Even where the modification time is set back: the change time is not."""
    before = clip.path.stat()
    with pytest.raises(Halt) as caught, approved_file(clip, CLOCK) as film:  # noqa: PT012 - what is done inside is the point
        film.read(100)
        with clip.path.open("r+b") as other:
            other.seek(2000)
            other.write(b"X")
        os.utime(clip.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert is_stopped(caught)
