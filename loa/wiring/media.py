"""Where several machines share their finished assets: a folder on the network, or a bucket that speaks S3."""

from __future__ import annotations

import errno
import os
import random
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from loa.clock import Clock
from loa.errors import LoaError
from loa.render import Exchange
from loa.secrets import Secrets, secret_variable
from loa.workspace import SharedMedia, Workspace
from publishers.http import InDoubt, NotSent, new_session
from publishers.media_hosts import HostRefused, encoded
from publishers.media_hosts.s3 import Bucket, Busy, S3Store

T = TypeVar("T")

_SECONDS = 300.0
_PAUSES = (0.5, 1.0, 2.0)
"""The longest pauses (seconds) between tries at a bucket that is busy: S3 says so where many write at once."""
_MOST_BYTES = 512 * 1024 * 1024
"""A clip of several minutes; an answer that is longer is no asset."""
_NOT_NOW = frozenset({errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENOTCONN})


def open_exchange(workspace: Workspace, kept: Secrets, clock: Clock, *, in_sandbox: bool) -> Exchange | None:
    """The way to what the machines of this office share; None where ``loa.yaml`` names no such place.

    A sandbox asks for no secret, so that it has no bucket either.
    """
    media = workspace.settings.media
    if media.folder:
        return Exchange(FolderStore(Path(media.folder)))
    if media.endpoint and not in_sandbox:
        return Exchange(BucketStore(media, kept, clock))
    return None


class FolderStore:
    """A folder that all machines see. Loa never makes the folder itself: an unmounted drive must not look empty."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def label(self) -> str:
        return self._root.as_posix()

    def read(self, name: str) -> bytes | None:
        try:
            return (self._root / name).read_bytes()
        except FileNotFoundError:
            self._check_root()
            return None
        except OSError as error:
            raise self._told(error) from error

    def write(self, name: str, data: bytes) -> None:
        self._check_root()
        path = self._root / name
        fresh = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
        try:
            if _holds(path, data):
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(fresh, data)
            fresh.replace(path)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink()
            if not _holds(path, data):  # Windows does not replace what another machine is reading
                raise self._told(error) from error

    def _check_root(self) -> None:
        if not self._root.is_dir():
            raise LoaError("E981", place=self.label, detail=os.strerror(errno.ENOENT))

    def _told(self, error: OSError) -> LoaError:
        not_now = error.errno in _NOT_NOW or not self._root.is_dir()
        return LoaError("E981" if not_now else "E982", place=self.label, detail=error.strerror or type(error).__name__)


def _holds(path: Path, data: bytes) -> bool:
    """Whether another machine has put the same bytes there already."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


class BucketStore:
    """A bucket. Its secrets are asked for at the first call; each thread has its own connections."""

    def __init__(self, media: SharedMedia, kept: Secrets, clock: Clock) -> None:
        self._media = media
        self._kept = kept
        self._clock = clock
        self._threads = threading.local()
        self._asking = threading.Lock()
        self._secrets: tuple[str, str] | None = None

    @property
    def label(self) -> str:
        return f"{self._media.endpoint}/{self._media.bucket}"

    def read(self, name: str) -> bytes | None:
        return self._answered(lambda store: store.read(name))

    def write(self, name: str, data: bytes) -> None:
        self._answered(lambda store: store.write(name, data))

    def _answered(self, work: Callable[[S3Store], T]) -> T:
        for longest in (*_PAUSES, None):
            try:
                return work(self._store())
            except HostRefused as error:
                raise LoaError("E982", place=self.label, detail=error) from None
            except (NotSent, InDoubt, Busy) as error:
                if longest is None or isinstance(error, NotSent):  # who is not there is not asked at once again
                    raise LoaError("E981", place=self.label, detail=error) from None
            time.sleep(random.uniform(0, longest))  # noqa: S311 - no secret: machines that met do not meet again
        raise AssertionError("the last try has answered")

    def _store(self) -> S3Store:
        if not hasattr(self._threads, "store"):
            bucket = Bucket(encoded(self._media.endpoint), self._media.bucket, self._media.region)
            key, secret = self._keys()
            session = new_session(_SECONDS, _MOST_BYTES)
            self._threads.store = S3Store(bucket, key, secret, self._clock, session)
        store: S3Store = self._threads.store
        return store

    def _keys(self) -> tuple[str, str]:
        """The two keys. One thread asks for them: a person may be asked for a passphrase, once."""
        with self._asking:
            if self._secrets is None:
                self._secrets = self._secret(self._media.access_key), self._secret(self._media.secret_key)
            return self._secrets

    def _secret(self, name: str) -> str:
        if found := self._kept.find(name):
            return found.value
        raise LoaError("E704", account="media", secret=name, variable=secret_variable(name))
