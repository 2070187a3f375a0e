"""Where pictures become public, for platforms that take addresses and fetch the bytes themselves.

No channel: any channel may use it. A file is named by its SHA-256, so that laying it out twice changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit, urlunsplit

from loa.clock import Clock
from loa.delivery import Account, Attachment
from loa.errors import LoaError
from publishers.common import address_in
from publishers.http import Session, call
from publishers.media_hosts.folder import FolderHost
from publishers.media_hosts.refusal import HostRefused
from publishers.media_hosts.s3 import Bucket, S3Host
from publishers.media_hosts.webdav import WebDavHost

__all__ = ["HostRefused", "MediaHost", "Shelf", "encoded", "open_shelf"]

SUFFIX = {"image/jpeg": ".jpg", "image/png": ".png"}
OK = 200
SETTINGS = {
    "folder": (),
    "webdav": ("media_upload_url",),
    "s3": ("media_endpoint", "media_bucket", "media_region"),
}
"""Kind of host → the channel settings that it needs besides ``media_base_url``."""
ADDRESSES = frozenset({"media_base_url", "media_upload_url", "media_endpoint"})
SECRETS = {"folder": (), "webdav": ("media_user", "media_password"), "s3": ("media_key", "media_secret")}


class MediaHost(Protocol):
    """Puts a file under ``name`` where the world will see it; a file of that name is replaced.

    Raises:
        NotSent, InDoubt: (``publishers.http``) the network failed; nothing speaks against trying again.
        Halt: the file is not what was approved.
        HostRefused: the host said no.
    """

    def put(self, name: str, item: Attachment) -> None: ...


class Shelf:
    """A media host with its public address. A picture is shown only when the world gets exactly its bytes."""

    def __init__(self, host: MediaHost, base_url: str, session: Session) -> None:
        self._host = host
        self._base_url = encoded(base_url)
        self._session = session

    def show(self, item: Attachment) -> str:
        """The public address of ``item``; laid out anew unless the world sees it there already.

        Raises:
            NotSent, InDoubt, HostRefused: as the host; ``HostRefused`` also when the world sees something else.
        """
        name = f"{item.sha256}{SUFFIX[item.media_type]}"
        url = f"{self._base_url}/{name}"
        if not self._is_seen(url, item):
            self._host.put(name, item)
            if not self._is_seen(url, item):
                raise HostRefused(url, unseen=True)
        return url

    def _is_seen(self, url: str, item: Attachment) -> bool:
        answer = call(self._session, "GET", url)
        return answer.status == OK and hashlib.sha256(answer.body).hexdigest() == item.sha256


def open_shelf(
    account: Account, hosts: Mapping[str, str], folder: Path | None, clock: Clock, session: Session
) -> Shelf:
    """The media host that the channel's settings choose (``media_host``: folder, webdav or s3).

    Raises:
        LoaError: E623 no public place is named; E662 a setting or secret of the chosen host is missing; E659 an
            address is none.
    """
    kind = hosts["media_host"]
    missing = [] if kind in SETTINGS else ["media_host"]
    missing += [name for name in SETTINGS.get(kind, ()) if not hosts.get(name)]
    missing += [name for name in SECRETS.get(kind, ()) if not account.secrets.get(name)]
    if missing:
        raise LoaError("E662", account=account.id, name=", ".join(missing))
    if not hosts["media_base_url"] or (kind == "folder" and folder is None):
        raise LoaError("E623", account=account.id)
    for name in {"media_base_url", *SETTINGS[kind]} & ADDRESSES:
        address_in(hosts, name)
    made: Mapping[str, Callable[[], MediaHost]] = {
        "folder": lambda: FolderHost(folder or Path(), clock),
        "webdav": lambda: WebDavHost(
            encoded(hosts["media_upload_url"]),
            account.secrets["media_user"],
            account.secrets["media_password"],
            clock,
            session,
        ),
        "s3": lambda: S3Host(
            _bucket(hosts), account.secrets["media_key"], account.secrets["media_secret"], clock, session
        ),
    }
    return Shelf(made[kind](), hosts["media_base_url"], session)


def encoded(url: str) -> str:
    """An address in ASCII: folders with Vietnamese names are percent-encoded, names of hosts are put into ASCII too."""
    parts = urlsplit(url.rstrip("/"))
    host = (parts.hostname or "").encode("idna").decode()
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit((parts.scheme, host + port, quote(parts.path, safe="/%"), "", ""))


def _bucket(hosts: Mapping[str, str]) -> Bucket:
    return Bucket(encoded(hosts["media_endpoint"]), hosts["media_bucket"], hosts["media_region"])
