"""The states of a delivery and the moves between them."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a delivery or a sending stands; the words are written into the book."""

    PLANNED = "planned"
    AWAITING = "awaiting_approval"
    APPROVED = "approved"
    DUE = "due"
    SENDING = "sending"
    PENDING = "pending"
    DONE = "done"
    REFUSED = "refused"
    RETRY_LATER = "retry_later"
    UNKNOWN = "unknown"
    HUMAN = "human"
    MISSED = "missed"
    HELD = "held"
    CANCELLED = "cancelled"


TERMINAL = frozenset({State.DONE, State.REFUSED, State.MISSED, State.CANCELLED})
