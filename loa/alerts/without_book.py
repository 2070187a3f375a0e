"""Telling of a book that cannot be opened: then nothing goes out, and no row can remember that it was told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from loa.alerts.notice import notices_of
from loa.alerts.round import Way
from loa.errors import LoaError
from loa.store.alerts import AGAIN, AlertRow

_FILE = "alerts-without-book.json"
KIND = "stopped"


def tell_of_book(office: str, ways: Sequence[Way], var: Path, error: LoaError, now: datetime) -> None:
    """Tell on each way, once a day and error, that the book cannot be used; what fails is tried at the next check."""
    told = _read(var / _FILE)
    for way in ways:
        key = f"{way.id}|{error.code}"
        before = datetime.fromisoformat(told[key]) if key in told else None
        if KIND not in way.kinds or (before and abs(now - before) < AGAIN):
            continue
        row = AlertRow(key, KIND, error.code, error.params, now, before, 0, None, None)
        with suppress(LoaError):
            for notice, _ in notices_of(office, [row]):
                way.tell(notice)
            told[key] = now.isoformat()
    with suppress(OSError):  # a full disk may be what is wrong: then it is told again
        (var / _FILE).write_text(json.dumps(told), encoding="utf-8")


def _read(path: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
