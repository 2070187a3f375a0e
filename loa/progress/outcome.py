"""What became of a delivery, in the few words that a report needs. Every state has its outcome."""

from __future__ import annotations

from enum import StrEnum

from loa.delivery import State


class Outcome(StrEnum):
    """The columns of the tables, in the order in which they stand."""

    DONE = "done"
    WAITING = "waiting"
    HELD = "held"
    MISSED = "missed"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    CANCELLED = "cancelled"


_OF = {
    State.PLANNED: Outcome.WAITING,
    State.AWAITING: Outcome.WAITING,
    State.APPROVED: Outcome.WAITING,
    State.DUE: Outcome.WAITING,
    State.SENDING: Outcome.WAITING,
    State.PENDING: Outcome.WAITING,
    State.RETRY_LATER: Outcome.WAITING,
    State.DONE: Outcome.DONE,
    State.HELD: Outcome.HELD,
    State.MISSED: Outcome.MISSED,
    State.UNKNOWN: Outcome.UNKNOWN,
    State.HUMAN: Outcome.UNKNOWN,
    State.REFUSED: Outcome.REFUSED,
    State.CANCELLED: Outcome.CANCELLED,
}

TROUBLE = (Outcome.HELD, Outcome.MISSED, Outcome.UNKNOWN, Outcome.REFUSED)
"""Outcomes that the report explains one by one."""


def outcome_of(state: State) -> Outcome:
    """The outcome that stands for ``state``."""
    return _OF[state]
