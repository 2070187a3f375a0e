"""A page as vector PDF, ours against a warm Chromium's; and an A3 page at 300 dpi, its time and memory.

    uv run python benchmarks/print.py [--write]

Both sides make the same page in turn, each time with other data. Ours fills, lays out, looks over and writes the PDF
with its boxes. Chromium gets HTML and CSS as a designer writes them (chi_so_html.py); the time of putting the page in,
until its fonts are there, is told apart from that of ``Page.printToPDF``.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from browser import Browser
from chi_so_html import HAIRLINE, SHADOW, page
from table import rows, write_section

from loa.reader import load
from loa.render import Order
from loa.render.fields import refuse
from loa.render.finish import encode
from loa.render.picture import design
from loa.render.print.document import lay_out_document, write_pdf
from loa.render.print.preview import sheet_pixels
from loa.render.template import Preview
from loa.workspace import Workspace, bundled, open_workspace

ROUNDS = 15
A3_LONGEST = round(420 / 25.4 * 300)
"""The longer side of a trimmed A3 at 300 dpi, in pixels."""
TEMPLATE, FORM = "infographics/chi-so", "a4"
EDGES = {"shadows, as on screen": SHADOW, "hairlines, as ours on paper": HAIRLINE}


def studio(root: Path) -> Workspace:
    """A small workspace."""
    (root / "loa.yaml").write_text(
        "body: {name: UBND tỉnh Mẫu, short_name: UBND tỉnh Mẫu, unit: tinh-mau}\n"
        "units:\n  list:\n    - {code: tinh-mau, name: Tỉnh Mẫu}\n",
        encoding="utf-8",
    )
    return open_workspace(root)


def sample() -> dict[str, Any]:
    """The data that the template is shown with."""
    return load(bundled("templates") / TEMPLATE / "preview.yaml", Preview, TEMPLATE).value.data


def order(data: Mapping[str, Any], form: str, number: int) -> Order:
    """The page with a slogan of its own."""
    return Order(TEMPLATE, form, {**data, "slogan": f"Dịch vụ công trực tuyến – Bản thứ {number}"})


def ours(ws: Workspace, asked: Order) -> bytes:
    """What the renderer does for the PDF: data in, bytes out."""
    document = lay_out_document(design(ws, asked))
    refuse(document.problems())
    return write_pdf(document, document.pictures())


class Found(NamedTuple):
    """What one comparison came to: medians of wall time, means of CPU time (seconds), and the sizes of both PDFs."""

    ours: float
    theirs: float
    put: float
    our_cpu: float
    their_cpu: float
    sizes: tuple[int, int]

    def row(self, name: str) -> tuple[str, ...]:
        wall, cpu = self.theirs / self.ours, self.their_cpu / self.our_cpu
        seconds = (self.ours, self.theirs, self.put, self.our_cpu, self.their_cpu)
        told = [f"{value * 1000:.1f} ms" for value in seconds]
        sizes = " and ".join(f"{size / 1000:.0f} KB" for size in self.sizes)
        return name, *told[:3], f"{wall:.1f}", *told[3:], f"{cpu:.1f}", sizes


def compare(ws: Workspace, browser: Browser, edge: str) -> Found:
    """The page of a template made by both, in turn."""
    times: list[tuple[float, float, float]] = []
    data, mine, theirs, our_cpu, their_cpu = sample(), b"", b"", 0.0, 0.0
    for turn in range(-2, ROUNDS):
        if turn == 0:
            our_cpu, their_cpu = 0.0, browser.cpu_seconds()
        asked = order(data, FORM, turn)
        start, spent = time.perf_counter(), time.process_time()
        mine = ours(ws, asked)
        made, our_cpu = time.perf_counter(), our_cpu + time.process_time() - spent
        browser.show(page(asked.data, edge))
        shown = time.perf_counter()
        theirs = browser.print(1080 / 96, 1527 / 96)
        times.append((made - start, time.perf_counter() - made, shown - made))
    their_cpu = browser.cpu_seconds() - their_cpu
    medians = [median(column) for column in zip(*times[2:], strict=True)]
    return Found(*medians, our_cpu / ROUNDS, their_cpu / ROUNDS, (len(mine), len(theirs)))


def press_page() -> None:
    """One A3 page at 300 dpi, in a process of its own: what it takes is told on standard output."""
    with tempfile.TemporaryDirectory() as folder:
        ws = studio(Path(folder))
        document = lay_out_document(design(ws, order(sample(), "a3", 0)))
        pictures = document.pictures()
        start = time.perf_counter()
        encode(sheet_pixels(document, document.papers[0], pictures, A3_LONGEST))
        taken = (time.perf_counter() - start) * 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{taken:.0f} {peak:.0f}")


def press_pages() -> tuple[float, float]:
    """Milliseconds and megabytes of the A3 page, medians of seven processes."""
    found = []
    for _ in range(7):
        told = subprocess.run([sys.executable, __file__, "--press"], check=True, capture_output=True, text=True).stdout
        found.append(tuple(map(float, told.split())))
    taken, peak = (median(column) for column in zip(*found, strict=True))
    return taken, peak


def main() -> None:
    """Measure, print, and write the section if that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the table into docs/benchmarks.md")
    parser.add_argument("--press", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.press:
        press_page()
        return
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        ws = studio(Path(folder))
        found = {name: compare(ws, browser, edge) for name, edge in EDGES.items()}
    taken, peak = press_pages()
    head = ("Chromium's cards have", "ours", "Chromium", "of that the page in", "ratio (bar 6)")
    head += ("CPU ours", "CPU Chromium", "ratio of CPU", "bytes")
    lines = [
        f"Key figures, {FORM.upper()}, as vector PDF: data in, bytes out, warm, in turn; medians of {ROUNDS}.",
        "",
        *rows(head, [one.row(name) for name, one in found.items()]),
        "",
        f"A3 at 300 dpi as JPEG: {taken:.0f} ms, peak memory {peak:.0f} MB (bar 300), medians of 7.",
    ]
    print("\n".join(lines))
    if told.write:
        write_section("print", lines)


if __name__ == "__main__":
    main()
