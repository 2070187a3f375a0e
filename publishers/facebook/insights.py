"""The figures of a post, by Meta's own names; only such as still exist are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from loa.delivery import Receipt
from loa.errors import LoaError
from publishers.facebook.graph import Graph, Unreadable, rows_of
from publishers.facebook.table import post_id_of
from publishers.shapes import objects_in


def insights(graph: Graph, receipt: Receipt) -> Mapping[str, int]:
    """What Meta counted. A figure that falls into kinds has one entry a kind: ``post_reactions_by_type_total.like``.

    Raises:
        LoaError: E634 it could not be asked. One name that Meta no longer knows fails the whole question.
    """
    try:
        rows = rows_of(_asked(graph, receipt))
    except Unreadable as problem:
        raise LoaError("E634", detail=str(problem)) from None
    return {name: value for row in rows for name, value in _figures(row)}


def _asked(graph: Graph, receipt: Receipt) -> dict[str, Any]:
    """A post has its own edge, a Reel another one; a video stands in a post of the Page."""
    target = receipt.platform_id
    if "_" not in target and "/reel/" in receipt.url:
        return graph.read(f"{target}/video_insights", metric=graph.hosts["reel_metrics"])
    if "_" not in target:
        told = graph.read(target, fields="post_id").get("post_id")
        target = post_id_of(told) or post_id_of(f"{graph.page}_{told}")
        if not target:
            raise Unreadable("no post_id")
    return graph.read(f"{target}/insights", metric=graph.hosts["insight_metrics"])


def _figures(row: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    values = objects_in(row, "values")
    value = values[-1].get("value") if values else None
    kinds = value if isinstance(value, dict) else {"": value}
    for kind, figure in kinds.items():
        if isinstance(figure, int | float):
            yield f"{row.get('name')}.{kind}" if kind else str(row.get("name")), int(figure)
