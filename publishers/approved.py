"""The bytes that were approved, and no others: a file is judged on the very handle that is sent from."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from loa.clock import Clock
from loa.delivery import Attachment
from publishers.common import SOON, halt, later


class Altered(Exception):  # noqa: N818 - what happened, not an error of ours
    """A file is not the one that was approved any more: its name."""


def approved_bytes(item: Attachment, clock: Clock) -> bytes:
    """All of a file that fits into memory (a picture).

    Raises:
        Halt: E624, the file is not what was approved; the desk looks at it again before anything else.
    """
    data = item.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != item.sha256:
        halt(later(clock, SOON, "E624", item.path.name))
    return data


def approved_captions(item: Attachment) -> bytes:
    """The subtitles of a clip.

    Raises:
        Altered: they are not what was approved.
        OSError: they cannot be read.
    """
    if item.captions is None:
        raise Altered("")
    data = item.captions.read_bytes()
    if hashlib.sha256(data).hexdigest() != item.captions_sha256:
        raise Altered(item.captions.name)
    return data


@contextmanager
def approved_file(item: Attachment, clock: Clock) -> Iterator[BinaryIO]:
    """A file too long for memory (a clip), open at its beginning.

    Raises:
        Halt: E624, the file is not what was approved, or was written to while it was being sent.
    """
    with item.path.open("rb") as file:
        before = _stamp(file)
        if hashlib.file_digest(file, "sha256").hexdigest() != item.sha256:
            halt(later(clock, SOON, "E624", item.path.name))
        file.seek(0)
        yield file
        if _stamp(file) != before:
            halt(later(clock, SOON, "E624", item.path.name))


def _stamp(file: BinaryIO) -> tuple[int, int, int]:
    """Moves with every write; the change time cannot be set back by the usual tools."""
    stat = os.fstat(file.fileno())
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
