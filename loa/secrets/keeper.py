"""All places as one: find a secret, keep one, forget one."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from loa import logs
from loa.errors import LoaError
from loa.secrets.chest import Chest
from loa.secrets.passphrase import passphrase
from loa.secrets.places import Place, in_environment, names_in_environment
from loa.secrets.ring import Ring

FILE = "secrets.enc"
Store = Literal["keyring", "file"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A secret that was found, and where."""

    place: Place
    value: str = field(repr=False)


class Secrets:
    """The secrets of the workspace at ``root`` whose machine folder is ``var``. Threads may share it."""

    def __init__(self, root: Path, var: Path) -> None:
        self._ring = Ring(root)
        self._chest = Chest(var / FILE, lambda new: passphrase(new=new))
        self._lock = threading.Lock()  # a passphrase is asked for once, not by every thread

    def find(self, name: str) -> Kept | None:
        """The secret of this name.

        Raises:
            LoaError: E920–E923 the encrypted file has it and cannot be opened; E926 the keyring cannot be asked, and
                no other place has it.
        """
        found = self._found(name)
        if found:
            logs.hide(found.value)
        return found

    def _found(self, name: str) -> Kept | None:
        with self._lock:
            if value := in_environment(name):
                return Kept(Place.ENVIRONMENT, value)
            try:
                kept, trouble = self._ring.get(name), None
            except LoaError as error:
                kept, trouble = None, error
            if kept:
                return Kept(Place.KEYRING, kept)
            if value := self._chest.get(name):
                return Kept(Place.FILE, value)
            if trouble:
                raise trouble
            return None

    def place_of(self, name: str) -> Place | None:
        """Where ``find`` would find it. Asks for no passphrase.

        Raises:
            LoaError: E921, E922 the encrypted file cannot be read.
        """
        if in_environment(name):
            return Place.ENVIRONMENT
        if self._in_ring(name):
            return Place.KEYRING
        return Place.FILE if name in self._chest.names() else None

    def unused(self, wanted: Iterable[str]) -> tuple[tuple[str, Place], ...]:
        """What the environment and the file hold beyond ``wanted``; a keyring cannot be asked what it holds."""
        asked = {name.replace("_", "-") for name in wanted}
        extra = [(name, Place.ENVIRONMENT) for name in names_in_environment() if name not in asked]
        return (*extra, *((name, Place.FILE) for name in self._chest.names() if name.replace("_", "-") not in asked))

    def put(self, name: str, value: str, store: Store | None = None) -> Place:
        """Keep a secret: in the keyring where one works, else in the encrypted file. It leaves the other place.

        Raises:
            LoaError: E920–E925 the file; E926 the keyring.
        """
        with self._lock:
            if store == "keyring" or (store is None and self._ring.works):
                self._ring.put(name, value)
                self._chest.remove(name)
                return Place.KEYRING
            self._chest.put(name, value)
            if self._in_ring(name):  # it is asked first and would hide the new value
                self._ring.remove(name)
            return Place.FILE

    def remove(self, name: str) -> tuple[Place, ...]:
        """Forget a secret wherever we keep it; the places where it was. The environment is not ours to change."""
        with self._lock:
            was = [(Place.KEYRING, self._in_ring(name) and self._ring.remove(name))]
            was.append((Place.FILE, self._chest.remove(name)))
            return tuple(place for place, removed in was if removed)

    def unlock(self) -> None:
        """Ask for the passphrase now where there is an encrypted file.

        Raises:
            LoaError: E920–E923.
        """
        with self._lock:
            self._chest.unlock()

    def _in_ring(self, name: str) -> bool:
        try:
            return self._ring.get(name) is not None
        except LoaError:
            return False  # a keyring that cannot be asked gives nothing
