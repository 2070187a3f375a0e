"""A wire between a machine and its database that a test may hold up: then nothing comes through, nothing is lost."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import parse_qs, urlsplit, urlunsplit

_SECONDS = 0.1


class Relay:
    """Carries bytes to the PostgreSQL of a database's ``url``, which listens at a socket in a folder."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        [folder] = parse_qs(parts.query)["host"]
        self._target = f"{folder}/.s.PGSQL.{parts.port or 5432}"
        self._door = socket.create_server(("127.0.0.1", 0))
        self._open, self._ended = threading.Event(), threading.Event()
        self._open.set()
        who = parts.netloc.rpartition("@")[0]
        self.url = urlunsplit(parts._replace(netloc=f"{who}@127.0.0.1:{self._door.getsockname()[1]}", query=""))
        threading.Thread(target=self._serve, daemon=True).start()

    def hold(self) -> None:
        """From now on nothing comes through, in either direction; no connection is closed."""
        self._open.clear()

    def let_go(self) -> None:
        """What was held comes through, and what follows."""
        self._open.set()

    def end(self) -> None:
        self._ended.set()
        self._open.set()
        self._door.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._target)
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError), one, other:
            while data := one.recv(65536):
                while not self._open.wait(_SECONDS):
                    pass
                if self._ended.is_set():
                    return
                other.sendall(data)


@contextmanager
def relay(url: str) -> Iterator[Relay]:
    """A relay that ends with the block."""
    found = Relay(url)
    try:
        yield found
    finally:
        found.end()
