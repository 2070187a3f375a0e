"""Personal phone numbers in a running text: what must not leave the office by accident."""

from __future__ import annotations

import re

_MOBILE = re.compile(r"(?<![\d.])(?:\+?84|0)[ .-]?[35789](?:[ .-]?\d){8}(?!\d)")


def mobile_numbers(text: str) -> int:
    """How many Vietnamese mobile numbers stand in ``text``; service numbers (1022, 1900…) and fixed lines are none."""
    return len(_MOBILE.findall(text))
