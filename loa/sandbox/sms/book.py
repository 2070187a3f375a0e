"""What the gateways must still know after the sandbox was killed: calls with their numbers, sealed, and what was told.

The file lies beside the journal; its key is made from the journal's own. No number is on the disk in clear.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from loa.sandbox.sms.order import Call, Inbound, Order, Udh
from loa.sandbox.sms.rules import Rules, as_json, rules_from

_NONCE = 12
Told = tuple[str, int, int]
"""Call, place (-1: the whole call), how many of its receipts are out."""
Entry = Call | Inbound | list[Told] | None
"""A line of the book; None: it cannot be opened."""


class SealedBook:
    """Append-only; a line is one write."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._file: BinaryIO | None = None
        self._rules: Rules | None = None

    def keep_call(self, call: Call) -> None:
        """Write down a call, and the rules in force where they are others than before."""
        if call.rules != self._rules:
            self._rules = call.rules
            self._write({"rules": self._seal(as_json(call.rules))})
        kept = {name: getattr(call, name) for name in ("id", "parts", "unicode", "rejected")}
        kept |= {"at": call.at.isoformat(), "order": _plain(call.order), "skipped": sorted(call.skipped)}
        self._write({"call": self._seal(kept)})

    def keep_inbound(self, inbound: Inbound) -> None:
        names = ("id", "face", "account", "sender", "number", "text")
        kept = {name: getattr(inbound, name) for name in names} | {"at": inbound.at.isoformat()}
        self._write({"inbound": self._seal(kept)})

    def keep_told(self, told: Sequence[Told]) -> None:
        """Receipts that are out, or given up."""
        self._write({"told": told})

    def read(self) -> Iterator[Entry]:
        """Every line of an earlier run, in order."""
        rules = Rules()
        for line in self._lines():
            if "rules" in line:
                rules = rules_from(self._open(line["rules"]) or {}, Rules())
            elif "told" in line:
                yield [(call, place, count) for call, place, count in line["told"]]
            elif "call" in line:
                kept = self._open(line["call"])
                yield None if kept is None else _call(kept, rules)
            elif "inbound" in line:
                kept = self._open(line["inbound"])
                yield None if kept is None else Inbound(**kept | {"at": datetime.fromisoformat(kept["at"])})

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _lines(self) -> Iterator[Mapping[str, Any]]:
        if self._path.exists():
            with self._path.open(encoding="ascii") as file:
                yield from (json.loads(line) for line in file if line.endswith("\n"))

    def _write(self, line: Mapping[str, Any]) -> None:
        if self._file is None:
            self._path.touch(mode=0o600)
            self._file = self._path.open("ab", buffering=0)
        self._file.write(json.dumps(line).encode() + b"\n")

    def _seal(self, kept: Mapping[str, Any]) -> str:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - 40 ms, only SMS needs it

        nonce = os.urandom(_NONCE)
        return b64encode(nonce + AESGCM(self._key).encrypt(nonce, json.dumps(kept).encode(), None)).decode()

    def _open(self, sealed: str) -> dict[str, Any] | None:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - see _seal
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - see _seal

        data = b64decode(sealed)
        try:
            opened: dict[str, Any] = json.loads(AESGCM(self._key).decrypt(data[:_NONCE], data[_NONCE:], None))
        except InvalidTag:
            return None
        return opened


def _call(kept: Mapping[str, Any], rules: Rules) -> Call:
    order = kept["order"]
    udh = order["udh"] and Udh(**order["udh"])
    return Call(
        id=kept["id"],
        at=datetime.fromisoformat(kept["at"]),
        order=Order(**order | {"udh": udh, "tells": frozenset(order["tells"])}),
        parts=tuple(kept["parts"]),
        unicode=kept["unicode"],
        rules=rules,
        rejected={int(place): reason for place, reason in kept["rejected"].items()},
        skipped=frozenset(kept["skipped"]),
    )


def _plain(order: Order) -> dict[str, Any]:
    udh = order.udh and asdict(order.udh)
    return {name: getattr(order, name) for name in _ORDER} | {"tells": sorted(order.tells), "udh": udh}


_ORDER = [each.name for each in fields(Order)]
