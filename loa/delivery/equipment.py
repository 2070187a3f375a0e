"""What the desk lends to a horn: folders, and the keeper of tokens that change with use."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

Standing = Literal["sure", "in_doubt", "lost"]
"""What is known of a kept pair. "in_doubt": a refresh was begun and no answer is known. "lost": its refresh token was
used up by an answer that never arrived; only a new login helps."""


@dataclass(frozen=True, slots=True)
class TokenPair:
    """An access token with the refresh token that gives the next pair. Neither appears in a printed form."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    since: datetime
    """When the platform gave it."""
    expires: datetime
    refresh_expires: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A pair as the keeper has it now."""

    pair: TokenPair
    standing: Standing = "sure"


class TokenKeeper(Protocol):
    """Keeps the pair of one platform account where every thread, process and machine of this office sees the same.

    Whatever it writes is on the disk when the call returns.
    """

    def read(self) -> Kept | None:
        """The pair in force; None when nobody has logged in yet.

        Raises:
            LoaError: E674, the pair was sealed with another key.
        """
        ...

    def exclusive(self) -> AbstractContextManager[None]:
        """Only one holder at a time in the whole office; a holder that dies lets go.

        Raises:
            LoaError: E670, somebody has held it for longer than any refresh takes.
        """
        ...

    def begin_refresh(self) -> None:
        """Write down that the refresh token is about to be used up: the pair is in doubt from now on."""
        ...

    def abandon_refresh(self) -> None:
        """The refresh certainly had no effect: the pair is sure again."""
        ...

    def give_up(self) -> None:
        """The refresh token is used up and no pair came of it: the pair is lost."""
        ...

    def replace(self, pair: TokenPair) -> None:
        """Write the new pair. Ends any doubt."""
        ...


class Memory(Protocol):
    """What a horn must know again after a restart, or in another process: an upload that the platform still digests."""

    def read(self, name: str, now: datetime) -> Mapping[str, str] | None:
        """What was written under this name and is not past its time."""
        ...

    def write(self, name: str, words: Mapping[str, str], until: datetime) -> None:
        """Remember until a moment, in place of what was there. No secret belongs here."""
        ...

    def forget(self, name: str) -> None:
        """Remember nothing under this name."""
        ...


class PassingMemory:
    """A memory that ends with the process: for a horn that nobody lent a better one."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Mapping[str, str], datetime]] = {}

    def read(self, name: str, now: datetime) -> Mapping[str, str] | None:
        words, until = self._kept.get(name, ({}, now))
        return words if now < until else None

    def write(self, name: str, words: Mapping[str, str], until: datetime) -> None:
        self._kept[name] = words, until

    def forget(self, name: str) -> None:
        self._kept.pop(name, None)


@dataclass(frozen=True, slots=True)
class Equipment:
    """All that a horn may be lent; each takes what it needs."""

    media_folder: Path | None = None
    """The folder that the office's web server shows to the world."""
    handoff_folder: Path | None = None
    """Where packages for people are laid out."""
    tokens: TokenKeeper | None = None
    webhook_url: str = ""
    """Where the platform may report to, this account's own address with its secret path; empty: nowhere."""
    memory: Memory = field(default_factory=PassingMemory)


NO_EQUIPMENT = Equipment()
"""For channels that need nothing but the network."""
