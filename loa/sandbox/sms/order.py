"""What goes through the engine: an order in, messages and receipts out. No gateway's words stand here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from loa.sandbox.sms.rules import Rules

Reason = Literal[
    "auth",
    "ip_not_allowed",
    "balance",
    "rate_limited",
    "duplicate_request",
    "too_long",
    # what carriers say, number by number
    "sender_not_registered",
    "template_mismatch",
    "content_blocked",
    "unicode_not_supported",
    "forbidden_character",
    "number_blocked",
    "duplicate_content",
    # why a message that was taken never arrived
    "undeliverable",
    "expired",
    "part_lost",
    "not_approved",
]
State = Literal["approval", "queued", "accepted", "buffered", "delivered", "failed", "expired", "rejected"]
"""``approval``: a person at the gateway looks at it; ``queued``: she said yes; ``accepted``: the carrier has it."""


@dataclass(frozen=True, slots=True)
class Udh:
    """The application cut its long message itself: this is part ``place`` (1…) of ``of``."""

    ref: int
    of: int
    place: int


@dataclass(frozen=True, slots=True)
class Order:
    """One call of an application, read by a face. Every number was checked by the face; in E.164, none twice."""

    face: str
    account: str
    """Who pays: what the gateway knows its customer by. Never a secret."""
    sender: str
    """What handsets show as the sender, and the account of the journal's lines."""
    numbers: Sequence[str]
    text: str
    key: str = ""
    """The caller's own id of this call, where the gateway takes one. It stands in the journal."""
    id_form: str = "{:08x}"
    """How this gateway writes the number of a call as its id."""
    ids: Sequence[str] = ()
    """The ids of the single messages, where the caller chose them; else the engine makes them."""
    unicode: bool | None = None
    """True: as UCS-2 whatever the text is. False: in the cheap alphabet, and every letter beyond it becomes a question
    mark. None: the gateway looks at the text."""
    advertising: bool = False
    tells: frozenset[Reason] = frozenset()
    """What carriers say no to and the gateway tells at once, number by number; the rest comes later as ``rejected``."""
    callback: str = ""
    """Where receipts go. Empty: nowhere (the gateway is asked, or nobody wants to know)."""
    whole: bool = False
    """One receipt for the whole call, with totals and no number."""
    note: Mapping[str, str] = field(default_factory=dict)
    """What the face wants back with every receipt; it may hold no number."""
    udh: Udh | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """An order that was taken. Places in ``numbers`` count from 0."""

    id: str
    at: datetime
    order: Order
    parts: tuple[str, ...]
    """What leaves for each handset, cut for the air, with any label that the carriers added."""
    unicode: bool
    rules: Rules
    """As they were when it was taken: its fate does not change with them."""
    rejected: Mapping[int, Reason] = field(default_factory=dict)
    """Place in ``numbers`` (0…) → why the carrier will say no to a message that the gateway took."""
    skipped: frozenset[int] = frozenset()
    """Places that the gateway refused at once: no message, no price."""

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def id_of(self, place: int) -> str:
        """The id of one message of the call."""
        if self.order.ids:
            return self.order.ids[place]
        return self.id if len(self.order.numbers) == 1 else f"{self.id}-{place + 1}"


class Message:
    """One message to one handset. There are many: nothing is kept that can be worked out."""

    __slots__ = ("call", "earlier", "place")

    def __init__(self, call: Call, place: int, earlier: Message | Inbound | None) -> None:
        self.call = call
        self.place = place
        self.earlier = earlier
        """What the same handset got or sent before."""

    @property
    def id(self) -> str:
        return self.call.id_of(self.place)

    @property
    def number(self) -> str:
        return self.call.order.numbers[self.place]


@dataclass(frozen=True, slots=True)
class Inbound:
    """A text that a citizen sent from a handset, to what sent it the last message."""

    id: str
    at: datetime
    face: str
    account: str
    sender: str
    """The sender of that last message: where the text goes."""
    number: str
    text: str
    earlier: Message | Inbound | None = None


class Accepted(NamedTuple):
    """What came of an order. ``outcomes`` has a line for each number, in their order."""

    call: Call
    outcomes: tuple[Reason | None, ...]
    """None: taken."""
    price: int
    drops: bool
    """The connection breaks before the answer (…0006): ``SmsFace.finish`` sees to it."""
    early: tuple[Message, ...]
    """Receipts of these go out before the answer (…0004): ``SmsFace.finish`` sees to it."""

    @property
    def taken(self) -> int:
        """How many numbers were taken."""
        return sum(reason is None for reason in self.outcomes)

    @property
    def parts(self) -> int:
        """How many parts the message has, for one number."""
        return len(self.call.parts)


class Refusal(Exception):  # noqa: N818 - the gateway's no
    """The whole call is refused; nothing of it was taken.

    ``first`` is the call that had the key (``duplicate_request``). ``wait`` is in seconds (``rate_limited``).
    """

    def __init__(self, reason: Reason, *, first: Call | None = None, wait: float = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.first = first
        self.wait = wait


class Stumble(Exception):  # noqa: N818 - HTTP 500, once
    """The gateway trips over this call and takes nothing of it; the same call again goes through (…0007)."""


@dataclass(frozen=True, slots=True)
class Told:
    """One receipt that is due. For a whole call ``message`` is None and ``totals`` count states."""

    call: Call
    message: Message | None
    state: State
    at: datetime
    reason: Reason | None = None
    totals: Mapping[State, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WebCall:
    """A web call to an application, ready to be sent."""

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
