"""The limits of an account in ``loa.yaml``: how fast it may speak, and with whom it shares that pace.

They say nothing of what is published, so that whoever changes them need not have anything approved anew.
"""

from __future__ import annotations

from collections.abc import Mapping

RATE, BUCKET = "rate_per_second", "bucket"
MOST_PER_SECOND = 100_000.0


def rate_in(written: str) -> float | None:
    """Posts per second as a setting says it; None where it is no such number."""
    try:
        rate = float(written)
    except ValueError:
        return None
    return rate if 0 < rate <= MOST_PER_SECOND else None


def without_limits(settings: Mapping[str, str]) -> dict[str, str]:
    """The settings of an account that belong to what it publishes."""
    return {name: value for name, value in settings.items() if name not in (RATE, BUCKET)}
