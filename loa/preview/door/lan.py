"""Opening the desk to other machines: only over an encrypted line, and only where who may decide has a PIN."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from loa.dispatch import Desk
from loa.dispatch.people import rights_of, today
from loa.dispatch.pins import pins_of
from loa.errors import LoaError
from loa.preview.door.address import Address

LOOPBACK = "127.0.0.1"
_ELSEWHERE = ("192.0.2.1", 9)
"""An address that nobody has: asking the way to it tells our own address, and nothing is sent."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the desk listens, and how browsers get there."""

    listen: str = LOOPBACK
    name: str = LOOPBACK
    """What browsers call this machine."""
    certificate: tuple[Path, Path] | None = None
    """The files of the TLS certificate and of its key."""
    proxy: str = ""
    """The origin of the proxy before us, which speaks TLS with the browsers; empty where there is none."""
    is_shared: bool = False

    def address(self, port: int) -> Address:
        """Where browsers find a desk that listens on ``port``."""
        scheme = "https" if self.certificate else "http"
        return Address(self.proxy or f"{scheme}://{self.name}:{port}", self.is_shared)


def open_to_others(
    desk: Desk, *, host: str = "", certificate: tuple[Path | None, Path | None] = (None, None), proxy: str = ""
) -> Opening:
    """How the desk is opened to other machines: with a certificate of its own, or behind a proxy on this machine.

    Raises:
        LoaError: E812 somebody who may decide has no PIN; E813 the line would not be encrypted.
    """
    if names := _without_pin(desk):
        raise LoaError("E812", names=", ".join(names))
    if proxy:
        return Opening(proxy=_https(proxy), is_shared=True)
    cert, key = certificate
    if cert is None or key is None:
        raise LoaError("E813", detail="--cert, --key?")
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(cert, key, password="")
    except (OSError, ValueError) as error:
        raise LoaError("E813", detail=f"{cert.name}, {key.name}: {getattr(error, 'reason', '') or error}") from error
    name = host or _own_address()
    return Opening(_listen_at(name), name, (cert, key), is_shared=True)


def _without_pin(desk: Desk) -> list[str]:
    settings, day, known = desk.workspace.settings, today(desk), pins_of(desk)
    may_decide = (each for each in settings.reviewers if rights_of(settings, each, day) - {"author"})
    return [each.name for each in may_decide if each.id not in known]


def _https(proxy: str) -> str:
    parts = urlsplit(proxy)
    if parts.scheme != "https" or not parts.hostname or parts.path not in ("", "/") or parts.query or parts.username:
        raise LoaError("E813", detail=f"--behind-proxy {proxy}")
    return f"https://{parts.netloc}"


def _own_address() -> str:
    """The address of this machine in its network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(_ELSEWHERE)
        except OSError as error:
            raise LoaError("E813", detail="--host?") from error
        found: str = way.getsockname()[0]
        return found


def _listen_at(name: str) -> str:
    try:
        return socket.gethostbyname(name)
    except OSError as error:
        raise LoaError("E813", detail=f"--host {name}: {error.strerror or error}") from error
