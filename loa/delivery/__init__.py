"""The contract between the desk and the horns: what is sent, to whom, and how a sending may end."""

from loa.delivery.card import Action, ChannelCard, Option, ReadBack
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
    Rest,
    RetryLater,
    Scope,
    Unknown,
)
from loa.delivery.equipment import NO_EQUIPMENT, Equipment, Kept, Standing, TokenKeeper, TokenPair
from loa.delivery.login import Login, SignIn
from loa.delivery.media import Fault, MediaFacts, MediaRule
from loa.delivery.message import Account, Attachment, Finding, Message, Publisher
from loa.delivery.states import TERMINAL, State

__all__ = [
    "NO_EQUIPMENT",
    "TERMINAL",
    "Absent",
    "Account",
    "Action",
    "Attachment",
    "AuthNeeded",
    "CannotTell",
    "ChannelCard",
    "Done",
    "Ending",
    "Equipment",
    "Fault",
    "Finding",
    "Found",
    "Kept",
    "Login",
    "LookUp",
    "MediaFacts",
    "MediaRule",
    "Message",
    "Option",
    "Pending",
    "Publisher",
    "ReadBack",
    "Receipt",
    "Refused",
    "Rest",
    "RetryLater",
    "Scope",
    "SignIn",
    "Standing",
    "State",
    "TokenKeeper",
    "TokenPair",
    "Unknown",
]
