"""What a template says of each box, turned into numbers once for a format: the layout asks for it hundreds of times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from loa.render.template import FormatSpec
from loa.render.tree import nodes
from loa.render.tree.theme import Theme

_MOST_TABLES, _MOST_NODES, _MOST_GROUPS, _MOST_SIZES = 64, 4096, 16, 30_000


class Box(NamedTuple):
    """The lengths of one node at scale 1. ``width`` and ``height`` are None where the content decides."""

    top: float
    right: float
    bottom: float
    left: float
    width: float | None
    height: float | None
    gap: float
    grow: float
    side: float


class Type(NamedTuple):
    """How the words of a text node are set, at scale 1. ``floor`` is the size below which they are not scaled."""

    size: float
    smallest: float
    floor: float
    rest: tuple[int, float, float, bool, str, bool]
    """What a style has after its sizes and lines."""


class Memory(NamedTuple):
    """Sizes and places that were worked out, for this and earlier pictures of a format."""

    sizes: dict[Any, Any]
    places: dict[Any, Any]
    types: dict[Any, float]


class Boxes:
    """The boxes of one format, found by their nodes."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.sketches: dict[Any, Any] = {}
        """How boxes that were placed are painted, for this and earlier pictures."""
        self.problems: dict[Any, Any] = {}
        """What the lint found in them."""
        self._boxes: dict[int, Box] = {}
        self._types: dict[int, Type] = {}
        self._memories: dict[tuple[tuple[str, tuple[str, ...]], ...], Memory] = {}
        self._nodes: list[nodes.Node] = []
        """The nodes themselves: while they are kept, their ids stay their own."""

    def memory(self, groups: Mapping[str, tuple[str, ...]]) -> Memory:
        """What is known of boxes; texts of a group look at each other, so that another group knows other sizes."""
        key = tuple(sorted(groups.items()))
        memory = self._memories.get(key)
        if memory is None or len(memory.sizes) > _MOST_SIZES:
            if len(self._memories) >= _MOST_GROUPS:
                self._memories.clear()
            memory = self._memories[key] = Memory({}, {}, {})
        return memory

    def _keep(self, node: nodes.Node) -> None:
        if len(self._nodes) > _MOST_NODES:  # charts make nodes of their own for each picture
            self._boxes.clear()
            self._types.clear()
            self._nodes.clear()
        self._nodes.append(node)

    def box(self, node: nodes.Node) -> Box:
        known = self._boxes.get(id(node))
        if known is None:
            self._keep(node)
            known = self._boxes[id(node)] = self._box(node)
        return known

    def _box(self, node: nodes.Node) -> Box:
        length = self.theme.length
        top, right, bottom, left = self.theme.sides(node.padding)
        side = getattr(node, "thickness", 0.0) if isinstance(node, nodes.Bar) else getattr(node, "size", 0.0)
        return Box(
            top, right, bottom, left,
            None if node.width is None else length(node.width),
            None if node.height is None else length(node.height),
            length(getattr(node, "gap", 0.0)), node.grow, length(side),
        )  # fmt: skip

    def type(self, node: nodes.Text) -> Type:
        known = self._types.get(id(node))
        if known is None:
            self._keep(node)
            known = self._types[id(node)] = self._type(node)
        return known

    def _type(self, node: nodes.Text) -> Type:
        theme, size = self.theme, self.theme.type_step(node.size)
        return Type(
            size,
            theme.type(node.smallest) if node.smallest is not None else float("inf"),
            theme.smallest if theme.elder else min(size, theme.smallest),  # a fit scales no text below what is legible
            (
                node.weight,
                node.leading,
                node.tracking,
                node.balance,
                theme.family(node.face),
                theme.upper(node.uppercase),
            ),
        )


_crowded: dict[int, tuple[FormatSpec, FormatSpec]] = {}
_tables: dict[tuple[int, int, bool], Boxes] = {}


def boxes_of(theme: Theme) -> Boxes:
    """The boxes of a format, remembered from picture to picture."""
    key = (id(theme.spec), id(theme.brand), theme.elder)
    if key not in _tables:
        if len(_tables) >= _MOST_TABLES:
            _tables.clear()
        _tables[key] = Boxes(theme)  # it keeps the theme, so that the ids stay their own
    return _tables[key]


def crowded_of(spec: FormatSpec) -> FormatSpec:
    """A format with its sizes for much content, the same object each time, so that its boxes are found again."""
    if id(spec) not in _crowded:
        if len(_crowded) >= _MOST_TABLES:
            _crowded.clear()
        _crowded[id(spec)] = (spec, spec.crowded())
    return _crowded[id(spec)][1]
