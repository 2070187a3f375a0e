"""Slot and template → asset: pictures and clips, content-addressed, the same bytes for the same input.

    order → template (YAML, a tree of boxes) → filled tree → layout → lint → paint → finish → shelf

Skia, Pillow and MoviePy are loaded only when something is made.
"""

from __future__ import annotations

from collections.abc import Iterable

from loa.errors import Problem
from loa.render.facts import facts_of
from loa.render.fit import fit, fitted
from loa.render.kinds import kind_of, size_of, template_fields
from loa.render.library import template_formats
from loa.render.order import RENDERER_VERSION, Asset, Kind, Order
from loa.render.renderer import Renderer
from loa.render.shared import Exchange
from loa.workspace import Workspace


def check_orders(ws: Workspace, orders: Iterable[Order]) -> list[Problem]:
    """Everything that would stop these orders, found by layout alone: nothing is painted."""
    from loa.render.picture import check_orders as check  # noqa: PLC0415 (Skia measures text)

    return check(ws, orders)


__all__ = [
    "RENDERER_VERSION",
    "Asset",
    "Exchange",
    "Kind",
    "Order",
    "Renderer",
    "check_orders",
    "facts_of",
    "fit",
    "fitted",
    "kind_of",
    "size_of",
    "template_fields",
    "template_formats",
]
