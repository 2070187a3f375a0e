"""How long a still takes from its template, beside encoding its pixels and beside a warm browser."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from peers.camera import Camera
from peers.work import FORMATS, QUALITY, TEMPLATE, communes, for_peer, peer_page, workspace
from table import rows, write_section

from loa.render import Order
from loa.render.canvas import Pixels
from loa.render.easel import forget
from loa.render.finish import encode
from loa.render.picture import design, make_picture, painted, settle
from loa.workspace import Workspace

PICTURES, WARM, SERIES = 21, 6, 4
FORMAT = "portrait"
_ABOUT = (
    f"`{TEMPLATE}`, 1080 × 1350, four figures and three steps, JPEG of quality {QUALITY} without subsampling; every "
    f"picture is of another commune, with its own name and two figures of its own. Medians of {PICTURES}, in turn. The "
    "peer is `benchmarks/peers/chi_so.html`: the same design, fonts, words and quality. In a series, what pictures "
    "share is painted and encoded once (decision 0004); “alone” forgets that before each picture."
)
BARS = {"encode": 3.2, "chromium": 3.3, "layout": 2.0}


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of one piece of work."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def pixels_of(ws: Workspace, order: Order) -> Pixels:
    """The pixels that the encoder is given, as the limit gets them."""
    plan, placed, _ = settle(design(ws, order))
    with painted(plan, placed) as sheet:
        return sheet.pixels.copy()


def alone(ws: Workspace, order: Order) -> None:
    """A picture that has nothing in common with those before it: nothing painted earlier lies under it."""
    forget()
    make_picture(ws, order)


def one_round(ws: Workspace, camera: Camera, data: dict[str, Any], series: list[Order]) -> Iterator[tuple[str, float]]:
    """Every way to the same picture, in turn. ``series`` are pictures that came before it."""
    order, peer = Order(TEMPLATE, FORMAT, data), for_peer(data)
    yield "chromium", timed(lambda: camera.jpeg(peer, QUALITY))
    yield "alone", timed(lambda: alone(ws, order))
    for other in series:
        make_picture(ws, other)
    yield "still", timed(lambda: make_picture(ws, order))
    plan = design(ws, order)
    yield "layout", timed(lambda: settle(plan))
    pixels = pixels_of(ws, order)
    yield "encode", timed(lambda: encode(pixels))


def measure() -> dict[str, float]:
    """Medians of all rounds; each round has a commune of its own."""
    ws = workspace()
    times: dict[str, list[float]] = {}
    first, *every = communes(PICTURES + WARM + SERIES)
    series = [Order(TEMPLATE, FORMAT, data) for data in (first, *every[: SERIES - 1])]
    with Camera() as camera:
        camera.open(peer_page(), *FORMATS[FORMAT])
        for turn, data in enumerate(every[SERIES - 1 :]):
            for name, taken in one_round(ws, camera, data, series):
                times.setdefault(name, []).extend([taken] if turn >= WARM else [])
    return {name: median(taken) for name, taken in times.items()}


def report(found: dict[str, float]) -> list[str]:
    """The table."""
    still, alone_, limit, peer = found["still"], found["alone"], found["encode"], found["chromium"]
    body = [
        ("encode only (limit)", f"{limit:.1f}", "1.00", ""),
        ("**still, one of a series**", f"{still:.1f}", f"**{still / limit:.2f}** (bar ≤ {BARS['encode']})",
         f"**{peer / still:.1f}×** (bar ≥ {BARS['chromium']})"),
        ("still, alone", f"{alone_:.1f}", f"{alone_ / limit:.2f} (bar ≤ {BARS['encode']})",
         f"{peer / alone_:.1f}× (bar ≥ {BARS['chromium']})"),
        ("its layout, all options of `fit` and the lint", f"{found['layout']:.2f} (bar ≤ {BARS['layout']:g})", "", ""),
        ("Chromium, warm page, JPEG screenshot", f"{peer:.1f}", f"{peer / limit:.1f}", "1.0×"),
    ]  # fmt: skip
    return [
        "### Stills (`benchmarks/stills.py`)",
        "",
        _ABOUT,
        "",
        *rows(("", "ms", "times the limit", "faster than Chromium"), body),
    ]


if __name__ == "__main__":
    lines = report(measure())
    print("\n".join(lines))
    if "--write" in sys.argv:
        write_section("stills", lines)
