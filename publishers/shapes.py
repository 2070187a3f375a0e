"""Reading what a platform sent, whatever shape it has: nothing here raises, and nothing it gives cannot be kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

LARGEST = 2**63
"""Numbers that no book can hold mean nothing on any platform."""
DIGITS = 18


def read_object(words: str | bytes) -> dict[str, Any] | None:
    """A JSON object; None for anything else, and for one with numbers that cannot be (NaN, 1e999, 10^400)."""
    try:
        found = json.loads(words, parse_constant=_number, parse_int=_whole, parse_float=_number)
        return _writable(found) if isinstance(found, dict) else None
    except (ValueError, RecursionError):
        return None


def object_in(found: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The object under a name; empty where there is none, or something else."""
    value = found.get(name)
    return value if isinstance(value, dict) else {}


def objects_in(found: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects in the list under a name."""
    values = found.get(name)
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def whole_number(words: str) -> int | None:
    """A whole number as headers write it; None for anything else (signs, other alphabets' digits, monsters)."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= DIGITS else None


def _whole(words: str) -> int:
    found = int(words)
    if abs(found) >= LARGEST:
        raise ValueError("too large")
    return found


def _number(words: str) -> float:
    found = float(words)
    if not abs(found) < LARGEST:
        raise ValueError("too large, or no number")
    return found


def _writable(found: Any) -> Any:
    """The same without what UTF-8 and PostgreSQL cannot hold: halves of signs, and NUL."""
    if isinstance(found, str):
        return found.encode(errors="replace").decode().replace("\0", "?")
    if isinstance(found, dict):
        return {_writable(name): _writable(value) for name, value in found.items()}
    return [_writable(value) for value in found] if isinstance(found, list) else found
