"""The encrypted file: all secrets of a workspace under one passphrase.

The file is JSON: a head that anybody may read (version, how the key is made, names of the secrets) and the sealed
values. The seal (AES-256-GCM) covers the head, so that neither can be changed; a plain sum tells damage from a wrong
passphrase. Every write is a whole new file with a new nonce, moved into place when it is on the disk.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from loa.errors import LoaError

VERSION = 1
_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES = 16, 12, 32
_MEMORY = 1024 * 1024 * 1024
_COSTS = {"n": range(2**14, 2**18 + 1), "r": range(8, 17), "p": range(1, 9)}
"""What a file may ask for: no weaker than is decent, no dearer than this machine can bear."""
_NEW_COST = {"n": 2**17, "r": 8, "p": 1}
"""128 MB and some tenths of a second for each guess."""
_LOCK_SECONDS = 10


class Chest:
    """The file at ``path``. ``ask`` gives the passphrase, called with True for a file that is to be made.

    Every method may raise LoaError: E920 wrong passphrase, E921 damaged, E922 written by a later version, and what
    ``ask`` raises.
    """

    def __init__(self, path: Path, ask: Callable[[bool], str]) -> None:
        self._path = path
        self._ask = ask
        self._keys: dict[bytes, bytes] = {}

    @property
    def exists(self) -> bool:
        return self._path.exists()

    def names(self) -> tuple[str, ...]:
        """What it holds. Needs no passphrase: names are no secret."""
        return tuple(self._read()["head"]["names"]) if self.exists else ()

    def get(self, name: str) -> str | None:
        if not self.exists:
            return None
        whole = self._read()
        return self._opened(whole).get(name) if name in whole["head"]["names"] else None

    def unlock(self) -> None:
        """Ask for the passphrase now, so that nobody is asked later."""
        if self.exists:
            self._opened(self._read())

    def put(self, name: str, value: str) -> None:
        """Keep ``value`` under ``name``; it is on the disk when this returns.

        Raises:
            LoaError: E925 another process holds the file; E924 a new passphrase is too short.
        """
        self._change(lambda held: {**held, name: value})

    def remove(self, name: str) -> bool:
        """Forget a secret; False when there was none."""
        if name not in self.names():
            return False
        self._change(lambda held: {each: value for each, value in held.items() if each != name})
        return True

    def _change(self, changed: Callable[[dict[str, str]], Mapping[str, str]]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self.unlock()  # before the lock: a person may take his time to type
        try:
            with FileLock(self._path.with_suffix(".lock"), timeout=_LOCK_SECONDS):
                if self.exists:
                    whole = self._read()
                    key = self._key(whole["head"]["kdf"], new=False)
                    self._write(whole["head"]["kdf"], key, changed(self._opened(whole)))
                else:
                    kdf = {"name": "scrypt", **_NEW_COST, "salt": _text(secrets.token_bytes(_SALT_BYTES))}
                    self._write(kdf, self._key(kdf, new=True), changed({}))
        except Timeout as error:
            raise LoaError("E925", path=self._path.name) from error

    def _opened(self, whole: Mapping[str, Any]) -> dict[str, str]:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - 40 ms that only this file needs
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - the same

        key = self._key(whole["head"]["kdf"], new=False)
        try:
            plain = AESGCM(key).decrypt(_bytes(whole["nonce"]), _bytes(whole["sealed"]), _canonical(whole["head"]))
        except InvalidTag:
            self._keys.clear()
            raise LoaError("E920", path=self._path.name) from None
        values: dict[str, str] = json.loads(plain)
        return values

    def _key(self, kdf: Mapping[str, Any], *, new: bool) -> bytes:
        """Made once for each salt: the passphrase itself is not kept."""
        mark = _canonical(kdf)
        if mark not in self._keys:
            cost = {name: int(kdf[name]) for name in _COSTS}
            salt = _bytes(kdf["salt"])
            words = self._ask(new).encode()
            self._keys[mark] = hashlib.scrypt(words, salt=salt, maxmem=_MEMORY, dklen=_KEY_BYTES, **cost)
        return self._keys[mark]

    def _read(self) -> Mapping[str, Any]:
        try:
            whole = json.loads(self._path.read_bytes())
            if whole["head"]["version"] > VERSION:
                raise LoaError("E922", path=self._path.name, found=whole["head"]["version"], wanted=VERSION)
            if whole.pop("sum") != _sum(whole) or not _is_bearable(whole["head"]["kdf"]):
                raise LoaError("E921", path=self._path.name)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise LoaError("E921", path=self._path.name) from None
        found: Mapping[str, Any] = whole
        return found

    def _write(self, kdf: Mapping[str, Any], key: bytes, values: Mapping[str, str]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - see _opened

        nonce = secrets.token_bytes(_NONCE_BYTES)
        head = {"version": VERSION, "kdf": dict(kdf), "names": sorted(values)}
        sealed = AESGCM(key).encrypt(nonce, json.dumps(dict(values)).encode(), _canonical(head))
        whole = {"head": head, "nonce": _text(nonce), "sealed": _text(sealed)}
        replace_durably(self._path, json.dumps({**whole, "sum": _sum(whole)}, indent=1).encode() + b"\n")


def replace_durably(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of ``path``, readable by its owner only: whole and on the disk, or not at all."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    if os.name == "posix":  # the name itself must be on the disk too; Windows has no handle for that
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _is_bearable(kdf: Mapping[str, Any]) -> bool:
    return kdf["name"] == "scrypt" and all(kdf[name] in allowed for name, allowed in _COSTS.items())


def _canonical(head: Mapping[str, Any]) -> bytes:
    return json.dumps(head, sort_keys=True, separators=(",", ":")).encode()


def _sum(whole: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(whole)).hexdigest()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
