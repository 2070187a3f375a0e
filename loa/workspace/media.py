"""What ``media`` of ``loa.yaml`` says: one place that several machines share, whole, or none."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import urlsplit

from loa.errors import Problem
from loa.reader import Loaded
from loa.workspace.settings import Settings, SharedMedia

_BUCKET = ("endpoint", "bucket", "region", "access_key", "secret_key")
_BUCKET_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_REGION = re.compile(r"[a-z0-9-]{1,40}")
_SECRET_NAME = re.compile(r"(?=.{1,40}$)[a-z0-9]+(?:[-_][a-z0-9]+)*")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def media_problems(loaded: Loaded[Settings]) -> list[Problem]:
    """Two places at once, half a place, or an address that is none; each at its key."""
    media = loaded.value.media
    given = [name for name in _BUCKET if getattr(media, name)]
    if media.folder and given:
        return [_problem(loaded, name) for name in ("folder", *given)]
    if media.folder:
        return [] if _is_whole_path(media.folder) else [_problem(loaded, "folder")]
    if not given:
        return []
    if missing := [name for name in _BUCKET if name not in given]:
        return [Problem("E980", {"keys": ", ".join(missing)}, loaded.place_of(("media",)))]
    return [_problem(loaded, name) for name in ("endpoint", "bucket", "region") if not _fits(media, name)] + [
        _pasted(loaded, name) for name in ("access_key", "secret_key") if not _fits(media, name)
    ]


def _is_whole_path(written: str) -> bool:
    """A path that names the same place wherever the workspace lies: on Windows with its drive or server."""
    return PurePosixPath(written).is_absolute() or PureWindowsPath(written).is_absolute()


def _fits(media: SharedMedia, name: str) -> bool:
    value: str = getattr(media, name)
    if name == "endpoint":
        return _is_endpoint(value)
    pattern = {"bucket": _BUCKET_NAME, "region": _REGION}.get(name, _SECRET_NAME)
    return pattern.fullmatch(value) is not None


def _is_endpoint(value: str) -> bool:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - a wrong port is told when it is asked for
    except ValueError:
        return False
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    extra = parts.query or parts.fragment or parts.username or parts.password
    return bool(secure and parts.hostname and not extra and value.split() == [value])


def _problem(loaded: Loaded[Settings], name: str) -> Problem:
    return Problem("E980", {"keys": name}, loaded.place_of(("media", name)))


def _pasted(loaded: Loaded[Settings], name: str) -> Problem:
    """A value that looks like the key itself. Neither the problem nor its source line may repeat it."""
    place = loaded.place_of(("media", name))
    hidden = replace(place, length=1, source_line="") if place else None
    return Problem("E217", {"key": name}, hidden, accepted=("kho-access-key",))
