"""A real Kannel on this machine: its two programs, its fake carrier with one handset, and a door for its reports.

Nothing of it is written to a file but the settings: numbers stand in pipes only.
"""

from __future__ import annotations

import random
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

from loa.delivery import WebhookCall

FAKE_CARRIER = Path("/usr/lib/kannel/test/fakesmsc")
MISSING = [name for name in ("bearerbox", "smsbox") if not shutil.which(name)]
MISSING += [] if FAKE_CARRIER.exists() else [FAKE_CARRIER.name]
USERNAME, PASSWORD = "loa", "mat-khau-cua-kannel"
PATIENCE = 30.0
STEP = 0.05
GOT = re.compile(r"Got message \d+: <(\S+) (\S+) (?:text (.*)|udh (\S+) data (\S*))>$")
SETTINGS = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = {password}
smsbox-port = {inner}
smsbox-interface = 127.0.0.1
log-level = 4

group = smsc
smsc = fake
smsc-id = NHA-MANG-GIA
port = {carrier}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sendsms}
sendsms-interface = 127.0.0.1
log-level = 4

group = sendsms-user
username = {username}
password = {password}
concatenation = true
max-messages = 6

group = sms-service
keyword = default
get-url = "{door}?from=%p&text=%a&id=%I"
max-messages = 0
"""
T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """What the handset got in one piece."""

    sender: str
    number: str
    text: str
    header: bytes = b""
    """The user data header of a part of a longer message."""


@dataclass
class RealKannel:
    """A running one: where it takes messages, what its handset got, what it told the door."""

    host: str
    door: str
    parts: list[Part] = field(default_factory=list)
    calls: list[WebhookCall] = field(default_factory=list)

    def hear(self, line: str) -> None:
        """A line that the handset said."""
        if part := _part(line):
            self.parts.append(part)


@contextmanager
def real_kannel(folder: Path, inbound: str) -> Iterator[RealKannel]:
    """Everything started, in order; everything ended. The handset sends ``inbound`` ("from to text words") once."""
    with ExitStack() as stack:
        admin, inner, carrier, sendsms = _free_ports(4)
        calls: list[WebhookCall] = []
        door = stack.enter_context(_door(calls)) + "/sms/kannel-thu/bi-mat"
        running = RealKannel(f"http://127.0.0.1:{sendsms}", door, calls=calls)
        settings = folder / "kannel.conf"
        ports = {"admin": admin, "inner": inner, "carrier": carrier, "sendsms": sendsms}
        text = SETTINGS.format(**ports, door=door, username=USERNAME, password=PASSWORD)
        settings.write_text(text, encoding="utf-8")
        bearerbox = stack.enter_context(_program("bearerbox", str(settings)))
        _until_open(inner, bearerbox)
        smsbox = stack.enter_context(_program("smsbox", str(settings)))
        _until_open(sendsms, smsbox)
        _until_open(carrier, bearerbox)
        words = [str(FAKE_CARRIER), "-H", "127.0.0.1", "-r", str(carrier), "-i", "1", "-m", "1", inbound]
        stack.enter_context(_program(*words, hear=running.hear))
        yield running


def until(found: Callable[[], T]) -> T:
    """What ``found`` gives, as soon as it gives something."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if value := found():
            return value
        time.sleep(STEP)
    raise AssertionError(f"nothing within {PATIENCE:g} s")


def _free_ports(count: int) -> list[int]:
    """Ports below those that systems give to outgoing connections: nobody takes them before Kannel does."""
    found: list[int] = []
    with ExitStack() as stack:
        while len(found) < count:
            port = random.randrange(15_000, 30_000)
            with suppress(OSError):
                stack.enter_context(socket.create_server(("127.0.0.1", port)))
                found.append(port)
    return found


@contextmanager
def _program(*words: str, hear: Callable[[str], None] = lambda _: None) -> Iterator[subprocess.Popen[str]]:
    """A running program; what it says is heard line by line, so that no pipe fills up."""
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace"
    )
    listener = threading.Thread(target=_listen, args=(process, hear), daemon=True)
    listener.start()
    try:
        yield process
    finally:
        process.kill()  # asked politely, Kannel sometimes waits for ten seconds; it has nothing to save
        process.wait()
        listener.join()


def _listen(process: subprocess.Popen[str], hear: Callable[[str], None]) -> None:
    with process.stdout as lines:  # type: ignore[union-attr]  # a pipe
        for line in lines:
            hear(line.rstrip("\n"))


def _until_open(port: int, process: subprocess.Popen[str]) -> None:
    def is_open() -> bool:
        assert process.poll() is None, f"{process.args} ended with {process.returncode}"
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", port)) == 0

    until(is_open)


def _part(line: str) -> Part | None:
    """What the fake handset says to have got."""
    found = GOT.search(line)
    if not found:
        return None
    sender, number, plain, header, data = found.groups()
    if plain is not None:
        return Part(sender, number, plain)
    return Part(sender, number, _octets(data).decode("utf-16-be"), _octets(header))


def _octets(words: str) -> bytes:
    return unquote_to_bytes(words.replace("+", " "))


@contextmanager
def _door(calls: list[WebhookCall]) -> Iterator[str]:
    """A web server of nothing but notes; its address."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            calls.append(WebhookCall("GET", query, {name.lower(): value for name, value in self.headers.items()}, b""))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
