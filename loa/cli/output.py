"""What the command prints: lines, tables, problems, progress. Machines get JSON on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from loa.cli.language import lang
from loa.errors import Problem


def line(text: str = "") -> None:
    """One line for a person, who may read it through a pipe: an address must not wait for the end of the program."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def as_json(value: Any) -> None:
    """One JSON document for a machine."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, close: bool = False) -> None:
    """A table that fits the window; a name that does not is broken, never cut, so that it can be copied.

    ``close``: without empty lines around it, for a screen that holds several.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Column, Table

    columns = (Column(heading, overflow="fold") for heading in headings)
    drawn = Table(*columns, box=None if close else SIMPLE_HEAD, pad_edge=False)
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
def bars(labels: Mapping[str, str]) -> Iterator[Callable[[str, int, int], None]]:
    """Progress bars on standard error, one a step; give them the step, what is done and what there is to do."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tasks = {}
    with Progress(*columns, console=Console(stderr=True)) as progress:

        def advance(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(labels[step])
            progress.update(tasks[step], completed=done, total=total)

        yield advance


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """One progress bar; give it what is done and what there is to do."""
    with bars({"": label}) as advance:
        yield lambda done, total: advance("", done, total)
