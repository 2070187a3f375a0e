"""The texts and rules of a plot as elements. They are made once for a plot, so that they are measured once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import cast

from loa.render.tree import nodes
from loa.render.tree.fill import Element


def child(element: Element, node: nodes.Node, texts: Mapping[str, str], accent: int = 0) -> Element:
    """A node of a plot as an element; the columns of a plot count as repetitions."""
    return Element(node, node.__class__.__name__.lower(), texts, (), accent or element.accent)


def rule(element: Element, color: str) -> Element:
    """A straight line, level."""
    return child(element, nodes.Column(kind="column", fill=color), {})


@lru_cache(maxsize=256)
def labels_of(element: Element, floor: float) -> tuple[Element, ...]:
    """What each point is of, under the axis."""
    node = cast("nodes.Plot", element.node)
    color = node.label_color
    return tuple([_text(element, node.label_size, floor, 600, color, point.label) for point in element.series])


@lru_cache(maxsize=256)
def figures_of(element: Element, floor: float, *, inside: bool = False) -> tuple[Element, ...]:
    """The value of each point, in its colour; inside a column in white."""
    node = cast("nodes.Plot", element.node)
    color, behind = ("white", ink_of(node)) if inside else (ink_of(node), "")
    texts = [
        nodes.Text(
            kind="text", text=point.shown, size=node.value_size, smallest=floor, weight=800, leading=1.12,
            tracking=-10, color=color, behind=behind, align="center", face="title",
        )
        for point in element.series
    ]  # fmt: skip
    return tuple([child(element, text, {"text": text.text}, index) for index, text in enumerate(texts)])


@lru_cache(maxsize=256)
def note_of(element: Element, floor: float) -> Element:
    """What the target says."""
    node = cast("nodes.Plot", element.node)
    text = element.get("target_label")
    return _text(element, node.label_size, floor, 700, node.target_color, text, align="start")


def _text(
    element: Element, size: float | str, floor: float, weight: int, color: str, text: str, align: nodes.Align = "center"
) -> Element:
    node = nodes.Text(
        kind="text",
        text=text,
        size=size,
        smallest=floor,
        lines=3,
        weight=weight,
        leading=1.22,
        color=color,
        align=align,
    )
    return child(element, node, {"text": text})


def ink_of(node: nodes.Plot) -> str:
    """The colour of columns, lines and values."""
    return node.color or "accent"
