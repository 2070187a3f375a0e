"""A WebDAV folder: what the file managers of office servers (Nextcloud, IIS, Apache, NAS) already speak.

SFTP would need another library and a host key to look after; WebDAV goes over the one HTTP session that has our
deadlines, and through the proxies and firewalls that already let https pass.
"""

from __future__ import annotations

import base64
from urllib.parse import urlsplit

from loa.clock import Clock
from loa.delivery import Attachment
from publishers.approved import approved_bytes
from publishers.http import Session, call
from publishers.media_hosts.refusal import HostRefused

TAKEN = frozenset({200, 201, 204})
NO_PARENT = frozenset({403, 404, 409})
"""What servers say to a PUT into a folder that does not exist; the standard says 409."""
MADE = frozenset({201, 301, 405})
"""Made now, or there already."""


class WebDavHost:
    """Puts files into the folder at ``upload_url``, which is made when it is missing."""

    def __init__(self, upload_url: str, user: str, password: str, clock: Clock, session: Session) -> None:
        self._url = upload_url
        self._clock = clock
        self._session = session
        pair = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._headers = {"Authorization": f"Basic {pair}"}

    def put(self, name: str, item: Attachment) -> None:
        data = approved_bytes(item, self._clock)
        status = self._put(name, data, item.media_type)
        if status in NO_PARENT and self._make_folders():
            status = self._put(name, data, item.media_type)
        if status not in TAKEN:
            raise HostRefused(f"WebDAV: HTTP {status}", status=status)

    def _put(self, name: str, data: bytes, media_type: str) -> int:
        headers = {**self._headers, "Content-Type": media_type}
        return call(self._session, "PUT", f"{self._url}/{name}", data=data, headers=headers).status

    def _make_folders(self) -> bool:
        """Make the folder and those above it, from the top; True when the last of them is there."""
        parts = urlsplit(self._url)
        names = [name for name in parts.path.split("/") if name]
        status = 0
        for depth in range(1, len(names) + 1):
            folder = f"{parts.scheme}://{parts.netloc}/{'/'.join(names[:depth])}/"
            status = call(self._session, "MKCOL", folder, headers=self._headers).status
        return status in MADE
