"""What the book says, in a form for people: the reviewers' pages, the status screen and the report read these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from loa.delivery import Action, State
from loa.delivery.media import MediaKind


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A picture or clip that goes out with a delivery, or print and sound that were made with it."""

    kind: MediaKind
    path: Path
    sha256: str
    media_type: str
    width: int
    height: int
    seconds: float
    alt_text: str
    captions: Path | None = None
    preview: Path | None = None
    """The picture that shows a document."""


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """One decision of a reviewer on these bytes."""

    reviewer: str
    """The reviewer's name as it stood when the decision was made."""
    decision: str
    """``approve``, ``return``, or ``take back`` (of the person's own approval)."""
    at: datetime
    note: str = ""
    reviewer_id: str = ""
    stands: bool = True
    """False for an approval that was taken back, by its person or by a return of the same bytes."""


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """The platform's word for one sending that is done."""

    platform_id: str
    url: str
    at: datetime
    seq: int
    """0 for a public post; 1… for the recipients of an SMS."""
    photo: str = ""
    """The photo that proves what a person did, as a path from the workspace's root."""


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as handsets get it."""

    sender: str
    """The name that a handset shows; empty where the gateway decides."""
    alphabet: str
    """``GSM-7``, 160 characters alone and 153 in a chain; or ``UCS-2``, 70 and 67."""
    units: int
    """Characters as operators count them."""
    parts: tuple[str, ...]
    parts_total: int
    """To all recipients together."""
    cost: Decimal | None
    """VND in all; None where no price is set."""


@dataclass(frozen=True, slots=True)
class TermsView:
    """What a message to people is bound to, and how it would run if it began on time."""

    title: str
    """Of its class, as people call it."""
    rules: str
    basis: str
    finish: datetime | None
    """When the last part leaves; None where it never would."""
    days: int
    canary: str
    canary_count: int
    budget: Decimal | None
    carriers: tuple[str, ...]
    """With whom the brandname is registered; none where nobody has said, and all are taken to know it."""
    against: tuple[str, ...]
    """What would hold it as it stands now, and warnings, in words."""


@dataclass(frozen=True, slots=True)
class FatesView:
    """What became of the messages of a delivery to people; reasons and guards are codes of ``loa.messages``.

    ``delivered``, ``partial``, ``failed``, ``on_the_way`` and ``no_receipt`` add up to ``accepted``.
    """

    accepted: int
    delivered: int
    partial: int
    """Some parts of a long message arrived and some never will."""
    failed: Mapping[str, int]
    """By reason; an empty one where the gateway gave none."""
    on_the_way: int
    no_receipt: int
    """Accepted more than ``hours`` ago, and nothing final was told."""
    dropped: Mapping[str, int]
    """Never sent, by guard."""
    refused: Mapping[str, int]
    """Refused by the gateway, by reason."""
    hours: int


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """One (slot, channel, account). ``counts`` counts its sendings by state (one for a public post)."""

    id: int
    key: str
    campaign_id: str
    campaign_title: str
    item_id: str
    item_title: str
    unit_code: str
    unit_name: str
    channel: str
    account_id: str
    account_name: str
    due: datetime
    expires: datetime
    state: State
    reason: str
    """Why it stands where it stands, as a code of ``loa.messages`` with its parameters already filled (Vietnamese)."""
    text: str
    title: str
    link: str
    attachments: tuple[AttachmentView, ...]
    content_hash: str
    approvals: tuple[ApprovalView, ...]
    recipients: int
    counts: Mapping[State, int] = field(default_factory=dict)
    receipts: tuple[ReceiptView, ...] = ()
    code: str = ""
    """The code behind ``reason``."""
    remedy: str = ""
    """What a person should do about ``reason``."""
    late_by: timedelta = timedelta(0)
    """How long after its due moment the last sending was done."""
    action: Action = "publish"
    """What it does; a correction or a takedown tells so in its ``item_title`` too."""
    besides: tuple[AttachmentView, ...] = ()
    """Print and sound that the item makes for the unit and no channel carries; told once, with the first delivery."""
    by_hand: bool = False
    """A person publishes it; what is out was reported with a link or a photo."""
    in_hand: bool = False
    """Laid out for a person, who has not yet told that it is done."""
    why: str = ""
    """Why a post is corrected or taken down, as the person who asked for it said."""
    price: Decimal = Decimal(0)
    """What it costs in US dollars; 0 where nothing is charged, or where nobody gave the cards."""
    handed_at: datetime | None = None
    """When it is handed to a person, who publishes it by hand by ``due``; None where a machine publishes it."""
    person: str = ""
    """Whose task it is, where a person publishes it."""
    message: MessageView | None = None
    """How it arrives on phones; None for other channels, or where nobody gave the cards."""
    terms: TermsView | None = None
    """By which rules a message to people goes; None for a public post, or where nobody gave the cards."""
    fates: FatesView | None = None
    """What became of its messages; None for a public post, and where nobody asked."""
    summary: str = ""
    """The lines under the title, on channels that have them."""
    options: Mapping[str, str] = field(default_factory=dict)
    """What the campaign chose for the channel."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Of its account, as they are approved with it; no secrets stand there."""
