"""The contract between the desk and the horns: what is sent, to whom, and how a sending may end."""

from loa.delivery.card import ChannelCard, ReadBack
from loa.delivery.endings import (
    Absent,
    AuthNeeded,
    CannotTell,
    Done,
    Ending,
    Found,
    LookUp,
    Pending,
    Receipt,
    Refused,
    RetryLater,
    Scope,
    Unknown,
)
from loa.delivery.media import Fault, MediaFacts, MediaRule
from loa.delivery.message import Account, Attachment, Finding, Message, Publisher
from loa.delivery.states import TERMINAL, State

__all__ = [
    "TERMINAL",
    "Absent",
    "Account",
    "Attachment",
    "AuthNeeded",
    "CannotTell",
    "ChannelCard",
    "Done",
    "Ending",
    "Fault",
    "Finding",
    "Found",
    "LookUp",
    "MediaFacts",
    "MediaRule",
    "Message",
    "Pending",
    "Publisher",
    "ReadBack",
    "Receipt",
    "Refused",
    "RetryLater",
    "Scope",
    "State",
    "Unknown",
]
