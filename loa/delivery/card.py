"""A channel's card: all that the house must know of a channel without knowing the channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from loa.delivery.media import Fault, MediaFacts, MediaKind, MediaRule

ReadBack = Literal["exact", "good", "key", "none"]
Action = Literal["publish", "revise", "remove"]
"""What a delivery does: put a post out, change the words of one that is out, take one down."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a campaign may make for the channel, under ``send.<channel>.options``."""

    name: str
    """A name that ends in ``.*`` stands for every name that begins so (``data.*``: ``data.ho_ten``)."""
    vi: str
    en: str
    accepted: tuple[str, ...] = ()
    """The values that are known; none means any text."""
    takes: Callable[[str], bool] | None = None
    """Judges a value that no list can tell (several words, spellings); ``accepted`` then only shows what is meant."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """What a gateway takes in one call, and what it tells afterwards."""

    most: int = 1
    """The most numbers of one call."""
    least: int = 1
    """The least numbers of one call (eSMS takes no advertising call below 30)."""
    unicode: bool = True
    """False where only GSM-7 goes through."""
    forbidden: str = ""
    """Characters that the gateway refuses."""
    reserved: int = 0
    """Characters that the carriers add themselves (label and opt-out text of advertising)."""
    asks: bool = False
    """Whether the gateway can be asked for receipts; else they come by webhook or not at all."""
    receipts: bool = True
    """Whether receipts of single messages exist at all."""
    remembers: bool = True
    """Whether such calls are surely known again by their key, where the card reads back by "key"; if not, a doubtful
    one is for a person and never repeated by the machine."""


ONE_EACH = Bulk()


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
    no_phone_numbers: bool = False
    """True where no person's phone number may stand in the text (a letter that leaves the office)."""
    mixes_kinds: bool = False
    """True where one post may carry files of several kinds (an article with pictures and a clip)."""
    needs_one_of: tuple[MediaKind, ...] = ()
    """Without a file of one of these kinds there is nothing to publish (a clip for YouTube); empty: text is enough."""
    max_title: int = 0
    """Longest title in characters; 0 where the channel shows no title."""
    max_summary: int = 0
    """Longest summary in characters; 0 where the channel shows no summary."""
    account_settings: tuple[str, ...] = ()
    """Names that an account's ``settings`` must have (page_id, oa_id …)."""
    account_secrets: tuple[str, ...] = ()
    """Names that an account's ``secrets`` must have (page_token …)."""
    optional_secrets: tuple[str, ...] = ()
    """Names of secrets that an account may have (app_secret …)."""
    host_settings: tuple[tuple[str, str], ...] = ()
    """Channel settings with their defaults: hosts, versions, limits."""
    options: tuple[Option, ...] = ()
    """What a campaign may choose for this channel."""
    actions: frozenset[Action] = frozenset({"publish"})
    """What can be done to a post by the platform's interface; the rest a person does on its site."""
    lead: timedelta = timedelta(0)
    """How long before its moment a delivery is handed to a person who publishes it by hand; 0 for a machine's own."""
    refers_to: str = ""
    """The channel whose finished posts a delivery of this one points at (a broadcast sends articles)."""
    most_references: int = 0
    """The most posts that one delivery may point at; 0 where the channel says nothing."""
    monthly_quota: Callable[[Mapping[str, str], Mapping[str, str]], int | None] | None = None
    """(account settings, channel settings) → most deliveries of one account in a calendar month; None: no limit."""
    price: Callable[[str, Mapping[str, str]], Decimal] | None = None
    """(text as sent, channel settings) → what one post costs, in US dollars; None for a channel without a price."""
    stagger: timedelta = timedelta(0)
    """Many accounts in one slot leave in small groups this far apart; 0 for all at once."""

    bulk: Callable[[Mapping[str, str]], Bulk] | None = None
    """Options of a message → what one call takes; None for channels that send one at a time."""
    chosen_by: str = ""
    """The account setting that chooses among ``variants`` (``gateway``)."""
    variants: Mapping[str, ChannelCard] = field(default_factory=dict)
    """The same channel by other ways: gateways of SMS, each with its settings, secrets, limits and read-back."""

    def of(self, settings: Mapping[str, str]) -> ChannelCard:
        """The card for an account with these settings: a variant of it where the channel has several ways."""
        return self.variants.get(settings.get(self.chosen_by, ""), self)

    @property
    def by_hand(self) -> bool:
        """Whether a person publishes: the horn lays out a package, and the person tells when it is done."""
        return self.lead > timedelta(0)

    def rule_for(self, kind: MediaKind) -> MediaRule | None:
        """What the channel takes of this kind, its first choice; None where it takes nothing of it."""
        return next((rule for rule in self.media if rule.kind == kind), None)

    def most_of(self, kind: MediaKind) -> int:
        """How many of a kind one delivery carries; 0 where the channel takes nothing of it."""
        return max((rule.max_count for rule in self.media if rule.kind == kind), default=0)

    def faults(self, facts: MediaFacts) -> tuple[Fault, ...]:
        """What of a file breaks the card; a kind with several rules (a Reel, a video) must keep one of them whole."""
        judged = [rule.faults(facts) for rule in self.media if rule.kind == facts.kind]
        return min(judged, key=lambda faults: sum(not fault.untried for fault in faults), default=())
