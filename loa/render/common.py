"""The shelf of one machine, with the store that several machines share behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from loa.errors import LoaError
from loa.render.order import Asset, Order
from loa.render.shared import Exchange, Spoilt, note_name
from loa.render.shelf import MEDIA_TYPES, Made, Shelf, file_hash, write_whole

_PATIENCE = 5.0
"""Seconds for which somebody who needs an asset now waits for the store; it goes on arriving in the background."""
_BESIDE = ("captions", "preview")
_ASKED, _SHARED = "key ", "share "
"""Kinds of questions to the store."""


@dataclass(frozen=True, slots=True)
class CommonShelf(Shelf):
    """What this machine lacks comes from the store; what it makes goes there, in the background."""

    exchange: Exchange

    def find(self, key: str) -> Asset | None:
        if Shelf.here(self, key) is None:
            self.bring([key])
        asset = Shelf.here(self, key)
        if asset is not None:
            self._share_once(key)
        return asset

    def glance(self, key: str) -> Asset | None:
        asset = Shelf.glance(self, key)
        if asset is not None:
            self._share_once(key)
        return asset

    def put(self, key: str, order: Order, made: Made) -> Asset:
        asset = Shelf.put(self, key, order, made)
        self._share_once(key)
        return asset

    def bring(self, keys: Iterable[str], seconds: float | None = _PATIENCE) -> None:
        names = {_asked(key): key for key in keys}
        for name, key in names.items():
            self.exchange.ask(name, partial(self._fetch, key))
        self.exchange.wait(names, seconds)

    def pulse(self) -> str:
        return self.exchange.pulse

    def doubt(self, keys: Iterable[str]) -> LoaError | None:
        spoilt = self.exchange.spoilt(_asked(key) for key in keys)
        return self.exchange.doubt(_ASKED) or (LoaError("E983", name=spoilt[0]) if spoilt else None)

    def ask_for(self, wanted: Mapping[Path, str]) -> tuple[bool, LoaError | None]:
        names = []
        for path, sha256 in wanted.items():
            if not path.resolve().is_relative_to(self.folder.resolve()):
                return False, None
            names.append(_file(path, sha256))
            if not self.exchange.ask(names[-1], partial(self._fetch_file, path, sha256)):
                return False, None
        return True, self.exchange.error_of(names)

    def bring_files(self, wanted: Mapping[Path, str], seconds: float | None = None) -> None:
        for path, sha256 in wanted.items():
            self.ask_for({path: sha256})
        self.exchange.wait([_file(path, sha256) for path, sha256 in wanted.items()], seconds)

    def share(self, keys: Iterable[str]) -> None:
        names = {_SHARED + key: key for key in keys}
        for key in names.values():
            self._share_once(key)
        self.exchange.wait(names, None)
        if error := self.exchange.error_of(names):
            raise error

    def finish_sharing(self) -> None:
        if error := self.exchange.finish(_SHARED):
            raise error

    def _fetch(self, key: str) -> None:
        note = self.exchange.note(key)
        if note["extension"] not in MEDIA_TYPES:
            raise Spoilt(note_name(key))
        self._take(key, note)

    def _take(self, key: str, note: Mapping[str, Any]) -> None:
        beside = {name: self.exchange.file(note[name]) if note[name] else b"" for name in _BESIDE}
        data = self.exchange.file(note["sha256"])
        self.lay(key, {**note, "shared": self.exchange.store.label}, data, beside)

    def _fetch_file(self, path: Path, sha256: str) -> None:
        if file_hash(path) != sha256:
            write_whole(path, self.exchange.file(sha256))

    def _share_once(self, key: str) -> None:
        try:
            shared = self.note(key).get("shared")
        except (OSError, ValueError):
            return
        if shared != self.exchange.store.label:
            self.exchange.ask(_SHARED + key, partial(self._share, key))

    def _share(self, key: str) -> None:
        """Files first, the note last. Where the store has an asset of this name already, it is ours from now on.

        Two machines that give other bytes for one order would otherwise drop each other's approvals for ever.
        """
        theirs = self._note_there(key)
        note, asset = self.note(key), self.here(key)
        if asset is None:
            return  # spoilt since; it will be made again
        if theirs is not None and theirs["sha256"] != note["sha256"]:
            self._take(key, theirs)
            return
        for path in filter(None, (asset.path, asset.captions, asset.preview)):
            self.exchange.keep_file(path.read_bytes())
        self.exchange.keep_note(key, note)
        self.write_note(key, {**note, "shared": self.exchange.store.label})

    def _note_there(self, key: str) -> Mapping[str, Any] | None:
        """The store's note of an order whose files are whole there; a spoilt one is replaced by ours."""
        try:
            note = self.exchange.note(key)
            for sha256 in filter(None, (note["sha256"], note["captions"], note["preview"])):
                self.exchange.file(sha256)
        except (LookupError, Spoilt):
            return None
        return note if note["extension"] in MEDIA_TYPES else None


def _file(path: Path, sha256: str) -> str:
    return f"file {sha256} {path.name}"


def _asked(key: str) -> str:
    return _ASKED + key
