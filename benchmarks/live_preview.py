"""How long after a save the live page shows the new pictures, in a real browser, beside painting them alone."""

from __future__ import annotations

import json
import shutil
import sys
import threading
import time
from pathlib import Path
from statistics import median
from typing import Any

from browser import Browser
from peers.work import TEMPLATE, workspace
from table import rows, write_section

from loa.preview import Look, Studio, serve_live
from loa.render.proof import proof
from loa.render.showroom import read_sample, sample_orders
from loa.workspace import Workspace, bundled

SAVES, WARM = 9, 2
BAR = 500
_WATCH = """
window.seen = [];
for (const picture of document.querySelectorAll("img"))
  picture.addEventListener("load", () => seen.push([picture.closest("article").id.slice(2), Date.now()]));
"""


class Page(Browser):
    """The live page in the browser."""

    def run(self, script: str) -> Any:
        answer = self._tell("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return answer["result"].get("value")

    def open(self, address: str, pictures: int) -> None:
        """Show the page and wait for all of its pictures."""
        self._tell("Page.navigate", url=address)
        while self.run("[...document.images].filter(each => each.naturalWidth).length") != pictures:
            time.sleep(0.05)
        self.run(_WATCH)

    def shown(self, pictures: int) -> list[int]:
        """When each picture of the next look was there, in milliseconds of the clock, in their order."""
        while len(seen := json.loads(self.run("JSON.stringify(seen)"))) < pictures:
            time.sleep(0.02)
        self.run("seen.length = 0")
        return [moment for _, moment in seen]


def painted_alone(ws: Workspace) -> tuple[float, float]:
    """Milliseconds of the first picture and of all, without files, server and browser."""
    start = time.perf_counter()
    took = []
    for order in sample_orders(ws, TEMPLATE, read_sample(ws, TEMPLATE).data):
        proof(ws, order)
        took.append((time.perf_counter() - start) * 1000)
    return took[0], took[-1]


def main() -> None:
    """Save, look and paint in turn; print the medians."""
    ws = workspace()
    shutil.copytree(bundled("templates") / TEMPLATE, ws.templates / TEMPLATE)
    sample = ws.templates / TEMPLATE / "preview.yaml"
    text = sample.read_text(encoding="utf-8")
    count = len(sample_orders(ws, TEMPLATE, {}))
    address: list[str] = []
    threading.Thread(
        target=serve_live, args=(Studio(ws), Look(TEMPLATE)), kwargs={"port": 0, "ready": address.append}, daemon=True
    ).start()
    while not address:
        time.sleep(0.01)
    figures: list[tuple[float, float, float, float]] = []
    with Page() as page:
        page.open(address[0], count)
        for number in range(SAVES + WARM):
            saved = time.time() * 1000
            sample.write_text(text.replace("Ea Kao", f"Ea Kao {number}"), encoding="utf-8")
            moments = page.shown(count)
            figures.append((moments[0] - saved, moments[-1] - saved, *painted_alone(ws)))
    first, last, alone_first, alone_last = (median(column) for column in zip(*figures[WARM:], strict=True))
    lines = [
        "## A template while it is made",
        "",
        f"`benchmarks/live_preview.py`: `{TEMPLATE}` in its {count} formats; from the save of `preview.yaml` to the",
        f"picture in Chromium. Medians of {SAVES}, in turn with painting the same pictures alone.",
        "",
        *rows(
            ("", "save → seen (ms)", "painting alone (ms)", "ratio"),
            (
                ("first format", f"{first:.0f}", f"{alone_first:.0f}", f"{first / alone_first:.1f}"),
                (f"all {count} formats", f"{last:.0f}", f"{alone_last:.0f}", f"{last / alone_last:.1f}"),
            ),
        ),
        "",
        f"Bar: the first new picture within {BAR} ms, {'met' if first <= BAR else 'NOT met'}.",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    if "--write" in sys.argv:
        write_section("live-preview", lines)
    shutil.rmtree(Path(ws.root), ignore_errors=True)


if __name__ == "__main__":
    main()
