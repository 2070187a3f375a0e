"""What the command prints: lines, tables, problems, progress. Machines get JSON on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from loa.cli.language import lang
from loa.errors import Problem


def line(text: str = "") -> None:
    """One line for a person."""
    sys.stdout.write(text + "\n")


def as_json(value: Any) -> None:
    """One JSON document for a machine."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table that fits the window."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    drawn = Table(*headings, box=SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        drawn.add_row(*row)
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = 160
    console.print(drawn)


def show_problems(problems: Sequence[Problem]) -> None:
    """Every problem in its four parts, on standard error."""
    from loa.messages import describe

    for problem in problems:
        sys.stderr.write(describe(problem, lang()) + "\n")


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error; give it what is done and what there is to do."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(label, total=None)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield advance
