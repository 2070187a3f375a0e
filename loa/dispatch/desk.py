"""The desk: everything that dispatch works with, put together once by the composition root."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from loa.clock import Clock
from loa.delivery import ChannelCard, Publisher
from loa.dispatch.memory import Memory
from loa.render import Renderer
from loa.store import Book, Vault
from loa.workspace import Workspace


@dataclass(frozen=True)
class Desk:
    """A workspace with its book, its clock and its horns."""

    workspace: Workspace
    book: Book
    vault: Vault
    clock: Clock
    renderer: Renderer
    cards: Mapping[str, ChannelCard]
    publisher_of: Callable[[str], Publisher]
    """Account id → its publisher; raises LoaError where a secret is missing."""
    examiner_of: Callable[[str], Publisher]
    """The same, for questions beside the beat: a horn has one user at a time."""
    worker: str
    """Who we are in the book: unique for each process."""
    handoff: Path
    """Where packages for people are laid out, by channel and account."""
    desk_of: Callable[[Workspace], Desk]
    """The same desk, on the same book, for its workspace as it was read anew."""
    in_sandbox: bool = False
    """Whether imitations stand at the other end instead of real platforms."""
    memory: Memory = field(default_factory=Memory)
    """What this process knows of its own work."""


def renamed(desk: Desk) -> Desk:
    """The desk for another life of this process: who was declared gone does nothing more under its old name."""
    return replace(desk, worker=f"{desk.worker.rpartition(':')[0]}:{uuid.uuid4().hex[:8]}")
