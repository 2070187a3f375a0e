"""The keyring of the operating system: Windows Credential Manager, macOS Keychain, Secret Service, KWallet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from loa.errors import LoaError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_REFUSED = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
"""No keyring at all, one that forgets, and those that write files of their own, some in the clear."""
T = TypeVar("T")


class Ring:
    """The part of the keyring that belongs to the workspace at ``root``: a copy elsewhere has none of it."""

    def __init__(self, root: Path) -> None:
        self._service = "loa:" + hashlib.sha256(root.resolve().as_posix().encode()).hexdigest()[:16]

    @property
    def works(self) -> bool:
        return _backend() is not None

    def get(self, name: str) -> str | None:
        """The secret, or None; also None where the machine has no keyring.

        Raises:
            LoaError: E926, there is a keyring, but it cannot be asked (locked, for example).
        """
        backend = _backend()
        return _asked(lambda: backend.get_password(self._service, name)) if backend else None

    def put(self, name: str, value: str) -> None:
        """Keep a secret.

        Raises:
            LoaError: E926, there is no keyring or it does not take it.
        """
        backend = _backend()
        if backend is None:
            raise LoaError("E926", detail="no keyring")
        _asked(lambda: backend.set_password(self._service, name, value))

    def remove(self, name: str) -> bool:
        """Forget a secret; False when there was none."""
        if self.get(name) is None or not (backend := _backend()):
            return False
        _asked(lambda: backend.delete_password(self._service, name))
        return True


def _backend() -> KeyringBackend | None:
    """The system's keyring; None on a machine without one (a Linux server, as a rule)."""
    import keyring  # noqa: PLC0415 - a tenth of a second that most commands do not need

    chosen = keyring.get_keyring()
    members = getattr(chosen, "backends", (chosen,))  # a chain asks one after the other: each is judged by itself
    return next((each for each in members if not type(each).__module__.startswith(_REFUSED)), None)


def _asked(work: Callable[[], T]) -> T:
    """The words of a backend's error are dropped: nobody knows what it puts there."""
    from keyring.errors import KeyringError  # noqa: PLC0415 - see _backend

    try:
        return work()
    except (KeyringError, OSError, RuntimeError) as error:
        raise LoaError("E926", detail=type(error).__name__) from None
