"""An open log: structlog makes the lines, and what libraries and threads report comes along."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog

from loa.clock import SystemClock
from loa.logs.file import LogFile
from loa.logs.redaction import Redaction

_MOST_FRAMES = 30
_MOST_CAUSES = 4
_OURS = ("loa", "publishers")


class OpenLog:
    """Lines to one file, under the name of one worker."""

    def __init__(self, path: Path, worker: str, redaction: Redaction) -> None:
        self._file, clock = LogFile(path), SystemClock()

        def dated(_logger: object, level: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
            event = line.pop("event")
            head = {"ts": clock.now().isoformat(timespec="milliseconds"), "level": level, "event": event}
            return {**head, "worker": worker, **line}

        self._logger = structlog.wrap_logger(
            _Lines(self._file),
            processors=[dated, lambda _logger, _level, line: redaction.line(line), structlog.processors.JSONRenderer()],
            wrapper_class=structlog.BoundLogger,
            cache_logger_on_first_use=True,
        )

    def tell(self, event: str, level: str, fields: Mapping[str, Any]) -> None:
        self._write(event, level, fields)
        if lost := self._file.lost:
            self._file.lost = 0
            self._write("log_lines_lost", "warning", {"count": lost})

    def trouble(self, event: str, error: BaseException, fields: Mapping[str, Any]) -> None:
        self.tell(event, "error", {**fields, "error": described(error)})

    def _write(self, event: str, level: str, fields: Mapping[str, Any]) -> None:
        try:
            getattr(self._logger, level)(event, **fields)
        except Exception:  # noqa: BLE001 - the door of the log: what cannot be told must never stop the work
            self._file.lost += 1

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear what libraries log and what ends a thread; the console shows what it always did."""
        root, bridge = logging.getLogger(), _Bridge(self)
        before = threading.excepthook

        def thread_ended(ended: threading.ExceptHookArgs) -> None:
            if ended.exc_value:
                self.trouble("thread_broke", ended.exc_value, {"thread": getattr(ended.thread, "name", "")})
            before(ended)

        root.addHandler(bridge)
        threading.excepthook = thread_ended
        try:
            yield
        finally:
            root.removeHandler(bridge)
            threading.excepthook = before


class _Lines:
    """What structlog writes to."""

    def __init__(self, file: LogFile) -> None:
        self._file = file

    def msg(self, text: str) -> None:
        self._file.write(text + "\n")

    info = warning = error = msg


class _Bridge(logging.Handler):
    """Takes the warnings and errors of libraries along, and lets them reach the console as without it."""

    def __init__(self, log: OpenLog) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        level = "error" if record.levelno >= logging.ERROR else "warning"
        error = record.exc_info[1] if record.exc_info else None
        fields = {"logger": record.name, "text": record.getMessage()}
        self._log.tell("library", level, fields | ({"error": described(error)} if error else {}))
        others = [each for each in logging.getLogger().handlers if not isinstance(each, _Bridge)]
        if logging.lastResort and not others:
            logging.lastResort.handle(record)


def described(error: BaseException) -> dict[str, Any]:
    """An error for a line: its kind, its words, where it came from, and what was behind it. No values of variables."""
    found: list[dict[str, Any]] = []
    each: BaseException | None = error
    while each is not None and len(found) < _MOST_CAUSES:
        frames = traceback.extract_tb(each.__traceback__)[-_MOST_FRAMES:]
        where = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        found.append({"kind": type(each).__name__, "text": str(each), "at": where})
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    first, *behind = found
    return first | ({"because": behind} if behind else {})


def _short(name: str) -> str:
    """Where a file lies in its package: what stands before would tell of the machine only."""
    parts = Path(name).parts
    ours = [number for number, part in enumerate(parts) if part in _OURS]
    return "/".join(parts[ours[-1] :] if ours else parts[-2:])
