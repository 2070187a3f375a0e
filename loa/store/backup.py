"""A backup: one zip with a consistent copy of the book, its journal and files of the office, and a list of hashes.

The scheduler may go on: the copy is of one moment. It is believed only after it was read back and examined.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from loa.errors import StoreError
from loa.store.book import Book, open_book
from loa.store.copying import copy_book
from loa.store.identity import identity_of
from loa.store.soundness import examine

BOOK, MANIFEST, JOURNAL = "book.sqlite", "manifest.json", "journal/"
PREFIX = "loa-"
_FORMAT = 1
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself. ``files``: name in the zip → SHA-256."""

    made_at: datetime
    host: str
    loa: str
    book: str
    files: Mapping[str, str]


def require_free(target: Path) -> None:
    """Refuse to write over a file that is no backup of ours: it may be the book itself, or what somebody wrote.

    A folder that is not there is refused as well: a drive that is not plugged in is not made up on this disk.

    Raises:
        StoreError: E708; OSError.
    """
    target.parent.stat()
    if not target.exists():
        return
    try:
        with zipfile.ZipFile(target) as pack:
            pack.getinfo(MANIFEST)
    except _UNREADABLE as error:
        raise StoreError("E708", file=target) from error


def write_backup(book: Book, target: Path, files: Mapping[str, Path], about: Mapping[str, str]) -> Backup:
    """Write a backup of ``book`` with ``files`` (name in the zip → path) at ``target``, whole or not at all.

    ``about`` has ``made_at`` (ISO), ``host`` and ``loa`` (its version).

    Raises:
        StoreError: E953 the book is damaged; E955 what was written cannot be read back.
        OSError: the disk does not let us.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
        copy = Path(folder) / BOOK
        copy_to(book, copy)
        name = require_sound_copy(copy)
        part = Path(folder) / "part.zip"
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as pack:
            hashes = {each: _put(pack, each, path) for each, path in ({BOOK: copy} | dict(files)).items()}
            manifest = {"format": _FORMAT, **about, "book": name, "files": hashes}
            pack.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True))
        with part.open("rb") as file:
            os.fsync(file.fileno())
        found = read_backup(part)
        part.replace(target)
    return found


def copy_to(book: Book, target: Path) -> None:
    """A copy of a book as it is at one moment, as a file of SQLite, whatever database it is on."""
    if not book.is_sqlite:
        made = open_book(target)
        try:
            copy_book(book, made, lambda _table, _rows: None)
        finally:
            made.close()
        return
    # In one step: a writer beside us would make a copy in several steps begin anew each time.
    with book.snapshot() as connection, closing(sqlite3.connect(target)) as copy:
        source: Any = connection.connection.driver_connection
        source.backup(copy, pages=-1)


def require_sound_copy(path: Path) -> str:
    """Examine a copy of a book and leave it as one file; the name of the book.

    Raises:
        StoreError: E953, what is wrong with it.
    """
    book = open_book(path)
    try:
        if problems := examine(book):
            raise StoreError(problems[0].code, **problems[0].params)
        with book.read() as connection:
            name = identity_of(connection)
    finally:
        book.close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode=DELETE")
    return name


def _put(pack: zipfile.ZipFile, name: str, path: Path) -> str:
    """Put a file into the zip; its SHA-256 as it was put there."""
    digest = hashlib.sha256()
    with path.open("rb") as source, pack.open(zipfile.ZipInfo.from_file(path, name), "w", force_zip64=True) as sink:
        while block := source.read(_BLOCK):
            digest.update(block)
            sink.write(block)
    return digest.hexdigest()


def read_backup(path: Path) -> Backup:
    """Read a backup to its end and hold every file against its hash.

    Raises:
        StoreError: E955, it is none, or not as it was written.
    """
    try:
        with zipfile.ZipFile(path) as pack:
            words = json.loads(pack.read(MANIFEST))
            if words["format"] != _FORMAT:
                raise StoreError("E955", file=path.name, detail=f"{MANIFEST}: {words['format']} ≠ {_FORMAT}")
            spoilt = [name for name, wanted in words["files"].items() if _hash_in(pack, name) != wanted]
        moment = datetime.fromisoformat(words["made_at"])
        found = Backup(moment, words["host"], words["loa"], words["book"], words["files"])
    except _UNREADABLE as error:
        raise StoreError("E955", file=path.name, detail=type(error).__name__) from error
    if spoilt:
        raise StoreError("E955", file=path.name, detail=f"{spoilt[0]}: SHA-256")
    return found


_UNREADABLE = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, RuntimeError, NotImplementedError),
    *(zipfile.BadZipFile, zlib.error),
)
"""What spoilt bytes of a zip raise, wherever they are."""


def _hash_in(pack: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with pack.open(name) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def take_out(path: Path, name: str, target: Path) -> None:
    """One file of a backup that was read, laid at ``target``, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    with zipfile.ZipFile(path) as pack, pack.open(name) as source, part.open("wb") as sink:
        shutil.copyfileobj(source, sink, _BLOCK)
        sink.flush()
        os.fsync(sink.fileno())
    part.replace(target)


def name_of_backup(moment: datetime) -> str:
    """The file name of a backup in a folder of them: by name they stand in the order of time."""
    return f"{PREFIX}{moment:%Y%m%dT%H%M%SZ}.zip"


def backups_in(folder: Path) -> list[Path]:
    """The backups that we laid in a folder, the oldest first."""
    return sorted(folder.glob(f"{PREFIX}*Z.zip"))


def keep_newest(folder: Path, most: int) -> list[Path]:
    """Remove all backups of ours but the newest ``most``; those removed."""
    old = backups_in(folder)[:-most] if most else []
    for path in old:
        path.unlink()
    return old
