"""A channel's card: all that the house must know of a channel without knowing the channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from loa.delivery.media import MediaKind, MediaRule

ReadBack = Literal["exact", "good", "key", "none"]


@dataclass(frozen=True, slots=True)
class ChannelCard:
    """One channel as the desk sees it."""

    id: str
    name_vi: str
    name_en: str
    max_length: int
    """Longest text in the channel's own measure (see ``measure``)."""
    measure: Callable[[str], int]
    """The channel's own length of a text (characters, weighted characters, SMS parts)."""
    media: tuple[MediaRule, ...]
    read_back: ReadBack
    """How a doubtful sending is decided: exact id, good match, the sender's key, or not at all."""
    settle: timedelta
    """How long after a doubtful sending the platform may still accept it; absence is sure only later."""
    look_ups: tuple[timedelta, ...]
    """When to look, counted from the doubtful sending; the first is not before ``settle``."""
    rate_per_second: float
    hours: tuple[str, str] | None = None
    """The channel's own open hours, local time, such as ``("06:00", "21:59")``; None for always."""
    key_life: timedelta = timedelta(0)
    """How long the platform remembers the sender's key (read_back "key")."""
    to_recipients: bool = False
    """True when a delivery goes to a list of recipients (SMS), False when it is one public post."""
    hashtags: bool = False
    """True where hashtags are in use: those of the content's front matter are put under the text."""
    needs_title: bool = False
    needs_picture: bool = False
    """True when a post without a picture is refused (a Zalo article has a cover)."""
    max_title: int = 0
    """Longest title in characters; 0 where the channel shows no title."""
    max_summary: int = 0
    """Longest summary in characters; 0 where the channel shows no summary."""
    account_settings: tuple[str, ...] = ()
    """Names that an account's ``settings`` must have (page_id, oa_id …)."""
    account_secrets: tuple[str, ...] = ()
    """Names that an account's ``secrets`` must have (page_token …)."""
    host_settings: tuple[tuple[str, str], ...] = ()
    """Channel settings with their defaults: hosts, versions, limits."""

    def rule_for(self, kind: MediaKind) -> MediaRule | None:
        """What the channel takes of this kind; None where it takes nothing of it."""
        return next((rule for rule in self.media if rule.kind == kind), None)
