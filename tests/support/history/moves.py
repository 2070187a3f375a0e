"""The legal moves of a delivery and of a sending, written from the design and not from the program."""

from __future__ import annotations

MACHINE = "máy"
TERMINAL = frozenset({"done", "refused", "missed", "cancelled"})
DOUBT = frozenset({"unknown", "human"})
WAITING = frozenset({"due", "retry_later"})
BEFORE_THE_WIRE = frozenset({"planned", "awaiting_approval", "approved", "held"})
_ON_THE_WAY = frozenset({"due", "sending", "retry_later", "pending", "unknown", "human"})
_ENDS = frozenset({"done", "refused", "missed", "cancelled"})

DELIVERY = {
    "planned": BEFORE_THE_WIRE | {"missed", "cancelled"},
    "awaiting_approval": BEFORE_THE_WIRE | {"missed", "cancelled"},
    "approved": BEFORE_THE_WIRE | {"due", "missed", "cancelled"},
    "held": BEFORE_THE_WIRE | _ON_THE_WAY | _ENDS,
    # a plan that changes before anything has left takes a due delivery back
    "due": BEFORE_THE_WIRE | _ON_THE_WAY | _ENDS,
    "retry_later": BEFORE_THE_WIRE | _ON_THE_WAY | _ENDS,
    "sending": _ON_THE_WAY | _ENDS | {"held"},
    "pending": _ON_THE_WAY | _ENDS | {"held"},
    "unknown": _ON_THE_WAY | _ENDS | {"held"},
    "human": _ON_THE_WAY | _ENDS | {"held"},
}
SENDING = {
    "due": {"sending", "retry_later", "missed", "cancelled"},
    "retry_later": {"sending", "retry_later", "missed", "cancelled"},
    "sending": {"done", "pending", "refused", "retry_later", "unknown", "human", "due"},
    "pending": {"pending", "done", "refused", "unknown", "human"},
    "unknown": {"unknown", "done", "pending", "due", "human", "refused"},
    "human": set(),
    "done": set(),
    "refused": set(),
    "missed": set(),
    "cancelled": set(),
}
BY_A_PERSON = {
    "human": {"done", "due", "cancelled"},
    "unknown": {"done", "due", "cancelled"},
    "pending": {"cancelled", "pending", "done", "refused"},
    "due": {"cancelled"},
    "retry_later": {"cancelled", "due"},
    "refused": {"due"},
    "missed": {"due"},
}
"""What only a named person's word does to a sending."""
BATCH = {
    "sending": {"done", "refused", "unknown", "human", "retry_later", "due", "cancelled"},
    "unknown": {"unknown", "done", "retry_later", "human", "due", "cancelled"},
    "retry_later": {"sending", "retry_later", "human", "done", "due", "cancelled"},
    "human": {"done", "human"},
}


def is_legal_delivery(before: str, after: str, actor: str, *, to_people: bool) -> bool:
    """Whether a delivery may move so."""
    if before == after:
        return True  # another reason for the same state
    if before in TERMINAL:
        # A call that was on the wire when its delivery was given up may still end in doubt, which is told.
        told = to_people and before in {"missed", "cancelled"} and after in DOUBT
        return actor != MACHINE or told
    return after in DELIVERY[before]


def is_legal_sending(before: str, after: str, actor: str) -> bool:
    """Whether a sending may move so."""
    return after in SENDING[before] or (actor != MACHINE and after in BY_A_PERSON.get(before, set()))


def is_legal_batch(before: str, after: str, actor: str) -> bool:
    """Whether a call to people may move so; calls that simply went well are not told in the trail."""
    return after in BATCH.get(before, set()) or (before in DOUBT and actor != MACHINE)
