"""Running the SQL of a version: written out once, and the same for ever, whatever the tables of today are."""

from __future__ import annotations

from pathlib import Path

from alembic import op

_VERSIONS = Path(__file__).with_name("versions")


def run(version: str) -> None:
    """Every statement of a version, in the dialect of the database at hand."""
    connection = op.get_bind()
    text = (_VERSIONS / f"{version}_{connection.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in text.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
