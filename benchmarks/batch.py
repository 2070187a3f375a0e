"""How long 520 pictures take on two processes, beside encoding and writing them, and beside two warm browsers."""

from __future__ import annotations

import io
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from statistics import median

import numpy as np
from peers.camera import Camera
from peers.work import FORMATS, QUALITY, TEMPLATE, communes, for_peer, orders, peer_page, workspace
from PIL import Image
from table import rows, write_section

COMMUNES, PROCESSES, ROUNDS = 130, 2, 7
PEER_COMMUNES = 6
"""Communes that each browser photographs in every format; its time is told for each picture."""
_ABOUT = (
    f"`{TEMPLATE}`: {COMMUNES} communes × {len(FORMATS)} formats = {COMMUNES * len(FORMATS)} JPEG, two processes, "
    f"which start within the time. Medians of {ROUNDS} rounds, in turn. Names and two figures differ from commune to "
    f"commune. The limit encodes whole pictures. The browsers make {PEER_COMMUNES} communes each in every format a "
    f"round; their time is told for {COMMUNES * len(FORMATS)}."
)
BARS = {"limit": 0.80, "chromium": 8.0, "again": 10_000}
_pixels: dict[str, object] = {}


def seconds(work: Callable[[], object]) -> float:
    """Of one piece of work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# -- the limit: the same pixels through the same encoder into files, nothing else; its processes load only Pillow


def take_pixels(folder: Path, profile: bytes) -> None:
    """What a process of the limit knows before it is timed for the pictures: one set of pixels for each format."""
    for name in FORMATS:
        _pixels[name] = np.load(folder / f"{name}.npy")
    _pixels["profile"] = profile


def write_some(folder: Path, names: list[str], first: int) -> None:
    """Encode and write a few pictures."""
    for number, name in enumerate(names, first):
        pixels = np.asarray(_pixels[name])
        picture = Image.frombuffer("RGBX", (pixels.shape[1], pixels.shape[0]), pixels, "raw", "RGBX", 0, 1)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=QUALITY, subsampling=0, restart_marker_rows=1, icc_profile=_pixels["profile"])
        (folder / f"{number}.jpg").write_bytes(out.getvalue())


def limit(ready: Path, profile: bytes) -> float:
    """Encode and write 520 pictures on two processes, their start included."""
    names = sorted([*FORMATS] * COMMUNES)
    with tempfile.TemporaryDirectory(prefix="loa-limit-") as folder:

        def work() -> None:
            context = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(PROCESSES, context, take_pixels, (ready, profile)) as pool:
                starts = range(0, len(names), 4)
                tasks = [pool.submit(write_some, Path(folder), names[at : at + 4], at) for at in starts]
                for task in tasks:
                    task.result()

        return seconds(work)


def keep_pixels(ready: Path) -> None:
    """Save the pixels of one commune in each format, as the limit takes them."""
    from loa.render.picture import design, painted, settle  # noqa: PLC0415 (the limit's processes load none of it)

    ws = workspace()
    for order in orders(1):
        plan, placed, _ = settle(design(ws, order))
        with painted(plan, placed) as sheet:
            np.save(ready / f"{order.format}.npy", sheet.pixels)


# -- ours and the peer


def ours() -> tuple[float, float]:
    """Seconds for a new workspace, and for the same orders again."""
    from loa.render import Renderer  # noqa: PLC0415 (as above)

    wanted, renderer = orders(COMMUNES), Renderer(workspace())
    first = seconds(lambda: renderer.render_all(wanted))
    stamps = {path: path.stat().st_mtime_ns for path in renderer.ws.assets.rglob("*") if path.is_file()}
    again = seconds(lambda: renderer.render_all(wanted))
    after = {path: path.stat().st_mtime_ns for path in renderer.ws.assets.rglob("*") if path.is_file()}
    assert stamps == after, "nothing may be made again"
    assert len(list(renderer.ws.assets.rglob("*.jpg"))) == len(wanted)
    return first, again


def photograph(camera: Camera) -> float:
    """Seconds of one browser for its pictures; the change of size between formats is not counted."""
    total = 0.0
    with tempfile.TemporaryDirectory(prefix="loa-peer-out-") as folder:
        for name, size in FORMATS.items():
            camera.open(peer_page(), *size)
            told = [for_peer(data) for data in communes(PEER_COMMUNES + 2)]
            for data in told[:2]:
                camera.jpeg(data, QUALITY)
            start = time.perf_counter()
            for number, data in enumerate(told[2:]):
                (Path(folder) / f"{name}-{number}.jpg").write_bytes(camera.jpeg(data, QUALITY))
            total += time.perf_counter() - start
    return total


def peer(cameras: list[Camera]) -> float:
    """Seconds for 520 pictures by two browsers at once, from what each took for its share."""
    with ThreadPoolExecutor(len(cameras)) as pool:
        taken = list(pool.map(photograph, cameras))
    each = median(taken) / (PEER_COMMUNES * len(FORMATS))
    return each * COMMUNES * len(FORMATS) / len(cameras)


def measure() -> dict[str, float]:
    """Medians of all rounds, in turn."""
    from loa.render.finish import srgb_profile  # noqa: PLC0415 (as above)

    times: dict[str, list[float]] = {"limit": [], "ours": [], "again": [], "peer": []}
    with tempfile.TemporaryDirectory(prefix="loa-pixels-") as folder, Camera() as one, Camera() as other:
        keep_pixels(Path(folder))
        for _ in range(ROUNDS):
            times["limit"].append(limit(Path(folder), srgb_profile()))
            first, again = ours()
            times["ours"].append(first)
            times["again"].append(again)
            times["peer"].append(peer([one, other]))
    return {name: median(taken) for name, taken in times.items()}


def report(found: dict[str, float]) -> list[str]:
    """The table."""
    count = COMMUNES * len(FORMATS)
    share, faster, again = found["limit"] / found["ours"], found["peer"] / found["ours"], count / found["again"]
    body = [
        ("encode and write only (limit)", f"{found['limit']:.2f}", f"{count / found['limit']:.0f}", ""),
        ("**Loa, from orders to files on the shelf**", f"{found['ours']:.2f}", f"{count / found['ours']:.0f}",
         f"**{share:.2f}** of the limit (bar ≥ {BARS['limit']:.2f}); **{faster:.1f}×** Chromium (bar ≥ 8)"),
        ("Chromium, two browsers, warm", f"{found['peer']:.2f}", f"{count / found['peer']:.1f}", ""),
        ("Loa again, nothing changed", f"{found['again']:.3f}", f"{again:,.0f}",
         f"bar ≥ {BARS['again']:,}; 0 made again"),
    ]  # fmt: skip
    return [
        "### A batch (`benchmarks/batch.py`)",
        "",
        _ABOUT,
        "",
        *rows(("", "seconds", "pictures a second", ""), body),
    ]


if __name__ == "__main__":
    lines = report(measure())
    print("\n".join(lines))
    if "--write" in sys.argv:
        write_section("batch", lines)
