"""Messages to many people: one call with its numbers, what the gateway says of it, and what becomes of each later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Protocol

from loa.delivery.endings import Ending, LookUp, Receipt, Refused
from loa.delivery.message import Publisher


@dataclass(frozen=True, slots=True)
class Batch:
    """One call to a gateway: exactly the approved text, to the numbers of this call.

    ``key`` is the idempotency key of the call: the same numbers and text under the same key, and never other ones.
    """

    key: str
    text: str
    numbers: tuple[str, ...]
    """E.164, such as +84912345678; none twice."""
    options: Mapping[str, str] = field(default_factory=dict)
    """``class`` (emergency, public_info, operations, advertising) and what the campaign chose for the channel."""


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """How a call ended. ``ending`` is about the whole call; ``refused`` about single numbers of a call that was taken.

    With ``Unknown`` nobody knows of any number of the call.
    """

    ending: Ending
    refused: Mapping[str, Refused] = field(default_factory=dict)


class Fate(IntEnum):
    """What is known of a message after the gateway took it. News only ever raises it, in whatever order they come."""

    NOTHING = 0
    ACCEPTED = 1
    """The carrier has it."""
    BUFFERED = 2
    """The handset is out of reach; the carrier tries on."""
    FAILED = 3
    DELIVERED = 4


@dataclass(frozen=True, slots=True)
class ReceiptNews:
    """One report of a gateway. It names its call by our key or by the gateway's own id of the call."""

    fate: Fate
    key: str = ""
    """The ``Batch.key``, where the gateway carries it back."""
    platform_id: str = ""
    """The gateway's id of the call (``Receipt.platform_id``)."""
    number: str = ""
    """E.164. Empty: the call had one number."""
    place: int = 0
    """1… for the place of the number in ``Batch.numbers``, where a gateway carries that back instead; 0: not told."""
    part: int = 0
    """1… for a part of a long message; 0 for the whole message."""
    parts: int = 0
    """How many parts the message has, where the gateway tells."""
    code: str = ""
    """Why it failed: a code of ``loa.messages``."""
    detail: str = ""
    """The gateway's own word for it; no number, no secret."""
    totals: Mapping[Fate, int] = field(default_factory=dict)
    """From a gateway that reports a call as a whole: how many numbers met which fate. ``fate`` is then NOTHING."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message that a citizen sent to one of our numbers."""

    number: str
    """E.164 of the sender."""
    text: str
    platform_id: str
    """The gateway's id: the same message may be reported several times."""


@dataclass(frozen=True, slots=True)
class WebhookCall:
    """What a gateway sent to our door, unread. ``body`` is bounded by the door."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    tail: str = ""
    """What follows the account's own address."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a webhook call, or an answer to a question, says."""

    receipts: tuple[ReceiptNews, ...] = ()
    inbound: tuple[Inbound, ...] = ()


class BulkPublisher(Publisher, Protocol):
    """A horn that speaks to lists of people."""

    def submit(self, batch: Batch) -> BatchAnswer:
        """Send one call. Never raises for what the gateway does; a bad number among good ones is in ``refused``."""
        ...

    def look_up_batch(self, batch: Batch, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:
        """Decide a doubtful call by reading the gateway. Sends nothing."""
        ...

    def ask(self, receipt: Receipt, key: str, numbers: tuple[str, ...]) -> Told:
        """Ask what became of a call that was taken; nothing where the gateway cannot be asked.

        Raises:
            LoaError: E634 it could not be asked now.
        """
        ...

    def read_webhook(self, call: WebhookCall) -> Told:
        """What the gateway's own report says. Pure: asks nobody.

        Raises:
            LoaError: E741 it is not signed as it must be; E742 it is not what this gateway sends.
        """
        ...
