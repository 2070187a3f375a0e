"""The sandbox's own book: every public effect that an imitation platform accepted, one JSON line each.

Append-only, flushed line by line and independent of the desk's book, so that a test can count what citizens got.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from loa.clock import Clock
from loa.text import masked

Kind = Literal[
    "post",
    "photo_post",
    "reel",
    "video",
    "article",
    "tweet",
    "sms",
    "broadcast",
    "zbs",
    "comment",  # under the effect that extra["target"] names
    "revise",  # new words for the effect that extra["target"] names
    "remove",  # the effect that extra["target"] names is gone
]


@dataclass(frozen=True, slots=True)
class Effect:
    """What citizens can see since ``at``. Phone numbers are kept masked and as a keyed fingerprint only."""

    seq: int
    at: str
    platform: str
    account: str
    kind: Kind
    id: str
    key: str = ""
    title: str = ""
    text: str = ""
    media_sha256: tuple[str, ...] = ()
    recipient: str = ""
    recipient_hmac: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


class Journal:
    """Appends effects to ``path``; a journal that exists is continued."""

    def __init__(self, path: Path, clock: Clock) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._clock = clock
        self._lock = Lock()
        self._key = _key_beside(path)
        self._effects = list(read_journal(path)) if path.exists() else []
        # Unbuffered: a line is one write, so that a kill leaves whole lines only.
        self._file = path.open("ab", buffering=0)

    def append(self, platform: str, account: str, kind: Kind, effect_id: str, **values: Any) -> Effect:
        """Write one accepted effect; ``recipient`` is given in E.164 and never written in full."""
        if number := values.pop("recipient", ""):
            values |= {"recipient": masked(number), "recipient_hmac": self.fingerprint(number)}
        with self._lock:
            now = self._clock.now().isoformat()
            effect = Effect(len(self._effects) + 1, now, platform, account, kind, effect_id, **values)
            self._file.write(json.dumps(asdict(effect), ensure_ascii=False).encode() + b"\n")
            self._effects.append(effect)
        return effect

    def append_many(
        self, platform: str, account: str, kind: Kind, rows: Sequence[tuple[str, str]], **shared: Any
    ) -> None:
        """One effect for each of ``rows`` (id, number in E.164), the same but for these two, in a single write.

        Thousands of numbers come in one call of a gateway: what they share is put into JSON once.
        """
        with self._lock:
            now = self._clock.now().isoformat()
            first = len(self._effects) + 1
            people = [(effect_id, masked(number), self.fingerprint(number)) for effect_id, number in rows]
            added = [
                Effect(seq, now, platform, account, kind, effect_id, recipient=shown, recipient_hmac=mark, **shared)
                for seq, (effect_id, shown, mark) in enumerate(people, first)
            ]
            if added:
                self._file.write(_lines(added))
                self._effects += added

    def effects(self) -> Sequence[Effect]:
        with self._lock:
            return tuple(self._effects)

    def close(self) -> None:
        self._file.close()

    def fingerprint(self, number: str) -> str:
        """The keyed fingerprint of a number: the same for the same number as long as this journal is continued."""
        return hmac.digest(self._key, number.encode(), "sha256").hex()[:16]

    def key_for(self, purpose: str) -> bytes:
        """A key of 32 bytes for something else that lies beside the journal."""
        return hmac.digest(self._key, purpose.encode(), "sha256")


def read_journal(path: Path) -> tuple[Effect, ...]:
    """Every effect of a journal file, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(Effect(**_with_tuples(json.loads(line))) for line in lines if line)


def _lines(effects: Sequence[Effect]) -> bytes:
    """Effects that differ in ``seq``, ``id``, ``recipient`` and ``recipient_hmac`` only, as lines of the file."""
    pattern = effects[0]
    head = json.dumps({name: getattr(pattern, name) for name in _HEAD}, ensure_ascii=False)[1:-1]
    middle = json.dumps({name: getattr(pattern, name) for name in _MIDDLE}, ensure_ascii=False)[1:-1]
    tail = json.dumps({"extra": pattern.extra}, ensure_ascii=False)[1:]
    return "".join(
        f'{{"seq": {each.seq}, {head}, "id": {json.dumps(each.id, ensure_ascii=False)}, {middle}, '
        f'"recipient": "{each.recipient}", "recipient_hmac": "{each.recipient_hmac}", {tail}\n'
        for each in effects
    ).encode()


_FIELDS = [each.name for each in fields(Effect)]
_HEAD = _FIELDS[1 : _FIELDS.index("id")]
_MIDDLE = _FIELDS[_FIELDS.index("id") + 1 : _FIELDS.index("recipient")]


def _key_beside(journal: Path) -> bytes:
    """The key of the fingerprints: kept, so that a number has one fingerprint across restarts."""
    place = journal.with_suffix(".key")
    if not place.exists():
        place.touch(mode=0o600)
        place.write_bytes(secrets.token_bytes(32))
    return place.read_bytes()


def _with_tuples(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, "media_sha256": tuple(line.get("media_sha256", ()))}
