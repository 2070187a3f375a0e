"""The review desk with 1,000 slots, in a real Chromium, beside a bare static page of the same weight.

``uv run python benchmarks/review_desk.py [--slots 1000] [--rounds 7] [--write]``. The sample office is made once; its
posts are laid out anew as so many slots over ninety days, each with its picture. Then the desk runs in a process of its
own, and so does a server that only gives out the calendar as it was drawn: the same markup, styles and pictures, no
script. First paint is what the browser itself tells, navigation is from the click to the drawn month. Exit 1 when a
bar is missed.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from table import rows, write_section

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from support.browser import chromium, launch, sample_office, sign_in  # noqa: E402 - the tests' folder is added above
from support.review_desk import NOW, ShiftedClock  # noqa: E402 - the same

from loa import store  # noqa: E402 - the same
from loa.dispatch import Desk  # noqa: E402 - the same
from loa.preview import serve_desk  # noqa: E402 - the same
from loa.store import Plan  # noqa: E402 - the same
from loa.wiring.desks import open_desk  # noqa: E402 - the same
from loa.workspace import open_workspace  # noqa: E402 - the same

HEAD = ("what", "bar", "measured", "note")
PAGES = ("today", "calendar", "review", "campaigns", "gallery")
_MOST_PAINT_MS, _MOST_TURN_MS, _MOST_MEGABYTES = 1000.0, 200.0, 150.0
_DAYS, _A_DAY = 90, timedelta(minutes=51)
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
    parser.add_argument("--serve", type=Path)
    given = parser.parse_args()
    if given.serve:
        serve_desk(_desk(given.serve), None, port=0, ready=lambda new_link: print(new_link(), flush=True))
        return
    if chromium() is None:
        raise SystemExit("no Chromium on this machine")
    with tempfile.TemporaryDirectory(prefix="loa-desk-") as folder:
        office = _office(Path(folder), given.slots)
        lines = _measured(office, Path(folder) / "bare", given.rounds)
    for what, bar, measured, note, good in lines:
        print(f"{what:<46}{bar:>10}{measured:>10.1f}  {note}{'' if good else '   MISSED'}")
    if given.write:
        write_section("review-desk", rows(HEAD, [(w, bar, f"{m:.1f}", note) for w, bar, m, note, _ in lines]))
    sys.exit(0 if all(good for *_, good in lines) else 1)


def _desk(root: Path) -> Desk:
    return open_desk(open_workspace(root), ShiftedClock(datetime.fromisoformat(NOW)))


def _office(folder: Path, slots: int) -> Path:
    """The sample office with so many slots more, each a post of it at another moment."""
    root = Path(shutil.copytree(sample_office(folder), folder / "office"))
    desk = _desk(root)
    start = datetime.fromisoformat(NOW) + timedelta(hours=24)
    chance = random.Random(1)  # noqa: S311 - the same office in every run
    with desk.book.write() as connection:
        posts = [row for row in store.deliveries(connection) if '"media_type":"image' in row.package]
        new = [_moved(chance.choice(posts), n, start + timedelta(days=n % _DAYS) + _A_DAY * (n // _DAYS))
               for n in range(slots)]  # fmt: skip
        store.save_plan(connection, new, [], desk.clock.now())
    desk.book.close()
    return root


def _moved(row: store.DeliveryRow, number: int, due: datetime) -> Plan:
    parts = row.key.split("/")
    parts[1] += f"-{number}"
    plan = Plan(**{name: getattr(row, name) for name in Plan.__slots__})
    return replace(plan, key="/".join(parts), item_id=parts[1], due=due, expires=due + timedelta(hours=2))


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
    with sync_playwright() as playwright, _serving([sys.executable, __file__, "--serve", str(office)]) as (link, pid):
        browser = launch(playwright)
        url = link.partition("/enter/")[0]
        inside = _let_in(browser, link, url)
        paints = {name: [_paint(inside, f"{url}/{name}") for _ in range(rounds)] for name in PAGES}
        turns = _turns(inside, url, rounds)
        _draw_bare(inside, url, bare)
        with _serving([sys.executable, str(Path(__file__).with_name("static_server.py")), str(bare)]) as (address, _):
            still = [_paint(browser.new_context(), f"{address}/index.html") for _ in range(rounds)]
        megabytes = _megabytes(pid)
        browser.close()
    floor = median(still)
    lines = [
        _line(
            f"first paint of /{name}, ms", _MOST_PAINT_MS, median(took), f"{median(took) / floor:.2f} × a static page"
        )
        for name, took in paints.items()
    ]
    lines.append(_line("first paint of the static page, ms", _MOST_PAINT_MS, floor, "the calendar as drawn, no script"))
    for view, took in turns.items():
        note = f"median {median(took):.0f} ms"
        lines.append(_line(f"turning a {view}, 95th percentile, ms", _MOST_TURN_MS, quantiles(took, n=20)[-1], note))
    lines.append(_line("memory of the server, MB", _MOST_MEGABYTES, megabytes, "resident, after all of this"))
    return lines


def _line(what: str, most: float, measured: float, note: str) -> tuple[str, str, float, str, bool]:
    return what, f"≤ {most:g}", measured, note, measured <= most


def _let_in(browser: Browser, link: str, url: str) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
    )
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


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]  # Linux always tells it


if __name__ == "__main__":
    main()
