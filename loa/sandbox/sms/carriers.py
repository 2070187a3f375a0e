"""Carriers by prefix, with a share of numbers that moved to another one and kept their number."""

from __future__ import annotations

from typing import Literal, get_args

from loa.text import carrier_hint

Carrier = Literal["viettel", "mobifone", "vinaphone", "vietnamobile", "gmobile", "itel", "wintel"]
CARRIERS: tuple[Carrier, ...] = get_args(Carrier)
MAGIC_PORTED = "0009"
_PORTABLE = 3
"""Numbers move among the first three: the big ones."""


def first_owner(number: str) -> Carrier:
    """The carrier that a prefix was given to; a block that nobody knows counts as Gmobile's."""
    hint = carrier_hint(number)
    return next((carrier for carrier in CARRIERS if carrier == hint), "gmobile")


def carrier_of(number: str, draw: float, ported: float, *, magic: bool) -> Carrier:
    """Who carries this number now. ``draw`` (0 to 1, fixed for the number) and ``ported`` (a share) decide."""
    first = first_owner(number)
    if draw < ported or (magic and number.endswith(MAGIC_PORTED)):
        return CARRIERS[(CARRIERS.index(first) + 1) % _PORTABLE]
    return first
