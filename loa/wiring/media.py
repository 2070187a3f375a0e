"""Where several machines share their finished assets: a folder on the network, or a bucket that speaks S3."""

from __future__ import annotations

import errno
import os
import uuid
from contextlib import suppress
from pathlib import Path

from loa.clock import Clock
from loa.errors import LoaError
from loa.render import Exchange
from loa.secrets import Secrets
from loa.workspace import Workspace

_NOT_NOW = frozenset({errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENOTCONN})


def open_exchange(workspace: Workspace, kept: Secrets, clock: Clock, *, in_sandbox: bool) -> Exchange | None:
    """The way to what the machines of this office share; None where ``loa.yaml`` names no such place.

    A sandbox asks for no secret, so that it has no bucket either.
    """
    media = workspace.settings.media
    if media.folder:
        return Exchange(FolderStore(Path(media.folder)))
    if media.endpoint and not in_sandbox:
        from loa.wiring.bucket import BucketStore  # noqa: PLC0415 - 5 MB of an HTTP client that a folder does not need

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
