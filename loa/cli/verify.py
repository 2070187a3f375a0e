"""``loa verify``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from loa.cli.command import PROBLEMS_FOUND
from loa.cli.language import lang, say
from loa.cli.options import AsJson, desk_here

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.errors import Problem


def verify(json_wanted: AsJson = False) -> None:
    """Look over the whole book, its journal and what was approved: whether all is as it was written."""
    from loa.cli.output import as_json, line, show_problems
    from loa.messages import sentence

    found = list(problems_of(desk_here()))
    errors = [each for each in found if each.severity == "error"]
    if json_wanted:
        as_json(
            [
                {"code": each.code, "severity": each.severity, **each.params}
                | {"text": sentence(each.code, each.params, lang())}
                for each in found
            ]
        )
    else:
        show_problems(found)
        if errors:
            line(say(f"Sổ phát có {len(errors)} chỗ hỏng.", f"The book has {len(errors)} faults."))
        else:
            line(say("Sổ phát nguyên vẹn, khớp sổ biên nhận.", "The book is sound and agrees with its journal."))
    if errors:
        raise typer.Exit(PROBLEMS_FOUND)


def problems_of(desk: Desk) -> Iterator[Problem]:
    """What is not as it was written, in the book of ``desk``, its audit log and journal, and the approved files."""
    from loa.store.audit import verify_audit
    from loa.store.identity import identity_of
    from loa.store.journal_read import Reading
    from loa.store.ledger import opener, read_ledger
    from loa.store.soundness import examine
    from loa.store.soundness_journal import compare, examine_tail, faults_told

    damaged = examine(desk.book)
    yield from damaged
    if damaged:
        return
    with desk.book.snapshot() as connection:
        yield from verify_audit(connection)
    if folder := desk.book.journal_folder:
        yield from (each for each in examine_tail(desk.book, folder) if each.code == "E959")
        with desk.book.read() as connection:
            name = identity_of(connection)
        found = read_ledger(folder, opener(desk.vault), name)
        yield from compare(desk.book, found.ledger)
        yield from faults_told(Reading(folder, list(found.faults)))
    yield from _assets(desk)


def _assets(desk: Desk) -> Iterator[Problem]:
    """Approved files that are not what was approved any more."""
    from loa.delivery import State
    from loa.dispatch.package import damaged_assets, opened
    from loa.errors import Problem
    from loa.store import deliveries

    going = (State.APPROVED, State.DUE, State.RETRY_LATER)
    with desk.book.read() as connection:
        rows = deliveries(connection, states=going)
    for row in rows:
        for path in damaged_assets(opened(row.package), desk.workspace):
            yield Problem("E958", {"file": path, "key": row.key}, severity="warning")
