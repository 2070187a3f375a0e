"""A Markdown file: front matter (read by the same string-first reader) and body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loa.errors import Place, Problem, ProblemsFound
from loa.reader.document import read_document
from loa.reader.lines import Lines
from loa.reader.loaded import Tree
from loa.reader.nodes import Node
from loa.reader.source import read_text

Meta = Mapping[str, str | tuple[str, ...]]
_FENCE = re.compile(r"^---\s*$")


@dataclass(frozen=True)
class MarkdownFile:
    """``body`` begins on line ``body_line`` (counted from 1) of the file."""

    meta: Meta
    body: str
    shown: str
    body_line: int
    lines: Lines = field(repr=False)
    tree: Tree | None = field(default=None, repr=False)

    def meta_place(self, key: str, *, of_key: bool = False) -> Place:
        """Where the value (or the name) of a key of the front matter stands."""
        return self.tree.place_of((key,), key=of_key) if self.tree else self.lines.place(0, 0)

    def body_place(self, position: int, length: int = 1) -> Place:
        """The place of the sign number ``position`` of ``body``."""
        before = self.body[:position]
        column = position - (before.rfind("\n") + 1)
        return self.lines.place(self.body_line - 1 + before.count("\n"), column, length)


def read_markdown(path: Path, shown: str) -> MarkdownFile:
    """Read ``path``; a file without front matter is all body.

    Raises:
        ProblemsFound: with all that is wrong in the file and its front matter.
    """
    lines = Lines(read_text(path, shown), shown)
    if not _FENCE.match(lines.at(0)):
        return MarkdownFile({}, "\n".join(lines.all), shown, 1, lines)
    end = next((number for number, row in enumerate(lines.all[1:], 1) if _FENCE.match(row)), None)
    if end is None:
        raise ProblemsFound([lines.problem("E160", lines.rest(0, 0))])
    body = "\n".join(lines.all[end + 1 :])
    # The front matter keeps its line numbers: an empty line stands for the opening fence.
    document = read_document("\n".join(["", *lines.all[1:end]]), lines)
    if document.root is None:
        if document.problems:
            raise ProblemsFound(document.problems)
        return MarkdownFile({}, body, shown, end + 2, lines)
    tree = Tree(document.root, lines)
    problems = [*document.problems, *_misshapen(tree)]
    if problems:
        raise ProblemsFound(problems)
    return MarkdownFile(_meta(tree.root), body, shown, end + 2, lines, tree)


def _misshapen(tree: Tree) -> list[Problem]:
    """Front matter holds texts and lists of texts only."""
    if not isinstance(tree.root.value, dict):
        return [Problem("E107", {}, tree.place(tree.root))]
    return [
        Problem("E161", {"name": name}, tree.place_of((name,), key=True))
        for name, entry in tree.root.value.items()
        if not _is_simple(entry.node)
    ]


def _is_simple(node: Node) -> bool:
    if isinstance(node.value, list):
        return all(isinstance(child.value, str) for child in node.value)
    return isinstance(node.value, str)


def _meta(root: Node) -> Meta:
    assert isinstance(root.value, dict)  # noqa: S101  # _misshapen has judged it
    return {
        name: tuple(str(child.value) for child in entry.node.value)
        if isinstance(entry.node.value, list)
        else str(entry.node.value)
        for name, entry in root.value.items()
    }
