"""``loa migrate-store``: the book moves to another database, and the old one never sends again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import workspace_here

if TYPE_CHECKING:
    from loa.store import Book
    from loa.store.copying import Tally
    from loa.workspace import Workspace


def migrate_store(
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help=say(
                "Nơi mới: postgresql+psycopg://người-dùng@máy/cơ-sở-dữ-liệu, hoặc một tệp .sqlite mới",
                "Where to: postgresql+psycopg://user@host/database, or a new .sqlite file",
            ),
        ),
    ],
) -> None:
    """Move the book; nothing is lost, and the old book can only be read from then on."""
    from contextlib import closing

    from loa.clock import SystemClock
    from loa.store import Vault, hold, open_book
    from loa.store.moving import move_book, require_still
    from loa.wiring.desks import journaled_book

    workspace, clock = workspace_here(), SystemClock()
    old, new = _source(workspace), _place(to)
    journaled = journaled_book(workspace, clock, old, Vault.at(workspace.var / "vault.key"))
    with hold(workspace.var, clock), closing(journaled) as source, closing(open_book(new)) as target:
        require_still(source, clock)
        with _counted(source) as advance:
            moved = move_book(source, target, advance)
        _tell(moved, source, target, new)


def _source(workspace: Workspace) -> Path | str:
    """The book in use, which must be there: an empty one is not moved by mistake."""
    from loa.errors import StoreError

    place = os.environ.get("LOA_DATABASE_URL") or workspace.book
    if isinstance(place, Path) and not place.exists():
        words = say("chưa có sổ phát ở đây", "there is no book here")
        raise StoreError("E968", place=workspace.shown(place), detail=words)
    return place


def _place(to: str) -> Path | str:
    """A database, or a file whose name says that it is a book: a mistyped address must not become a file."""
    if to.startswith("sqlite:///") or to.endswith(".sqlite"):
        return Path(to.removeprefix("sqlite:///")).resolve()
    from loa.store.place import well_written

    return well_written(to)


@contextmanager
def _counted(source: Book) -> Iterator[Callable[[str, int], None]]:
    """A bar over the rows of all tables."""
    from loa.cli.output import bar
    from loa.store.copying import count_rows

    with source.read() as connection:
        total = count_rows(connection)
    done: dict[str, int] = {}
    with bar(say("Chép sổ", "Copying")) as advance:

        def over(table: str, rows: int) -> None:
            done[table] = rows
            advance(sum(done.values()), total)

        yield over


def _tell(moved: dict[str, Tally], source: Book, target: Book, new: Path | str) -> None:
    from loa.cli.output import line, table
    from loa.messages import number

    headings = (say("Bảng", "Table"), say("Số dòng", "Rows"))
    table(headings, [(name, number(tally.rows, lang())) for name, tally in moved.items() if tally.rows])
    total = number(sum(each.rows for each in moved.values()), lang())
    line(
        say(
            f"Đã chuyển {total} dòng sang {target.place}; từng bảng đã được đếm và đối chiếu.",
            f"Moved {total} rows to {target.place}; every table was counted and compared.",
        )
    )
    line(
        say(
            f"Sổ cũ {source.place} từ nay chỉ để xem, không gửi được nữa.",
            f"The old book {source.place} can only be read from now on.",
        )
    )
    line(_next_step(new))


def _next_step(new: Path | str) -> str:
    if isinstance(new, str):
        return say(
            "Bước tiếp theo: trên mọi máy đặt biến LOA_DATABASE_URL tới nơi mới và chép var/vault.key sang, "
            "rồi `loa doctor`, `loa run`.",
            "Next: on every machine set LOA_DATABASE_URL to the new place and bring var/vault.key along, "
            "then `loa doctor`, `loa run`.",
        )
    return say(
        f"Bước tiếp theo: bỏ biến LOA_DATABASE_URL, đặt tệp {new.name} thành var/book.sqlite, rồi `loa run`.",
        f"Next: remove LOA_DATABASE_URL, put the file {new.name} in place as var/book.sqlite, then `loa run`.",
    )
