"""What a person may do about a delivery, by where it stands: only what the book would take."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from loa.delivery import State
from loa.dispatch import DeliveryView, reasons

Choice = Literal["done", "again", "send", "cancel", "show", "retry", "retry_late"]
_CAUGHT = (reasons.UNARMED, reasons.ARMED_FOR_TESTS, reasons.LIST_GONE)
"""Held until something beside the delivery is put right; sending it again would bring it here again."""
_WAS_LATE = (reasons.TOO_LATE, reasons.REFERENCE_TOO_LATE, reasons.LATE)
_READY = (State.APPROVED, State.DUE, State.RETRY_LATER)


def choices_of(view: DeliveryView, now: datetime) -> tuple[Choice, ...]:
    """The buttons under a delivery, the likeliest first."""
    state, code = view.state, view.code
    late: tuple[Choice, ...] = ("retry_late",)
    found: tuple[tuple[bool, tuple[Choice, ...]], ...] = (
        (state in (State.UNKNOWN, State.HUMAN), ("done", "again", "cancel")),
        (state == State.PENDING and code == reasons.TO_BE_SHOWN, ("show", "cancel")),
        (state == State.HELD and code in _CAUGHT, ("cancel",)),
        (state == State.HELD and code in reasons.WAITS_FOR_A_PERSON, ("send", "cancel")),
        (state == State.MISSED and code in _WAS_LATE, late),
        (state == State.REFUSED, late if view.expires < now else ("retry",)),
        (state == State.DONE and code == reasons.PARTLY_DONE, ("retry",)),
    )
    return next((choices for fits, choices in found if fits), ())


def advice_of(view: DeliveryView, choices: tuple[Choice, ...]) -> str:
    """The name of the page's own advice (``words.advice``); empty where the remedy of the reason says more."""
    if choices and choices != ("cancel",):
        return choices[0]
    late = {State.AWAITING: "approve", State.PLANNED: "make"} | dict.fromkeys(_READY, "scheduler")
    return late.get(view.state, "")
