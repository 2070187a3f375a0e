"""The review desk with 1,000 slots, in a real Chromium, beside a bare static page of the same weight.

``uv run python benchmarks/review_desk.py [--slots 1000] [--rounds 7] [--office FOLDER] [--write]``. The sample office
gets so many slots more over ninety days, each a text and a picture of its own (``thousand_slots.py``); ``--office``
keeps it for the next run. Then the desk runs in a process of its own, and so does a server that only gives out the
calendar as it was drawn: the same markup, styles and pictures, no script. First paint is what the browser itself tells,
navigation is from the click to the drawn month; for a change a text is saved after its approval, until the open list
shows that the approval is gone. Exit 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from table import rows, write_section

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from support.browser import chromium, launch, running_desk, sign_in  # noqa: E402 - the tests' folder is added above
from support.processes import loa  # noqa: E402 - the same
from thousand_slots import make_office, text_of  # noqa: E402 - the same

HEAD = ("what", "bar", "measured", "note")
PAGES = ("today", "calendar", "review", "campaigns", "gallery")
_MOST_PAINT_MS, _MOST_TURN_MS, _MOST_CHANGE_MS, _MOST_MEGABYTES = 1000.0, 200.0, 1000.0, 150.0
_SAVED = (*range(10), *range(90, 100))
"""The slots of September: two for each of its last ten days, all of the first campaign."""
_BETWEEN_SECONDS = 4.0
_PATIENCE_MS = 120_000
"""On a busy machine a bar is missed, but the run comes to its end."""
_SHOWN = "([slot, state]) => document.querySelector(`[data-slot^='${slot}/'] .slot-state`)?.textContent === state"
_TURN = """async id => {
  const begun = performance.now();
  document.getElementById(id).click();
  await new Promise(done => {
    const look = () => document.getElementById("calendar").hasAttribute("aria-busy")
      ? setTimeout(look, 1) : requestAnimationFrame(() => setTimeout(done));
    setTimeout(look, 1);
  });
  return performance.now() - begun;
}"""
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


def main() -> None:
    """Print a line for each bar."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--slots", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--office", type=Path)
    given = parser.parse_args()
    if chromium() is None:
        raise SystemExit("no Chromium on this machine")
    with tempfile.TemporaryDirectory(prefix="loa-desk-") as folder:
        place = given.office or Path(folder)
        place.mkdir(exist_ok=True)
        office = place / "office"
        office = office if office.is_dir() else make_office(place, given.slots)
        lines = _measured(office, Path(folder) / "bare", given.rounds)
    for what, bar, measured, note, good in lines:
        print(f"{what:<46}{bar:>10}{measured:>10.1f}  {note}{'' if good else '   MISSED'}")
    if given.write:
        write_section("review-desk", rows(HEAD, [(w, bar, f"{m:.1f}", note) for w, bar, m, note, _ in lines]))
    sys.exit(0 if all(good for *_, good in lines) else 1)


@contextmanager
def _serving(command: list[str]) -> Iterator[tuple[str, int]]:
    """A server in a process of its own: the first line that it prints, and its number."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip(), process.pid
        finally:
            process.terminate()


def _measured(office: Path, bare: Path, rounds: int) -> list[tuple[str, str, float, str, bool]]:
    with sync_playwright() as playwright, running_desk(office, from_nothing=True) as desk:
        browser, url = launch(playwright), desk.url
        inside = _let_in(browser, desk.link, url)
        paints = {name: [_paint(inside, f"{url}/{name}") for _ in range(rounds)] for name in PAGES}
        turns = _turns(inside, url, rounds)
        _draw_bare(inside, url, bare)
        with _serving([sys.executable, str(Path(__file__).with_name("static_server.py")), str(bare)]) as (address, _):
            still = [_paint(browser.new_context(), f"{address}/index.html") for _ in range(rounds)]
        changes = _changes(inside, url, office, _SAVED[: 3 * rounds])
        resident, proportional = (_megabytes(desk.process.pid, name) for name in ("Rss", "Pss"))
        browser.close()
    floor = median(still)
    lines = [
        _line(
            f"first paint of /{name}, p95, ms",
            _MOST_PAINT_MS,
            _p95(took),
            f"median {median(took):.0f} ms, {median(took) / floor:.2f} × a static page",
        )
        for name, took in paints.items()
    ]
    lines.append(
        _line(
            "first paint of the static page, p95, ms", _MOST_PAINT_MS, _p95(still), f"median {floor:.0f} ms, no script"
        )
    )
    for view, took in turns.items():
        note = f"median {median(took):.0f} ms"
        lines.append(_line(f"turning a {view}, p95, ms", _MOST_TURN_MS, _p95(took), note))
    note = f"median {median(changes):.0f} ms, {len(changes)} texts saved after their approval"
    lines.append(_line("saved → approval gone in the page, p95, ms", _MOST_CHANGE_MS, _p95(changes), note))
    note = f"resident (RSS) after all of this, PSS {proportional:.0f}; load average {os.getloadavg()[0]:.1f}"
    lines.append(_line("memory of the server, MB", _MOST_MEGABYTES, resident, note))
    return lines


def _p95(took: list[float]) -> float:
    return quantiles(took, n=20, method="inclusive")[-1] if len(took) > 1 else took[0]


def _line(what: str, most: float, measured: float, note: str) -> tuple[str, str, float, str, bool]:
    return what, f"≤ {most:g}", measured, note, measured <= most


def _let_in(browser: Browser, link: str, url: str) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
    )
    context.set_default_timeout(_PATIENCE_MS)
    page = context.new_page()
    page.goto(link)
    page.wait_for_url(f"{url}/*", wait_until="load")
    sign_in(page, url)
    page.close()
    return context


def _paint(context: BrowserContext, address: str) -> float:
    """Milliseconds to the first paint of anything, by the browser's own word."""
    page = context.new_page()
    page.goto(address)
    page.wait_for_timeout(500)
    found = float(page.evaluate(_PAINT))
    page.close()
    return found


def _calendar(context: BrowserContext, url: str, view: str) -> Page:
    page = context.new_page()
    page.goto(f"{url}/calendar?view={view}&date=2027-10-11")
    page.wait_for_timeout(2500)
    return page


def _turns(context: BrowserContext, url: str, rounds: int) -> dict[str, list[float]]:
    """Milliseconds from a click to the next or the last month (week, list) to the drawn one."""
    found: dict[str, list[float]] = {}
    for view in ("month", "week", "list"):
        page = _calendar(context, url, view)
        found[view] = []
        for turn in range(4 * rounds):
            found[view].append(float(page.evaluate(_TURN, "cal-next" if turn % 4 < 2 else "cal-prev")))
            page.wait_for_timeout(300)
        page.close()
    return found


def _draw_bare(context: BrowserContext, url: str, folder: Path) -> None:
    """Keep the calendar as it is drawn: its markup without scripts, its styles, letters and pictures."""
    folder.mkdir()
    page = _calendar(context, url, "month")
    markup = re.sub(r"<script.*?</script>", "", page.content(), flags=re.DOTALL)
    for number, address in enumerate(sorted(set(re.findall(r'(?:src|href)="(/(?:static|thumb)/[^"#]+)', markup)))):
        name = f"{number}{Path(urlsplit(address).path).suffix or '.jpg'}"
        (folder / name).write_bytes(context.request.get(url + address.replace("&amp;", "&")).body())
        markup = markup.replace(address, name)
    (folder / "index.html").write_text(markup, encoding="utf-8")
    page.close()


def _changes(context: BrowserContext, url: str, office: Path, saved: Sequence[int]) -> list[float]:
    """Milliseconds from saving a text to the page that says that its approval is gone."""
    approved = loa("approve", "tin-hang-ngay-1", "--as", "hanh", cwd=office)
    if approved.returncode:
        raise SystemExit(approved.stderr)
    page, found = context.new_page(), []
    page.goto(f"{url}/calendar?view=list&date=2027-09-21")
    for number in saved:
        slot = f"tin-hang-ngay-1/tin-{number}"
        page.wait_for_function(_SHOWN, arg=[slot, "đã duyệt"])
        path = text_of(office, number)
        text = path.read_text(encoding="utf-8") + f"Cập nhật {time.time_ns()}.\n"
        begun = time.perf_counter()
        path.write_text(text, encoding="utf-8")
        page.wait_for_function(_SHOWN, arg=[slot, "chờ duyệt"])
        found.append((time.perf_counter() - begun) * 1000)
        page.wait_for_timeout(_BETWEEN_SECONDS * 1000)  # the look at the whole plan comes after it
    page.close()
    return found


def _megabytes(pid: int, name: str) -> float:
    told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    return int(re.search(rf"^{name}:\s+(\d+)", told, re.MULTILINE)[1]) / 1024  # type: ignore[index]  # always told


if __name__ == "__main__":
    main()
