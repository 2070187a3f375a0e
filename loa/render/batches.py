"""Orders that travel to another machine, and what comes back: JSON that names what each picture is made from.

An order is made elsewhere only from the very same template, brand, fonts, files and programs; else it is refused.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from loa.render.keys import Keys
from loa.render.order import RENDERER_VERSION, Order
from loa.workspace import Workspace

_MAKERS = ("loa", "skia-python", "pillow", "moviepy", "imageio-ffmpeg", "typst", "fonttools", "segno", "numpy")
_ORDER = tuple(field.name for field in fields(Order))
Orders = Mapping[str, Order]
"""Key → order."""


@dataclass(frozen=True, slots=True)
class Made:
    """That a batch has ended, and why this machine would not make it where it did not.

    An order of it that could not be made is tried again by who asked for it, and told there.
    """

    refused: str = ""

    def told(self) -> str:
        """As JSON."""
        return json.dumps({"refused": self.refused})

    @staticmethod
    def heard(text: str) -> Made:
        """What ``told`` wrote."""
        return Made(json.loads(text)["refused"])


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
