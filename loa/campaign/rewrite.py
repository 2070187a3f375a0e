"""Writing a new moment into a campaign's file: only the words that say it change, all else stays byte for byte.

ruamel.yaml tells where in the text each value stands. Nothing is written out anew, so that comments, order, quotes and
the ends of lines are those of the person who wrote the file.
"""

from __future__ import annotations

from datetime import date, datetime

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


class NotFoundError(LookupError):
    """The text does not say when the item goes out in a way that can be rewritten."""


def with_day(text: str, item_id: str, to: datetime) -> str:
    """``text`` in which a single date is another one: ``when.date`` and ``when.at`` (``to``: local, without a zone).

    Raises:
        NotFoundError: there is no such item, or it has no date of its own.
    """
    when = _when(text, item_id)
    changes = [(_value(when, "at"), f'"{to:%H:%M}"')]
    day = _value(when, "date")
    if _day_of(day) != to.date():
        changes.append((day, f"{to:%Y-%m-%d}"))
    for node, value in sorted(changes, key=lambda change: -change[0].start_mark.index):
        text = _replaced(text, node, value)
    return text


def with_move(text: str, item_id: str, nominal: date, to: datetime) -> str:
    """``text`` in which one occurrence is moved by ``when.move``: ``nominal`` → ``to`` (local, without a zone).

    Raises:
        NotFoundError: there is no such item.
    """
    when = _when(text, item_id)
    value = f'"{to:%Y-%m-%d %H:%M}"'
    found = next(((key, node) for key, node in when.value if key.value == "move"), None)
    if found is None:
        return _inserted(text, when, f"move: {{{nominal}: {value}}}")
    key, moves = found
    if not isinstance(moves, MappingNode) or not moves.value:
        start = text.index(":", key.end_mark.index) + 1
        end = start if _is_blank(moves) else moves.end_mark.index
        return f"{text[:start]} {{{nominal}: {value}}}{text[end:]}"
    known = next((node for day, node in moves.value if _day_of(day) == nominal), None)
    return _replaced(text, known, value) if known else _inserted(text, moves, f"{nominal}: {value}")


def _when(text: str, item_id: str) -> MappingNode:
    try:
        root = YAML(typ="rt", pure=True).compose(text)
    except YAMLError as error:
        raise NotFoundError from error
    items = _child(root, "items")
    for item in items.value if isinstance(items, SequenceNode) else ():
        named = _child(item, "id")
        when = _child(item, "when")
        if isinstance(named, ScalarNode) and named.value == item_id and isinstance(when, MappingNode) and when.value:
            return when
    raise NotFoundError(item_id)


def _child(node: Node | None, name: str) -> Node | None:
    pairs = node.value if isinstance(node, MappingNode) else ()
    return next((value for key, value in pairs if key.value == name), None)


def _value(when: MappingNode, name: str) -> ScalarNode:
    found = _child(when, name)
    if not isinstance(found, ScalarNode) or not found.value:
        raise NotFoundError(name)
    return found


def _day_of(node: Node) -> date | None:
    """The day that a value or a key says; days and months may be written with one figure."""
    try:
        year, month, day = (int(part) for part in str(node.value).strip().split("-"))
        return date(year, month, day)
    except ValueError:
        return None


def _replaced(text: str, node: Node, value: str) -> str:
    return text[: node.start_mark.index] + value + text[node.end_mark.index :]


def _inserted(text: str, mapping: MappingNode, entry: str) -> str:
    """``entry`` as the last one of ``mapping``: behind a comma in braces, else on a line of its own."""
    at = _end(mapping)
    if mapping.flow_style:
        return f"{text[:at]}, {entry}{text[at:]}"
    line_end = text.find("\n", at)
    at = len(text) if line_end < 0 else line_end
    at -= text[:at].endswith("\r")
    new_line = "\r\n" if "\r\n" in text else "\n"
    return f"{text[:at]}{new_line}{' ' * mapping.start_mark.column}{entry}{text[at:]}"


def _end(parent: MappingNode | SequenceNode) -> int:
    """Where the last word of a value ends; the mark of a block stands behind the comments that follow it."""
    last = parent.value[-1]
    key, node = last if isinstance(last, tuple) else (parent, last)
    if isinstance(node, (MappingNode, SequenceNode)) and node.value and not node.flow_style:
        return _end(node)
    end: int = (key if _is_blank(node) else node).end_mark.index
    return end + _is_blank(node)  # behind the colon of a key that was left blank


def _is_blank(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.value and not node.style
