"""What the program tells of its own running: lines of JSON with a bounded size, without secrets and numbers.

Nothing is written until a long-running verb has opened the log; a line that cannot be written never stops the work.
The rooms that tell something only call ``tell`` and ``trouble``; structlog is loaded where a log is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from loa.logs.redaction import Redaction

if TYPE_CHECKING:
    from loa.logs.writer import OpenLog

Level = Literal["info", "warning", "error"]
FILE = "loa.jsonl"

_redaction = Redaction()
_opened: list[OpenLog] = []


@contextmanager
def opened(folder: Path, worker: str) -> Iterator[None]:
    """Until the block ends, lines go to ``folder``/loa.jsonl, each with the name of ``worker``.

    What other libraries and threads report goes there too. Blocks may stand in each other: the inner one counts.
    """
    from loa.logs.writer import OpenLog  # noqa: PLC0415 - structlog takes a tenth of a second

    log = OpenLog(folder / FILE, worker, _redaction)
    _opened.append(log)
    try:
        with log.listening():
            yield
    finally:
        _opened.remove(log)


def is_open() -> bool:
    """Whether anybody reads what is told."""
    return bool(_opened)


def hide(*values: str) -> None:
    """Take these secrets out of everything that is told from now on."""
    _redaction.hide(*values)


def clean(text: str) -> str:
    """A text for people as it may leave the house: without secrets, tokens and phone numbers."""
    return _redaction.letter(text)


def tell(event: str, level: Level = "info", **fields: Any) -> None:
    """One line: ``event`` in snake_case and what belongs to it. Never raises for want of a place to write."""
    if _opened:
        _opened[-1].tell(event, level, fields)


def trouble(event: str, error: BaseException, **fields: Any) -> None:
    """One line about an error that was caught, with where it came from."""
    if _opened:
        _opened[-1].trouble(event, error, fields)
