"""Orders that travel to another machine, and what comes back: JSON that names what each picture is made from.

An order is made elsewhere only from the very same template, brand, fonts, files and programs; else it is refused.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from loa.errors import Place, Problem
from loa.render.keys import Keys
from loa.render.order import RENDERER_VERSION, Order
from loa.workspace import Workspace

_MAKERS = ("loa", "skia-python", "pillow", "moviepy", "imageio-ffmpeg", "typst", "fonttools", "segno", "numpy")
_ORDER = tuple(field.name for field in fields(Order))
Orders = Mapping[str, Order]
"""Key → order."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a batch: problems of its orders, and why this machine would not make them at all."""

    problems: tuple[Problem, ...] = ()
    refused: str = ""

    def told(self) -> str:
        """As JSON."""
        return json.dumps({"refused": self.refused, "problems": [asdict(each) for each in self.problems]})

    @staticmethod
    def heard(text: str) -> Made:
        """What ``told`` wrote."""
        content = json.loads(text)
        return Made(tuple(_problem(each) for each in content["problems"]), content["refused"])


@cache
def programs() -> dict[str, str]:
    """What makes the bytes of a picture on this machine, each with its version."""
    found = {"renderer": RENDERER_VERSION, "machine": platform.machine().lower().replace("amd64", "x86_64")}
    for name in _MAKERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def told(ws: Workspace, orders: Orders) -> str:
    """Orders as another machine takes them, with all that they are made from."""
    keys = Keys(ws)
    each = [
        {"key": key, "from": keys.sources(order), "order": {name: getattr(order, name) for name in _ORDER}}
        for key, order in orders.items()
    ]
    return json.dumps({"programs": programs(), "orders": each}, ensure_ascii=False)


def heard(text: str) -> Orders:
    """The orders that ``told`` wrote."""
    return {each["key"]: Order(**each["order"]) for each in json.loads(text)["orders"]}


def differences(ws: Workspace, text: str) -> tuple[str, ...]:
    """What this machine would make these orders from that the asking machine would not; empty: the same bytes."""
    content = json.loads(text)
    ours = programs()
    names = [
        f"{name} {ours.get(name) or '–'} ≠ {wanted or '–'}"
        for name, wanted in content["programs"].items()
        if ours.get(name) != wanted
    ]
    keys = Keys(ws)
    for each in content["orders"]:
        order = Order(**each["order"])
        if not names and keys.of(order) != each["key"]:
            names += _unlike(each["from"], keys.sources(order)) or [order.template]
    return tuple(names)


def _unlike(theirs: Mapping[str, str], ours: Mapping[str, str]) -> list[str]:
    return [name for name in sorted(theirs.keys() | ours.keys()) if theirs.get(name) != ours.get(name)]


def _problem(told: dict[str, Any]) -> Problem:
    place = Place(**told["place"]) if told["place"] else None
    accepted: Sequence[str] = told["accepted"]
    return Problem(**told | {"place": place, "accepted": tuple(accepted)})
