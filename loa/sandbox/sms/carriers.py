"""Carriers by prefix, with a share of numbers that moved to another one and kept their number."""

from __future__ import annotations

from typing import Literal, get_args

Carrier = Literal["viettel", "mobifone", "vinaphone", "vietnamobile", "gmobile", "itel", "wintel"]
CARRIERS: tuple[Carrier, ...] = get_args(Carrier)
MAGIC_PORTED = "0009"
_BLOCKS: dict[Carrier, str] = {
    "viettel": "32 33 34 35 36 37 38 39 86 96 97 98",
    "vinaphone": "81 82 83 84 85 88 91 94",
    "mobifone": "70 76 77 78 79 89 90 93",
    "vietnamobile": "52 56 58 92",
    "gmobile": "59 99",
    "itel": "87",
    "wintel": "55",
}
_OWNER: dict[str, Carrier] = {prefix: carrier for carrier, blocks in _BLOCKS.items() for prefix in blocks.split()}
_PORTABLE = 3
"""Numbers move among the first three: the big ones."""


def first_owner(number: str) -> Carrier:
    """The carrier that a prefix was given to; a block that nobody knows counts as Gmobile's."""
    return _OWNER.get(number[3:5], "gmobile")


def carrier_of(number: str, draw: float, ported: float, *, magic: bool) -> Carrier:
    """Who carries this number now. ``draw`` (0 to 1, fixed for the number) and ``ported`` (a share) decide."""
    first = first_owner(number)
    if draw < ported or (magic and number.endswith(MAGIC_PORTED)):
        return CARRIERS[(CARRIERS.index(first) + 1) % _PORTABLE]
    return first
