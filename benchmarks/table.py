"""The measured figures of the docs: every script owns one marked section of docs/benchmarks.md."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

What the scripts of [benchmarks/](../benchmarks/README.md) printed when they were last run with `--write`. Each
measures a peer or a limit in the same run, in turn with our own code; the figures that count are the ratios. Every
section below is rewritten by its script: do not edit it by hand.
"""


def rows(head: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a Markdown table."""
    return ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *body)]


def with_section(page: str, name: str, lines: Sequence[str]) -> str:
    """The page with the text between ``<!-- name -->`` and ``<!-- /name -->`` replaced; a new section goes last.

    Raises:
        ValueError: a section was opened and not closed, so that nobody can tell where it ends.
    """
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    section = "\n".join((start, "", *lines, "", end))
    if start not in page:
        return f"{page.rstrip()}\n\n{section}\n"
    before, _, rest = page.partition(start)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"docs/benchmarks.md opens the section {name} and never closes it")
    return before + section + after


def write_section(name: str, lines: Sequence[str], page: Path = PAGE) -> None:
    """Put one script's lines into docs/benchmarks.md, which is made when it is not there."""
    text = page.read_text(encoding="utf-8") if page.is_file() else HEAD
    aside = page.with_suffix(".tmp")
    aside.write_text(with_section(text, name, lines), encoding="utf-8")
    os.replace(aside, page)  # noqa: PTH105 (replace is atomic on Windows too; Path.replace is the same call)
