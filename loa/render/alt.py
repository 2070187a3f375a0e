"""The alternative text of a picture, from the order or from what stands in its tree."""

from __future__ import annotations

from collections.abc import Iterator

from loa.render.template import Template
from loa.render.tree import nodes
from loa.render.tree.fill import Scope
from loa.render.tree.measure import Placed

_LIMIT = 1000


def _texts(placed: Placed) -> Iterator[str]:
    """What stands in a picture, as it was laid out: of a ``fit`` only the option that was taken."""
    element = placed.element
    if element.series:
        yield from (f"{point.label}: {point.shown}" for point in element.series)
        return  # the boxes of a chart say the same once more
    if isinstance(element.node, nodes.Text) and not element.node.decor:
        yield f"{element.get('text')}{_gap(element.get('tail'))}{element.get('tail')}"
    for child in placed.children:
        yield from _texts(child)


def _gap(tail: str) -> str:
    return " " if tail and tail != "%" else ""


def compose(template: Template, scope: Scope, given: str, roots: tuple[Placed, ...]) -> str:
    """What a person who cannot see the picture is told: the order's words, the template's, or all that stands in it."""
    if given:
        return given
    said = next((alt.text for alt in template.alts if scope.holds(alt.when)), template.alt)
    if said:
        return " ".join(scope.fill(said).split())
    told: list[str] = []
    for root in roots:
        before = frozenset(told)  # a scene does not say again what an earlier one said; labels within one do
        told += [text for text in _texts(root) if text not in before]
    return _shorten("Hình: " + _sentences(told))


def _sentences(texts: list[str]) -> str:
    """The texts as sentences; one that begins small goes on from the one before: ``50% người dân …``."""
    told = ""
    for text in texts:
        end = " " if told.endswith((".", "!", "?", ":")) or text[:1].islower() else ". "
        told += (end if told else "") + text
    return told


def _shorten(text: str) -> str:
    return text if len(text) <= _LIMIT else text[: text.rindex(" ", 0, _LIMIT)] + "…"
