"""A bucket that speaks S3, in which several machines share their finished assets."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from loa.clock import Clock
from loa.errors import LoaError
from loa.secrets import Secrets, secret_variable
from loa.workspace import SharedMedia
from publishers.http import InDoubt, NotSent, new_session
from publishers.media_hosts import HostRefused, encoded
from publishers.media_hosts.s3 import Bucket, Busy, S3Store

T = TypeVar("T")

_SECONDS = 300.0
_PAUSES = (0.5, 1.0, 2.0)
"""The longest pauses (seconds) between tries at a bucket that is busy: S3 says so where many write at once."""
_MOST_BYTES = 512 * 1024 * 1024
"""A clip of several minutes; an answer that is longer is no asset."""


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
