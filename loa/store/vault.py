"""Phone numbers at rest: encrypted with AES-GCM, compared by HMAC. The key lies outside the book."""

from __future__ import annotations

import hmac
import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from loa.errors import StoreError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_KEY_BYTES = 32
_MARK_BYTES = 16


class Vault:
    """Seals and opens recipients' addresses with one key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._mark_key = hmac.digest(key, b"loa recipient mark", "sha256")

    @cached_property
    def _cipher(self) -> AESGCM:
        """Made once: a list has a million numbers."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - 40 ms, only SMS needs it

        return AESGCM(self._key)

    @classmethod
    def at(cls, path: Path) -> Vault:
        """The vault whose key lies at ``path``; a new key is made (readable by its owner only) where there is none.

        Raises:
            StoreError: E724, what lies there is no whole key.
        """
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(_KEY_BYTES))
        key = path.read_bytes()
        if len(key) != _KEY_BYTES:  # marks could be made with any bytes, and guessed with none
            raise StoreError("E724", place=path.name)
        return cls(key)

    def seal(self, address: str) -> bytes:
        """``address`` encrypted: a fresh nonce and the sealed text."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, address.encode(), None)

    def open(self, sealed: bytes) -> str:
        """The address in ``sealed``; empty for an empty one.

        Raises:
            cryptography.exceptions.InvalidTag: it was sealed with another key, or changed.
        """
        if not sealed:
            return ""
        return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None).decode()

    def mark(self, address: str) -> str:
        """The same short mark for the same address: compares without telling. A plain hash could be guessed."""
        return self.mark_bytes(address).hex()

    def mark_bytes(self, address: str) -> bytes:
        """The mark as the book keeps it: the first 16 bytes of the HMAC-SHA256."""
        return hmac.digest(self._mark_key, address.encode(), "sha256")[:_MARK_BYTES]

    def door_word(self, name: str) -> str:
        """A word for an address that only the holder of the key can know: the same for the same ``name``, always."""
        return hmac.digest(self._key, b"loa door " + name.encode(), "sha256").hex()[:40]
