"""A keyring of the tests, kept in one file beyond recognition: chosen by PYTHON_KEYRING_BACKEND=support.rings.Box."""

import base64
import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.compat import properties
from keyring.errors import KeyringLocked, PasswordDeleteError

PLACE = "LOA_TEST_RING"
LOCKED = "LOA_TEST_RING_LOCKED"


class Box(KeyringBackend):
    @properties.classproperty
    def priority(cls) -> int:  # noqa: N805 - a property of the class
        """None, which hides it, unless a test has given it a place: it must not serve every test of the session."""
        if PLACE not in os.environ:
            raise RuntimeError("not of this test")
        return 9

    def get_password(self, service: str, username: str) -> str | None:
        if LOCKED in os.environ:
            raise KeyringLocked
        return self._read().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._read() | {f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        held = self._read()
        if held.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError
        self._write(held)

    def _read(self) -> dict[str, str]:
        place = Path(os.environ[PLACE])
        return json.loads(base64.b85decode(place.read_bytes())) if place.exists() else {}

    def _write(self, held: dict[str, str]) -> None:
        Path(os.environ[PLACE]).write_bytes(base64.b85encode(json.dumps(held).encode()))
