"""What the desk lends to a horn: folders, and the keeper of tokens that change with use."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TokenPair:
    """An access token with the refresh token that gives the next pair. Neither appears in a printed form."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires: datetime
    refresh_expires: datetime


class TokenKeeper(Protocol):
    """Keeps one account's pair where every thread, process and machine of this office sees the same."""

    def read(self) -> TokenPair | None:
        """The pair in force; None when nobody has logged in yet."""
        ...

    def exclusive(self) -> AbstractContextManager[None]:
        """Only one holder at a time in the whole office; a holder that dies lets go."""
        ...

    def begin_refresh(self) -> None:
        """Write down, durably, that the refresh token is about to be used up."""
        ...

    def refresh_in_doubt(self) -> bool:
        """Whether a refresh was begun of which no answer is known."""
        ...

    def replace(self, pair: TokenPair) -> None:
        """Write the new pair; it is on the disk when this returns. Ends any doubt."""
        ...


@dataclass(frozen=True, slots=True)
class Equipment:
    """All that a horn may be lent; each takes what it needs."""

    media_folder: Path | None = None
    """The folder that the office's web server shows to the world."""
    handoff_folder: Path | None = None
    """Where packages for people are laid out."""
    tokens: TokenKeeper | None = None


NO_EQUIPMENT = Equipment()
"""For channels that need nothing but the network."""
