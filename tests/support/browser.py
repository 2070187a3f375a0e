"""A real Chromium at the review desk: it goes nowhere but to this machine, and tells of every error on a page."""

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, Playwright, Request, expect

from support.processes import clean_environment, loa
from support.review_desk import NOW
from support.warm import start_warm

HERE = Path(__file__).parent
VENDOR = HERE.parent / "browser" / "vendor"
GOLDEN = HERE.parent / "browser" / "golden"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
]
_SAME_MOMENT = "for (const each of document.querySelectorAll('[data-volatile]')) each.textContent = '00:00 00/00/0000'"
_DRAWN = """async () => {
  const near = (each) => each.checkVisibility() && each.getBoundingClientRect().top < innerHeight
    && each.getBoundingClientRect().bottom > 0;
  let waited = -1;
  for (const drawn = new Set(); waited < drawn.size; ) {
    waited = drawn.size;
    for (const each of [...document.images].filter(near)) {
      Object.assign(each, { loading: "eager", decoding: "sync" });
      await each.decode().catch(() => {});
      drawn.add(each);
    }
  }
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
"""Wait until every picture in the window is there (one that comes may push others in or out), and the letters."""
_TOLERATED, _LOUD = 0.004, 48
_DRAWN_SECONDS = 15.0
"""Part of the pixels that may differ by more than so much of 255: edges of letters are not the same everywhere."""


def chromium() -> str | None:
    """The Chromium of this machine; None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def launch(playwright: Playwright) -> Browser:
    """A browser without a window. On a busy machine a page takes its time: what is expected is waited for."""
    expect.set_options(timeout=30_000)
    return playwright.chromium.launch(executable_path=chromium(), args=FLAGS)


def sample_office(cache: Path) -> Path:
    """The sample workspace as ``loa init`` lays it out, planned and made for a month from ``NOW``; do not change it.

    It is made once for all test processes, in ``cache``.
    """
    root = cache / "sample-office"
    with FileLock(cache / "sample-office.lock"):
        if not (root / "var" / "made").exists():
            shutil.rmtree(root, ignore_errors=True)
            done = loa("init", root, cwd=cache)
            assert done.returncode == 0, done.stderr
            make_assets(root, days=32)
            (root / "var" / "made").touch()
    return root


def make_assets(root: Path, days: int) -> None:
    """Plan a workspace and make what goes out within so many days of ``NOW``, in a process of its own."""
    making = start_warm([*_desk(root), "--make", str(days)], Path.cwd(), _environment(), stderr=2)
    assert making.wait(timeout=900) == 0


def delivery_of(root: Path, item: str, channel: str) -> int:
    """The number of the first delivery of an item on a channel."""
    with closing(sqlite3.connect(root / "var" / "book.sqlite")) as book:
        query = "SELECT min(id) FROM delivery WHERE item_id = ? AND channel = ?"
        return int(book.execute(query, (item, channel)).fetchone()[0])


@dataclass
class RunningDesk:
    """A review desk in a process of its own."""

    root: Path
    link: str
    process: "subprocess.Popen[str]"

    def new_link(self) -> str:
        """Another link that lets one browser in."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return self.link.partition("/enter/")[0]


@contextmanager
def running_desk(root: Path, now: str = NOW, *, from_nothing: bool = False) -> Iterator[RunningDesk]:
    """Open the desk of a workspace until the block ends; ``from_nothing``: in a Python of its own, as in an office."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": 2, "text": True}
    words, environment = _desk(root, now), _environment()
    with (
        subprocess.Popen([sys.executable, *words], env=environment, **pipes)
        if from_nothing
        else start_warm(words, Path.cwd(), environment, **pipes)
    ) as process:
        assert process.stdout
        try:
            yield RunningDesk(root, process.stdout.readline().strip(), process)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _desk(root: Path, now: str = NOW) -> list[str]:
    return [str(HERE / "review_desk.py"), str(root), "--now", now]


def _environment() -> dict[str, str]:
    return clean_environment() | {"PYTHONPATH": str(HERE.parent)}


@dataclass
class Watched:
    """What a page did that it must not do."""

    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def over(self, page: Page, url: str) -> None:
        """Listen to everything that ``page`` says, and where it goes."""

        def asked(request: Request) -> None:
            if not request.url.startswith((url, "data:", "blob:")):
                self.foreign.append(request.url)

        page.on("request", asked)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)


@contextmanager
def visiting(
    browser: Browser,
    desk: RunningDesk,
    *,
    width: int = 1366,
    height: int = 768,
    dark: bool = False,
    person: str | None = None,
    **more: Any,
) -> Iterator[Page]:
    """A page that has been let in; at the end it has done nothing wrong.

    It is signed in as ``person`` (an id; none: the first who is listed; empty: nobody).
    """
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",
        **more,
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    watched = Watched()
    watched.over(page, desk.url)
    page.goto(desk.new_link())
    page.wait_for_url(f"{desk.url}/*", wait_until="load")
    if person != "":
        sign_in(page, desk.url, person)
    try:
        yield page
        assert watched.foreign == []
        assert [each for each in watched.errors if "status of 4" not in each] == []  # a refusal that a test asks for
    finally:
        context.close()


def sign_in(page: Page, url: str, person: str | None = None) -> None:
    """Choose a name, by its id (none: the first), in an office without PINs."""
    page.goto(f"{url}/sign-in")
    chosen = f'[value="{person}"]' if person else ""
    page.locator(f'input[name="person"]{chosen}').first.check()
    page.locator('form[action="/sign-in"] button[type="submit"]').click()
    page.wait_for_url(lambda shown: "/sign-in" not in shown)


def axe(page: Page, **options: Any) -> list[str]:
    """What axe-core finds against a page: rule, and the places."""
    page.evaluate((VENDOR / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{each['id']}: {', '.join(str(node['target']) for node in each['nodes'][:5])}" for each in found["violations"]
    ]


def golden(page: Page, name: str, folder: Path = GOLDEN, *, is_masked: bool = True, rewrite: bool = False) -> None:
    """Compare a screenshot with the one that was looked at; what tells the moment (``data-volatile``) is left out.

    It is covered, and first given the same length: no line may end elsewhere because of a narrow digit.

    A page that is still being drawn is looked at again. The command that writes them anew is
    ``LOA_REWRITE_GOLDEN=1 uv run pytest tests/browser``.
    """
    kept = folder / f"{name}.png"
    if rewrite:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(_shot(page, is_masked=is_masked))
        return
    seen = kept.with_suffix(".seen.png")
    end = time.monotonic() + _DRAWN_SECONDS
    while True:
        seen.write_bytes(_shot(page, is_masked=is_masked))
        if (difference := _difference(kept, seen)) <= _TOLERATED or time.monotonic() > end:
            break
        page.wait_for_timeout(500)
    assert difference <= _TOLERATED, f"{seen} is not what {kept.name} shows"
    seen.unlink()


def _shot(page: Page, *, is_masked: bool) -> bytes:
    page.mouse.move(0, 0)
    page.evaluate(_DRAWN)
    if is_masked:
        page.evaluate(_SAME_MOMENT)
    return page.screenshot(
        mask=[page.locator("[data-volatile]")] if is_masked else None,
        mask_color="#8899aa",
        animations="disabled",
        caret="initial",
    )


def _difference(kept: Path, seen: Path) -> float:
    """The part of the pixels that differ loudly; 1 where the sizes do."""
    with Image.open(kept) as before, Image.open(seen) as after:
        if before.size != after.size:
            return 1.0
        change = ImageChops.difference(before.convert("L"), after.convert("L")).histogram()
        return sum(change[_LOUD:]) / (before.width * before.height)
