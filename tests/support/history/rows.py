"""What the checker reads: the book's tables as plain rows, and journals as JSON lines."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

Row = dict[str, Any]
TABLES = ("delivery", "sending", "attempt", "approval", "event", "batch", "account")
_JSON = ("hint", "params", "labels", "reason_params")
_ALL = "SELECT * FROM {} ORDER BY id"
_GROUPS = """
SELECT delivery_id, batch_id, state, code, count(*) AS people FROM recipient
GROUP BY delivery_id, batch_id, state, code
"""


def read_book(book: str) -> dict[str, list[Row]]:
    """Every table that the checker looks at, by name, and the people of calls counted under ``people``."""
    with _connection(book) as connection:
        found = {name: list(_rows(connection, _ALL.format(name))) for name in TABLES}
        found["people"] = list(_rows(connection, _GROUPS))
    return found


@contextmanager
def _connection(book: str) -> Iterator[Any]:
    if book.startswith("postgresql"):
        import psycopg  # noqa: PLC0415 - only a book on a server needs it

        with psycopg.connect(book.replace("postgresql+psycopg://", "postgresql://", 1)) as connection:
            yield connection
        return
    # A copy of the book as it lies there: no lock of ours, and the write-ahead log is read with it.
    with closing(sqlite3.connect(f"file:{Path(book).resolve()}?mode=ro", uri=True)) as connection:
        yield connection


def _rows(connection: Any, query: str) -> Iterator[Row]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        yield row | {name: json.loads(row[name] or "{}") for name in _JSON if name in row}


def wrong_sums(book: str) -> list[str]:
    """Rows of a SQLite book whose checksum is not that of their values, as ``table rowid``; computed here anew."""
    found: list[str] = []
    with _connection(book) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = [row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})")]
            if "row_sum" not in columns:
                continue
            names = [name for name in columns if name != "row_sum"]
            for *values, known in connection.execute(f"SELECT {', '.join(names)}, row_sum FROM {table}"):  # noqa: S608 - names from the schema
                if zlib.crc32("\x1f".join(map(str, values)).encode()) != known:
                    found.append(f"{table} {values[0]}")
    return found


def read_lines(path: Path) -> list[Row]:
    """The JSON lines of a file. A last line without its end was cut off by a kill and is none."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [json.loads(line) for line in text.split("\n")[:-1] if line]
