"""One task for one person: what is to be done on the channel, with which files, until when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from loa.delivery import Account, Attachment, ChannelCard, Message
from loa.messages import short_date, weekday

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file of the package under its name for people, with the approved asset that it is a copy of."""

    name: str
    asset: Attachment
    captions: str = ""
    """The name of its subtitles, beside it."""

    @property
    def size(self) -> str:
        """``1,2 MB`` or ``340 kB``."""
        size = self.asset.path.stat().st_size
        return f"{size / 1e6:.1f} MB".replace(".", ",") if size >= _MILLION else f"{max(1, round(size / 1000))} kB"


@dataclass(frozen=True, slots=True)
class Task:
    """All that the pages of a package are made from."""

    card: ChannelCard
    account: Account
    message: Message
    deadline: datetime
    code: str
    files: tuple[PackedFile, ...]
    target: Mapping[str, str]
    """For a correction or a takedown: what is known of the package that went before (title, link)."""

    @property
    def person(self) -> str:
        return self.account.settings["person"]

    @property
    def until(self) -> str:
        """``17:00 thứ Bảy 09/10/2027``."""
        return f"{self.deadline:%H:%M} {weekday(self.deadline.date())} {short_date(self.deadline.date())}"

    def setting(self, name: str, otherwise: str = "") -> str:
        return self.account.settings.get(name) or otherwise

    def chosen(self, name: str, otherwise: str = "") -> str:
        """What the campaign chose, else what the account has by default."""
        return self.message.options.get(name) or self.setting(name, otherwise)

    def of_kind(self, *kinds: str) -> tuple[PackedFile, ...]:
        return tuple(each for each in self.files if each.asset.kind in kinds)

    def names(self, *kinds: str) -> str:
        return ", ".join(each.name for each in self.of_kind(*kinds))


Writer = Callable[[Task, Path], None]
"""Writes one more file of the package into its folder."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a channel asks of a person, in Vietnamese."""

    title: str
    """What is to be done, as a heading: ``Đăng clip lên YouTube``."""
    steps: Callable[[Task], Iterable[str]]
    proof: str
    """What proves that it was done, and how to take it."""
    undo: Sequence[str]
    """How a post of this channel is taken back."""
    extras: tuple[Writer, ...] = ()
    moment: str = "Đăng lúc"
    """What the deadline is: the moment itself, or the last one (``Xong trước``)."""
    publishes_feed: bool = False
    pastes: bool = True
    """Whether the words are for pasting; where a file says everything (a script, a poster) they would only confuse."""
