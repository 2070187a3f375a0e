"""What goes over the contract: the message, the account it leaves by, and the publisher's own shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from loa.delivery.card import Action, ChannelCard
from loa.delivery.endings import Ending, LookUp, Receipt, Rest
from loa.delivery.media import MediaFacts, MediaKind


@dataclass(frozen=True, slots=True)
class Attachment:
    """A finished asset. ``path`` was checked against ``sha256`` (hex) just before the message was made."""

    kind: MediaKind
    path: Path
    sha256: str
    media_type: str
    width: int
    height: int
    alt_text: str = ""
    seconds: float = 0.0
    captions: Path | None = None
    captions_sha256: str = ""
    """Of the subtitles that were approved with the clip: others must not go out with it."""

    def facts(self) -> MediaFacts:
        """What the desk knows of the file, and its size as it lies there now."""
        size = self.path.stat().st_size
        return MediaFacts(self.kind, self.media_type, size, self.width, self.height, self.seconds)


@dataclass(frozen=True, slots=True)
class Message:
    """Exactly what was approved, for one account and (where the channel has recipients) one recipient.

    ``key`` is the idempotency key: the same sending always has the same key, another one never does.
    """

    key: str
    text: str
    title: str = ""
    summary: str = ""
    link: str = ""
    attachments: tuple[Attachment, ...] = ()
    recipient: str = ""
    """E.164, such as +84912345678; empty for a public post."""
    options: Mapping[str, str] = field(default_factory=dict)
    action: Action = "publish"
    target: str = ""
    """The platform's id of the post that is revised or removed; empty for a new one."""
    references: tuple[str, ...] = ()
    """The platform's ids of the finished posts that this one points at (see ``ChannelCard.refers_to``)."""
    due: datetime | None = None
    """The moment of its slot, in the workspace's zone: a person who publishes by hand needs a deadline."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Names for people (campaign, item, unit, account); citizens do not see them."""


@dataclass(frozen=True)
class Account:
    """An account of a unit on a channel. ``secrets`` are values by role; they never appear in a printed form."""

    id: str
    channel: str
    name: str
    settings: Mapping[str, str] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)
    """The channel's settings (hosts, versions, limits) with the workspace's overrides."""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a preflight: ``ok``, ``warning`` or ``stop``, with the message code that explains it."""

    level: Literal["ok", "warning", "stop"]
    code: str
    detail: str = ""


class Publisher(Protocol):
    """A horn: knows one platform and this contract, nothing else. One instance an account and thread."""

    card: ChannelCard

    def preflight(self) -> list[Finding]:
        """Ask the platform whether this account can publish now; sends nothing that citizens could see."""
        ...

    def publish(self, message: Message) -> Ending:
        """Send once. Never raises for what the platform does: every outcome has a named ending."""
        ...

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:
        """Ask how a pending sending went on. Sends nothing new."""
        ...

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:
        """Decide a doubtful sending by reading the platform. Sends nothing."""
        ...

    def rest(self) -> Rest | None:
        """Whether the platform's meters ask this account to slow down, as the last answers told; None: go on."""
        ...

    def insights(self, receipt: Receipt) -> Mapping[str, int]:
        """What the platform counted for a post (views, clicks …), by the platform's own names; empty: nothing.

        Raises:
            LoaError: E634 it could not be asked.
        """
        ...


@runtime_checkable
class Instructing(Protocol):
    """A horn of a channel by hand also tells what its person will do."""

    def steps(self, message: Message) -> tuple[str, ...]:
        """One line a step, for the people of the office; lays out nothing."""
        ...
