"""The alternative text of a picture, from the order or from what stands in its tree."""

from __future__ import annotations

from collections.abc import Iterator

from loa.render.tree import nodes
from loa.render.tree.fill import Element

_LIMIT = 1000


def _texts(element: Element) -> Iterator[str]:
    if isinstance(element.node, nodes.Fit):
        yield from _texts(element.children[0])
        return
    if isinstance(element.node, nodes.Text) and not element.node.decor:
        yield f"{element.get('text')}{_gap(element.get('tail'))}{element.get('tail')}"
    for point in element.series:
        yield f"{point.label}: {point.shown}"
    for child in element.children:
        yield from _texts(child)


def _gap(tail: str) -> str:
    return " " if tail and tail != "%" else ""


def compose(template_alt: str, given: str, roots: tuple[Element, ...]) -> str:
    """What a person who cannot see the picture is told."""
    if given:
        return given
    if template_alt:
        return " ".join(template_alt.split())
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
