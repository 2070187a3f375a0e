"""Filling a tree with data: ``{{ field }}``, ``when``, ``each`` and ``use`` become a tree of plain elements."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from loa.render.template import FIELD, Template
from loa.render.tree import nodes

_TEXTS = ("text", "tail", "value", "name", "target", "target_label")


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a chart: its number, how it is written, and what it is of."""

    label: str
    number: float
    shown: str


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """A node with its texts filled in. ``accent`` counts the repetitions it stands in."""

    node: nodes.Node
    kind: str
    texts: Mapping[str, str]
    children: tuple[Element, ...]
    accent: int
    number: float | None = None
    series: tuple[Point, ...] = ()

    def get(self, name: str) -> str:
        return self.texts.get(name, "")


@dataclass(frozen=True, slots=True)
class Scope:
    """The data that a field name may reach, and how many repetitions deep."""

    data: Mapping[str, Any]
    format: str
    accent: int = 0
    roomy: bool = True
    shape: str = "tall"
    elder: bool = False

    def find(self, path: str) -> Any:
        """The value at a path such as ``unit.hotline``; ``.short`` leaves ``https://`` off an address."""
        value: Any = self.data
        for step in path.split("."):
            if step == "short" and isinstance(value, str):
                value = re.sub(r"^https?://(www\.)?|/$", "", value)
            else:
                value = value.get(step, "") if isinstance(value, Mapping) else ""
        return value

    def text(self, path: str) -> str:
        value = self.find(path)
        return "" if value is None or isinstance(value, Mapping | list | tuple) else str(value)

    def fill(self, text: str) -> str:
        filled = FIELD.sub(lambda match: self.text(match[1]), text)
        return unicodedata.normalize("NFC", filled).strip()

    def with_field(self, name: str, value: str) -> Scope:
        """This scope with one more field."""
        return replace(self, data={**self.data, name: value})

    def each(self, path: str) -> Iterator[Scope]:
        values = self.find(path)
        for index, value in enumerate(values if isinstance(values, Sequence) and not isinstance(values, str) else ()):
            yield replace(self, data={**self.data, "item": value, "number": str(index + 1)}, accent=index)

    def holds(self, when: nodes.When | None) -> bool:
        if when is None:
            return True
        counted = len(self.find(when.count) or ()) if when.count else 0
        return all(
            (
                not when.given or bool(self.find(when.given)),
                not when.missing or not self.find(when.missing),
                not when.is_ or self.text(when.field) == when.is_,
                not when.is_not or self.text(when.field) != when.is_not,
                not when.count or when.least <= counted <= when.most,
                when.odd is None or (counted % 2 == 1) == when.odd,
                not when.formats or self.format in when.formats,
                not when.shapes or self.shape in when.shapes,
                when.elder is None or when.elder == self.elder,
                when.roomy is None or when.roomy == self.roomy,
            )
        )


def grow(template: Template, node: nodes.Node, scope: Scope) -> tuple[Element, ...]:
    """The elements that a node becomes with this data: none, one, or one for each repetition."""
    if node.each:
        once = node.model_copy(update={"each": ""})
        return tuple(element for inner in scope.each(node.each) for element in grow(template, once, inner))
    if not scope.holds(node.when):
        return ()
    if not scope.holds(node.motif_when):
        node = node.model_copy(update={"motif": None})
    if isinstance(node, nodes.Use):
        return grow(template, template.parts[node.part], scope)
    inside = getattr(node, "children", ()) or getattr(node, "options", ())
    children = tuple(element for child in inside for element in grow(template, child, scope))
    texts = {name: scope.fill(getattr(node, name)) for name in _TEXTS if hasattr(node, name)}
    if _said_nothing(node, texts):
        return ()
    return (
        Element(
            node, node.__class__.__name__.lower(), texts, children, scope.accent, _number(scope), _series(node, scope)
        ),
    )


def _said_nothing(node: nodes.Node, texts: Mapping[str, str]) -> bool:
    """A text or an icon that the data leaves empty takes no room."""
    own = {nodes.Text: "text", nodes.Icon: "name"}.get(type(node))
    return own is not None and not texts[own]


def _number(scope: Scope) -> float | None:
    value = scope.find("item.number")
    return float(value) if isinstance(value, int | float) else None


def _series(node: nodes.Node, scope: Scope) -> tuple[Point, ...]:
    """The values of a chart. A row without a number is a text of the staff: ``62,5`` is read the Vietnamese way."""
    rows = scope.find(node.data) if isinstance(node, nodes.Chart) else ()
    points = []
    for inner in rows if isinstance(rows, Sequence) and not isinstance(rows, str) else ():
        row = replace(scope, data={"item": inner})
        number = _number(row)
        number = _vietnamese(row.text("item.value")) if number is None else number
        shown = f"{row.text('item.value')}{row.text('item.unit') if row.text('item.unit') == '%' else ''}"
        points.append(Point(row.fill("{{ item.label }}"), number, shown))
    return tuple(points)


def _vietnamese(text: str) -> float:
    try:
        return float(text.replace(".", "").replace(",", "."))
    except ValueError:
        return 0.0
