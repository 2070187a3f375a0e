"""YAML events → nodes. Nothing is constructed: every scalar stays the string that was written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from loa.errors import Problem
from loa.reader.lines import Lines
from loa.reader.nodes import Entry, Node

MAX_DEPTH = 32
_NUMBERS: dict[int, int] = {}
# libyaml reads ten times faster; where it was not built, the same events come from the Python reader.
FAST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Parsed:
    """What one pass over the text gave: the tree, or the error that stopped it; and what the tree itself shows."""

    root: Node | None = None
    scalars: list[Node] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    error: yaml.MarkedYAMLError | None = None
    trusted: bool = True
    """False when the tree has holes, so that its schema must not be judged."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end was not seen yet."""

    node: Node
    key: Node | None = None


class _TooDeepError(Exception):
    """Lists in lists in lists: nobody writes that by hand."""


def parse(text: str, lines: Lines, loader: Any = FAST_LOADER) -> Parsed:
    """Read ``text`` (``lines`` give the places: the text may have been mended since)."""
    builder = _Builder(lines)
    try:
        builder.take_all(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        builder.parsed.error = error
        builder.parsed.root = None
    except _TooDeepError:
        builder.parsed.root = None
        builder.parsed.trusted = False
    return builder.parsed


class _Builder:
    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.parsed = Parsed()
        self.open: list[_Open] = []
        self.documents = 0

    def take_all(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            self._take(event)
            if self.documents > 1:
                return

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end(event)
        elif isinstance(event, yaml.AliasEvent):
            self._refuse("E122", event, name=str(event.anchor))
            self._place_node(_node("", event, "*"))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse("E124", event)
        elif event.version or event.tags:
            self.parsed.problems.append(self.lines.problem("E124", self.lines.rest(0, 0)))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_decoration(event)
        node = _node(sys.intern(event.value), event, event.style or "")  # the same words stand in many items
        self.parsed.scalars.append(node)
        self._place_node(node)

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_decoration(event)
        if len(self.open) >= MAX_DEPTH:
            self._refuse("E123", event, limit=str(MAX_DEPTH))
            raise _TooDeepError
        is_list = isinstance(event, yaml.SequenceStartEvent)
        node = _node([] if is_list else {}, event, ("[" if is_list else "{") if event.flow_style else "")
        self._place_node(node)
        self.open.append(_Open(node))

    def _end(self, event: yaml.Event) -> None:
        node = self.open.pop().node
        if node.style:  # brackets end where they close; a block ends with its last line, not at the next key
            node.end_line, node.end_column = _spot(event.end_mark)
        if self.open:
            outer = self.open[-1].node
            outer.end_line, outer.end_column = node.end_line, node.end_column

    def _place_node(self, node: Node) -> None:
        if not self.open:
            self.parsed.root = self.parsed.root or node
            return
        frame = self.open[-1]
        frame.node.end_line, frame.node.end_column = node.end_line, node.end_column
        if isinstance(frame.node.value, list):
            frame.node.value.append(node)
        elif frame.key is None:
            frame.key = self._key(node)
        elif isinstance(frame.node.value, dict):
            self._enter(frame.node.value, frame.key, node)
            frame.key = None

    def _enter(self, mapping: dict[str, Entry], key: Node, node: Node) -> None:
        name = str(key.value)
        if name in mapping:
            first = mapping[name].key
            place = self.lines.place(key.line, key.column, len(name))
            first_line = str(first.line + 1) if first else ""
            self.parsed.problems.append(self.lines.problem("E120", place, name=name, first=first_line))
        else:
            mapping[name] = Entry(key, node)

    def _key(self, node: Node) -> Node:
        if isinstance(node.value, str):
            return node
        self.parsed.trusted = False
        code = "E115" if self.lines.at(node.line)[max(0, node.column - 1) :].startswith("{{") else "E125"
        start = node.column - 1 if code == "E115" else node.column
        fixed = f'"{self.lines.at(node.line)[start:].strip()}"'
        self.parsed.problems.append(self.lines.problem(code, self.lines.rest(node.line, start), fixed=fixed))
        # A name that no file can write (control signs are refused) stands for the key that is none.
        return Node(f"\0{node.line}:{node.column}", node.line, node.column, node.line, node.column)

    def _refuse_decoration(self, event: yaml.NodeEvent) -> None:
        if event.anchor:
            self._refuse("E122", event, name=str(event.anchor))
        if getattr(event, "tag", None):
            self._refuse("E121", event, name=str(event.tag))  # type: ignore[attr-defined]  # asked for just above

    def _refuse(self, code: str, event: yaml.Event, **params: str) -> None:
        line, column = _spot(event.start_mark)
        word = self.lines.at(line)[column:].split(" ")[0]
        place = self.lines.place(line, column, len(word))
        self.parsed.problems.append(self.lines.problem(code, place, **params))


def _node(value: Any, event: yaml.Event, style: str) -> Node:
    line, column = _spot(event.start_mark)
    end_line, end_column = _spot(event.end_mark)
    if style in ("|", ">") and end_column == 0 and end_line > line:  # the text ended on the line before
        end_line -= 1
    return Node(value, line, column, end_line, end_column, style)


def _spot(mark: Any) -> tuple[int, int]:
    """Line and column; both readers of YAML mark every event. The same number is kept once, not for every node."""
    return _NUMBERS.setdefault(mark.line, mark.line), _NUMBERS.setdefault(mark.column, mark.column)
