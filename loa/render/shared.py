"""What several machines share: files under the SHA-256 of their bytes, and notes under the names of their orders.

A file proves itself by its name: what has another hash is never used. Notes come last, so that what a note names is
there. Every question to the store is asked in the background: a store that does not answer costs a beat nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from loa.errors import LoaError

_THREADS = 8
_AGAIN = 20.0
"""Seconds for which an answer of the store is believed, and a store without an answer left alone."""
_LONG_AGO = 60.0
"""Seconds after which a question that nobody repeated is of no interest any more."""
_HEX = re.compile(r"[0-9a-f]{40,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HALF_WRITTEN = 0.5
"""Seconds after which a file that is not what its name says is looked at once more: a copy may be under way."""


class MediaStore(Protocol):
    """Bytes under names that are hex digits and slashes; a name that is there is replaced whole or not at all.

    Raises:
        LoaError: E981 the store does not answer now, E982 it refuses.
    """

    @property
    def label(self) -> str: ...

    def read(self, name: str) -> bytes | None: ...

    def write(self, name: str, data: bytes) -> None: ...


class Spoilt(Exception):  # noqa: N818 - a named outcome
    """A file of the store is not what its name says."""


Ending = Literal["absent", "spoilt", "unanswered"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a question ended that brought nothing, and when (seconds of this machine's own clock)."""

    ending: Ending
    at: float
    error: LoaError | None = None
    spoilt: str = ""


def file_name(sha256: str) -> str:
    """Where the bytes of this hash lie in the store."""
    return f"files/{sha256[:2]}/{sha256}"


def note_name(key: str) -> str:
    """Where the note of this order lies in the store."""
    return f"notes/{key[:2]}/{key}.json"


class Exchange:
    """Asks the store in the background, one question for each name at a time, and remembers what came of it."""

    def __init__(self, store: MediaStore, now: Callable[[], float] = time.monotonic) -> None:
        self.store = store
        self._now = now
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="media")
        self._mutex = threading.Lock()
        self._under_way: dict[str, Future[None]] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._silent: Outcome | None = None

    # -- questions

    def ask(self, name: str, work: Callable[[], None]) -> bool:
        """Do ``work`` in the background unless it is under way or was answered just now; whether it may still succeed.

        ``work`` raises ``LookupError`` where the store has nothing, ``Spoilt``, or a ``LoaError`` of the store.
        """
        with self._mutex:
            if name in self._under_way:
                return True
            known = self._outcomes.get(name)
            if known is not None and self._now() - known.at < _AGAIN:
                return known.ending == "unanswered"
            self._under_way[name] = self._pool.submit(self._settle, name, work)
            return True

    def wait(self, names: Iterable[str], seconds: float | None) -> None:
        """Wait until these questions are answered, but not longer than so many seconds."""
        with self._mutex:
            asked = [self._under_way[name] for name in names if name in self._under_way]
        if asked:
            wait(asked, timeout=seconds)

    def doubt(self, kind: str) -> LoaError | None:
        """Why some question whose name begins so has brought nothing yet; None where each was answered."""
        with self._mutex:
            lately = [(name, each) for name, each in self._outcomes.items() if self._now() - each.at < _LONG_AGO]
            errors = (each.error for name, each in lately if name.startswith(kind))
            if found := next((each for each in errors if each is not None), None):
                return found
            open_still = any(name.startswith(kind) for name in self._under_way)
        return LoaError("E981", place=self.store.label, detail="…") if open_still else None

    def error_of(self, names: Iterable[str]) -> LoaError | None:
        """What the store said to the first of these questions that it did not answer."""
        with self._mutex:
            found = [self._outcomes[name] for name in names if name in self._outcomes]
        return next((each.error for each in found if each.ending == "unanswered"), None)

    def spoilt(self, names: Iterable[str] | None = None) -> tuple[str, ...]:
        """The files of the store that were not what they should be when they (or these names) were last asked for."""
        with self._mutex:
            asked = self._outcomes if names is None else [name for name in names if name in self._outcomes]
            return tuple(sorted({self._outcomes[name].spoilt for name in asked} - {""}))

    def finish(self, kind: str) -> LoaError | None:
        """Wait for every question whose name begins so; what the store said to the first that it did not answer."""
        with self._mutex:
            names = [name for name in (*self._under_way, *self._outcomes) if name.startswith(kind)]
        self.wait(names, None)
        return self.error_of(names)

    @property
    def is_unanswered(self) -> bool:
        """Whether some question to the store is still open, or got no answer not long ago."""
        with self._mutex:
            lately = (each for each in self._outcomes.values() if self._now() - each.at < _LONG_AGO)
            return bool(self._under_way) or any(each.ending == "unanswered" for each in lately)

    @property
    def pulse(self) -> str:
        """Changes when it is worth asking again: empty while everything is answered."""
        return f"media {self._now() // _AGAIN:.0f}" if self.is_unanswered else ""

    def forget_answers(self) -> None:
        """Ask everything anew: for a command that a person has given just now."""
        with self._mutex:
            self._outcomes.clear()
            self._silent = None

    def _settle(self, name: str, work: Callable[[], None]) -> None:
        outcome: Outcome | None = None
        try:
            self._leave_alone_if_silent()
            work()
        except LookupError:
            outcome = Outcome("absent", self._now())
        except Spoilt as found:
            outcome = Outcome("spoilt", self._now(), spoilt=str(found))
        except LoaError as error:
            outcome = Outcome("unanswered", self._now(), error)
        except OSError as error:  # this machine's own disk
            own = LoaError("E982", place=self.store.label, detail=error.strerror or type(error).__name__)
            outcome = Outcome("unanswered", self._now(), own)
        with self._mutex:
            del self._under_way[name]
            self._outcomes.pop(name, None)
            if outcome is not None:
                self._outcomes[name] = outcome
                if outcome.ending == "unanswered" and (self._silent is None or outcome.at - self._silent.at >= _AGAIN):
                    self._silent = outcome

    def _leave_alone_if_silent(self) -> None:
        """A store that did not answer just now is not asked a thousand times more, each time until a time-out."""
        with self._mutex:
            silent = self._silent
        if silent and silent.error and silent.error.code == "E981" and self._now() - silent.at < _AGAIN:
            raise LoaError(silent.error.code, **silent.error.params)

    # -- what travels

    def file(self, sha256: str) -> bytes:
        """The bytes of this hash.

        Raises:
            LookupError: the store does not have them, or ``sha256`` is no hash.
            Spoilt: what lies under the name is something else.
            LoaError: E981, E982.
        """
        if not _SHA256.fullmatch(sha256):
            raise LookupError(sha256)
        for pause in (_HALF_WRITTEN, 0):
            data = self.store.read(file_name(sha256))
            if data is None:
                raise LookupError(sha256)
            if hashlib.sha256(data).hexdigest() == sha256:
                return data
            time.sleep(pause)
        raise Spoilt(file_name(sha256))

    def keep_file(self, data: bytes) -> str:
        """Put bytes into the store; their hash.

        Raises:
            LoaError: E981, E982.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        self.store.write(file_name(sha256), data)
        return sha256

    def note(self, key: str) -> dict[str, Any]:
        """The note of an order, its fields of the right kinds.

        Raises:
            LookupError: there is none. Spoilt: it is no note. LoaError: E981, E982.
        """
        if not _HEX.fullmatch(key):
            raise LookupError(key)
        data = self.store.read(note_name(key))
        if data is None:
            raise LookupError(key)
        try:
            note = json.loads(data)
        except ValueError:
            raise Spoilt(note_name(key)) from None
        if not isinstance(note, dict) or not _is_note(note):
            raise Spoilt(note_name(key))
        return {name: note[name] for name in _FIELDS}

    def keep_note(self, key: str, note: Mapping[str, Any]) -> None:
        """Put the note of an order into the store, after its files.

        Raises:
            LoaError: E981, E982.
        """
        told = {name: note[name] for name in _FIELDS}
        self.store.write(note_name(key), json.dumps(told, ensure_ascii=False, sort_keys=True).encode())


_FIELDS: Mapping[str, tuple[type, ...]] = {
    "extension": (str,),
    "sha256": (str,),
    "width": (int,),
    "height": (int,),
    "seconds": (int, float),
    "alt_text": (str,),
    "template": (str,),
    "format": (str,),
    "captions": (str,),
    "preview": (str,),
}


def _is_note(note: Mapping[str, Any]) -> bool:
    """Whether a note has every field in its kind. A name in it could lead anywhere: only hashes are names."""
    whole = all(isinstance(note.get(name), kinds) for name, kinds in _FIELDS.items())
    hashes = (note["sha256"], *filter(None, (note["captions"], note["preview"]))) if whole else ("",)
    return all(_SHA256.fullmatch(each) for each in hashes)
