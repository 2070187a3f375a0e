"""Who a message goes to, as a draft knows it: how many, and a digest of who. The numbers stay sealed in the book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecipientList:
    """The people of a list who get what a unit sends."""

    name: str
    count: int = 0
    digest: str = ""
    """Changes whenever a number is added or removed; tells no number. Empty where the list was not brought in yet."""


Lists = Callable[[str, str], RecipientList]
"""Name of a list, unit code → its people for that unit; those of no unit belong to every unit."""


def not_looked_up(name: str, _unit_code: str) -> RecipientList:
    """A list by its name only: for those who look at the words and do without the book."""
    return RecipientList(name)
