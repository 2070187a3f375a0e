"""What the reader hands out: the typed value, and the way back to the line that said it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from loa.errors import Place
from loa.reader.lines import Lines
from loa.reader.nodes import Entry, Loc, Node, find
from loa.reader.parse import parse

_KEPT = 64
"""Trees, until somebody forgets them: a look at a plan goes from campaign to campaign and back."""

M_co = TypeVar("M_co", covariant=True)


@dataclass(frozen=True)
class Tree:
    """A document and its lines."""

    root: Node
    lines: Lines

    def place_of(self, loc: Loc, *, key: bool = False) -> Place:
        """Where ``loc`` stands: its value, or its key. What is missing is at the nearest thing around it."""
        entry = find(self.root, loc)
        node = entry.key if entry.key and (key or not isinstance(entry.node.value, str)) else entry.node
        if entry.key and not entry.node.value and not entry.node.style:
            node = entry.key
        return self.place(node)

    def place(self, node: Node) -> Place:
        """The first line of ``node``; of a list or mapping, its first word."""
        if node.end_line > node.line:
            return self.lines.rest(node.line, node.column)
        if isinstance(node.value, str):
            return self.lines.place(node.line, node.column, node.end_column - node.column)
        return self.lines.rest(node.line, node.column)

    def source_of(self, loc: Loc) -> str:
        """The lines that say ``loc``, as they are written."""
        key, node = find(self.root, loc)
        start = min(node.line, key.line) if key else node.line
        return "\n".join(self.lines.all[start : node.end_line + 1])

    def place_within(self, loc: Loc, words: str) -> Place:
        """Where ``words`` first stand inside the text at ``loc``."""
        node = find(self.root, loc).node
        for line in range(node.line, node.end_line + 1):
            column = self.lines.at(line).find(words, node.column if line == node.line else 0)
            if column >= 0:
                return self.lines.place(line, column, len(words))
        return self.place_of(loc)

    def entry(self, loc: Loc) -> Entry:
        return find(self.root, loc)


@lru_cache(maxsize=_KEPT)
def tree_of(text: str, shown: str) -> Tree:
    """The tree of a text that was found sound."""
    lines = Lines(text, shown)
    root = parse(text, lines).root
    if root is None:
        raise ValueError("only a file that was read without a problem is handed out")
    return Tree(root, lines)


@dataclass(frozen=True)
class Loaded(Generic[M_co]):
    """A file of the staff, read and checked. A ``loc`` is a path of keys and list numbers, as the file names them."""

    value: M_co
    text: str = field(repr=False)
    shown: str

    @property
    def tree(self) -> Tree:
        """Read when a place is asked for: most files have nothing to tell, and a tree takes ten times its text."""
        return tree_of(self.text, self.shown)

    def place_of(self, loc: Loc, *, key: bool = False) -> Place:
        """Where ``loc`` stands in the file: its value, or its key."""
        return self.tree.place_of(loc, key=key)

    def place_within(self, loc: Loc, words: str) -> Place:
        """Where ``words`` first stand inside the text at ``loc``; the text itself where they cannot be seen there."""
        return self.tree.place_within(loc, words)

    def source_of(self, loc: Loc) -> str:
        """The raw source lines of the node at ``loc``."""
        return self.tree.source_of(loc)
