"""Filling a tree with data: ``{{ field }}``, ``when``, ``each`` and ``use`` become a tree of plain elements."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple, cast

from loa.errors import RenderError
from loa.render.template import FIELD, Template
from loa.render.tree import nodes
from loa.render.tree.figures import figure

_MOST_GROWN = 20_000
_MOST_ROWS, _MOST_ELEMENTS = 2_000, 10_000
_FIGURE = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{3})*(?:,[0-9]{1,6})?")
_SHARE = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,15}|(?:\.[0-9]{3})+(?:,[0-9]{1,6})?)?")
_EQUAL = 1e-9
_NO_GROUP: frozenset[tuple[str, str]] = frozenset()
_CUT = re.compile(r"( [–—-]|:) ")
_TEXTS = ("text", "tail", "value", "name", "whole", "target", "target_label")


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a chart: its number, how it is written, and what it is of."""

    label: str
    number: float
    shown: str


@dataclass(slots=True, eq=False)  # nobody changes one; frozen ones take three times as long to make
class Element:
    """A node with its texts filled in. ``accent`` counts the repetitions it stands in."""

    node: nodes.Node
    kind: str
    texts: Mapping[str, str]
    children: tuple[Element, ...]
    accent: int
    number: float | None = None
    series: tuple[Point, ...] = ()
    motif: bool = True
    weight: int = field(init=False)
    """How many boxes it is; one that stands in many places is counted at each."""
    grouped: frozenset[tuple[str, str]] = field(init=False)
    """The texts in it that belong to a group, with the group."""

    def __post_init__(self) -> None:
        self.weight = 1 + sum([child.weight for child in self.children])
        own = ((self.node.group, self.get("text")),) if isinstance(self.node, nodes.Text) and self.node.group else ()
        self.grouped = _NO_GROUP.union(own, *[child.grouped for child in self.children])

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
    left: list[int] = field(repr=False, compare=False, default_factory=lambda: [_MOST_ROWS])
    """How many more repetitions there may be, shared with the scopes inside: a list in a list in a list has no end."""
    grown: dict[int, tuple[Element, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)
    """What nodes became in this scope. A part that several options use is the same element in all: measured once."""
    _inner: dict[str, tuple[Scope, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def find(self, path: str) -> Any:
        """The value at a path such as ``unit.hotline``; ``.short`` leaves ``https://`` off an address.

        ``.lead`` and ``.rest`` are a slogan up to its dash or colon, and what follows; one without is all rest.
        """
        value: Any = self.data
        for step in _steps(path):
            if isinstance(value, dict):
                value = value.get(step, "")
            elif step == "short" and isinstance(value, str):
                value = re.sub(r"^https?://(www\.)?|/$", "", value)
            elif step in {"lead", "rest"} and isinstance(value, str):
                value = _cut(value)[step == "rest"]
            else:
                value = value.get(step, "") if isinstance(value, Mapping) else ""
        return value

    def text(self, path: str) -> str:
        value = self.find(path)
        if isinstance(value, str):
            return value
        return "" if value is None or isinstance(value, Mapping | list | tuple) else str(value)

    def fill(self, text: str) -> str:
        parts = _parts(text)
        if len(parts) == 1:
            return parts[0].strip()
        filled = "".join([self.text(part) if at % 2 else part for at, part in enumerate(parts)])
        return unicodedata.normalize("NFC", filled).strip()

    def with_field(self, name: str, value: str) -> Scope:
        """This scope with one more field."""
        return replace(self, data={**self.data, name: value})

    def each(self, path: str) -> tuple[Scope, ...]:
        """The scopes of a repetition, the same ones each time."""
        if path not in self._inner:
            values = self.find(path)
            rows = values if isinstance(values, Sequence) and not isinstance(values, str) else ()
            self.left[0] -= len(rows)
            if self.left[0] < 0:
                raise RenderError("E427", most=_MOST_ROWS)
            self._inner[path] = tuple(self._row(value, index, len(rows)) for index, value in enumerate(rows))
        return self._inner[path]

    def _row(self, value: Any, index: int, count: int) -> Scope:
        row = {"item": value, "number": str(index + 1), "last_item": "yes" if index + 1 == count else ""}
        return replace(self, data={**self.data, **row}, accent=index)

    def holds(self, when: nodes.When | None) -> bool:
        if when is None:
            return True
        if when.count and not when.least <= (counted := len(self.find(when.count) or ())) <= when.most:
            return False
        if when.count and when.odd is not None and (counted % 2 == 1) != when.odd:
            return False
        return (
            (not when.given or bool(self.find(when.given)))
            and (not when.missing or not self.find(when.missing))
            and (not when.is_ or self.text(when.field) == when.is_)
            and (not when.is_not or self.text(when.field) != when.is_not)
            and (not when.reaches or not self._short_of(when, when.reaches))
            and (not when.below or self._short_of(when, when.below))
            and (not when.formats or self.format in when.formats)
            and (not when.shapes or self.shape in when.shapes)
            and (when.elder is None or when.elder == self.elder)
            and (when.roomy is None or when.roomy == self.roomy)
        )

    def _short_of(self, when: nodes.When, path: str) -> bool:
        return figure(self.text(when.field)) < figure(self.text(path)) * when.share / 100 - _EQUAL


@lru_cache(maxsize=1024)
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def _cut(text: str) -> tuple[str, str]:
    """A text at its first dash or colon, which stays with what it ends."""
    cut = _CUT.search(text)
    return (text[: cut.end() - 1], text[cut.end() :]) if cut else ("", text)


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[str, ...]:
    """A text cut at its fields: words, field, words, field."""
    return tuple(FIELD.split(unicodedata.normalize("NFC", text)))


_grown: dict[tuple[Any, ...], tuple[Element, ...]] = {}
"""Elements of this and earlier pictures. What says the same is the same element, so that it is laid out once."""


_NUMBERS: dict[type[nodes.Node], tuple[str, ...]] = {
    nodes.Ring: ("value",),
    nodes.Bar: ("value", "whole", "target"),
    nodes.Bars: ("target",),
    nodes.Line: ("target",),
}


class _Kind(NamedTuple):
    """What there is to know of a kind of node. Asking each node would be slow: a picture has a hundred."""

    name: str
    texts: tuple[str, ...]
    own: str
    children: str
    is_chart: bool
    numbers: tuple[str, ...]


@lru_cache(maxsize=64)
def _kind_of(model: type[nodes.Node]) -> _Kind:
    return _Kind(
        model.__name__.lower(),
        tuple(name for name in _TEXTS if name in model.model_fields),
        {nodes.Text: "text", nodes.Icon: "name"}.get(model, ""),
        next((name for name in ("children", "options") if name in model.model_fields), ""),
        issubclass(model, nodes.Chart),
        _NUMBERS.get(model, ()),
    )


def weigh(elements: Sequence[Element]) -> None:
    """Refuse a tree of so many boxes that no layout of it would be read.

    Raises:
        RenderError: E427.
    """
    if sum(element.weight for element in elements) > _MOST_ELEMENTS:
        raise RenderError("E427", most=_MOST_ELEMENTS)


def grow(template: Template, node: nodes.Node, scope: Scope) -> tuple[Element, ...]:
    """The elements that a node becomes with this data: none, one, or one for each repetition."""
    if node.each:
        return tuple([element for inner in scope.each(node.each) for element in _once(template, node, inner)])
    return _once(template, node, scope)


def _once(template: Template, node: nodes.Node, scope: Scope) -> tuple[Element, ...]:
    known = scope.grown.get(id(node))
    if known is None:
        shown = node.when is None or scope.holds(node.when)
        known = scope.grown[id(node)] = _grow(template, node, scope) if shown else ()
    return known


def _grow(template: Template, node: nodes.Node, scope: Scope) -> tuple[Element, ...]:
    if isinstance(node, nodes.Use):
        return grow(template, template.parts[node.part], scope)
    kind = _kind_of(type(node))
    texts = {name: scope.fill(getattr(node, name)) for name in kind.texts}
    if kind.own and not texts[kind.own]:  # a text or an icon that the data leaves empty takes no room
        return ()
    for name in kind.numbers:
        if texts[name] and not _SHARE.fullmatch(texts[name]):
            raise RenderError("E487", value=texts[name][:60])
    inside = getattr(node, kind.children) if kind.children else ()
    children = tuple([element for child in inside for element in grow(template, child, scope)])
    series = _series(cast("nodes.Chart", node), scope) if kind.is_chart else ()
    number = _number(scope) if kind.own else None
    motif = node.motif_when is None or scope.holds(node.motif_when)
    told = (id(node), scope.accent, number, motif, series, *texts.values(), *children)
    known = _grown.get(told)
    if known is None:
        if len(_grown) > _MOST_GROWN:
            _grown.clear()
        known = _grown[told] = (Element(node, kind.name, texts, children, scope.accent, number, series, motif),)
    return known


def _number(scope: Scope) -> float | None:
    value = scope.find("item.number")
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _series(node: nodes.Chart, scope: Scope) -> tuple[Point, ...]:
    """The values of a chart. A row without a number is a text of the staff: ``62,5`` is read the Vietnamese way."""
    rows = scope.find(node.data)
    points = []
    for inner in rows if isinstance(rows, Sequence) and not isinstance(rows, str) else ():
        row = replace(scope, data={"item": inner})
        number = _number(row)
        number = _vietnamese(row.text("item.value")) if number is None else number
        shown = f"{row.text('item.value')}{row.text('item.unit') if row.text('item.unit') == '%' else ''}"
        points.append(Point(row.fill("{{ item.label }}"), number, shown))
    return tuple(points)


def _vietnamese(text: str) -> float:
    """A figure as it is written in Vietnam.

    Raises:
        RenderError: E487, it is none: a chart of it would tell something that nobody said.
    """
    if not _FIGURE.fullmatch(text.strip()):
        raise RenderError("E487", value=text[:60])
    return float(text.replace(".", "").replace(",", "."))
