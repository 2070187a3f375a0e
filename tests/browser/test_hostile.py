"""What people write is text on every page, whatever it holds: no script runs, nothing leaves, no page falls apart."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page
from support.browser import RunningDesk, make_assets, running_desk, visiting
from support.naughty import OURS, SVGS, make_naughty_office

PLACES = (
    "/accounts",
    "/audit",
    "/rehearsal",
    "/today",
    "/calendar",
    "/calendar/wall?month=2027-09",
    "/review",
    "/campaigns",
    "/gallery",
    "/accounts",
    "/audit",
)
_SEND = """async ([path, fields]) => {
  const csrf = JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRF'];
  const answer = await fetch(path, {method: 'POST', body: new URLSearchParams(fields),
    headers: {'X-CSRF': csrf, 'HX-Request': 'true'}});
  return answer.status;
}"""

_LOAD = """async (path) => {
  const answer = await fetch(path), picture = new Image();
  document.body.append(picture);
  await new Promise((done) => { picture.onload = picture.onerror = done; picture.src = path; });
  return {type: answer.headers.get('content-type'), nosniff: answer.headers.get('x-content-type-options'),
    wide: picture.naturalWidth};
}"""


@pytest.fixture(scope="module")
def naughty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    root = make_naughty_office(tmp_path_factory.mktemp("naughty") / "office")
    make_assets(root, days=11)
    with running_desk(root) as found:
        yield found


@pytest.fixture(scope="module")
def visitor(browser: Browser, naughty: RunningDesk) -> Iterator[tuple[Page, list[str]]]:
    """A visit, and every dialog and console error that came up in it."""
    opened: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    with visiting(browser, naughty, person="lan") as page:
        page.on("dialog", dismissed)
        page.on("console", lambda said: opened.append(said.text) if said.type == "error" else None)
        yield page, opened


def shown_ids(root: Path) -> list[int]:
    with sqlite3.connect(root / "var" / "book.sqlite") as book:
        return [row[0] for row in book.execute("SELECT id FROM delivery ORDER BY due, id")]


def look_at(page: Page, url: str) -> list[str]:
    """Open a page and name what is wrong with it."""
    page.goto(url)
    page.wait_for_load_state("load")
    wrong = ["a script ran"] if page.evaluate("window.harmed") else []
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{url}: {each}" for each in (*wrong, *([f"{wider} px wider than the screen"] if wider > 0 else []))]


def test_naughty_strings_and_drawings_in_every_field_are_only_text(
    visitor: tuple[Page, list[str]], naughty: RunningDesk
) -> None:
    page, opened = visitor
    ids = shown_ids(naughty.root)
    assert len(ids) == 50
    page.set_viewport_size({"width": 390, "height": 844})
    places = [*PLACES, *(f"/campaigns/xau-{number}" for number in range(10)), *(f"/face/{each}" for each in ids)]
    places += [f"/review/{each}" for each in ids[::6]] + [f"/compare/{ids[0]}", "/sign-in", "/me"]
    found = [fault for place in places for fault in look_at(page, naughty.url + place)]
    assert (found, opened) == ([], [])


def test_naughty_remarks_and_reasons_are_only_text(visitor: tuple[Page, list[str]], naughty: RunningDesk) -> None:
    page, opened = visitor
    page.goto(f"{naughty.url}/review/{shown_ids(naughty.root)[0]}")
    seen = str(page.locator("[name=seen]").first.get_attribute("value"))
    at = seen.partition(":")[0]
    for words in (*OURS, *SVGS):
        fields = {"seen": seen, "words": words[:1000], "asset": "", "x": "", "y": "", "at": at}
        assert page.evaluate(_SEND, ["/review/remark", fields]) == 200, words
    reason = {"seen": seen, "decision": "return", "note": " ".join(OURS)[:900], "at": at}
    page.evaluate(_SEND, ["/review/decide", reason])
    found = [
        fault
        for place in (f"/review/{shown_ids(naughty.root)[0]}", "/audit", "/today")
        for fault in look_at(page, naughty.url + place)
    ]
    assert (found, opened) == ([], [])


def test_a_drawing_that_is_named_like_a_picture_is_never_run(
    visitor: tuple[Page, list[str]], naughty: RunningDesk
) -> None:
    page, opened = visitor
    page.goto(f"{naughty.url}/accounts")
    for number in range(1, len(OURS)):
        told = page.evaluate(_LOAD, f"/logo/xa-{number}")
        assert (told["type"].startswith("image/svg"), told["nosniff"], told["wide"]) == (False, "nosniff", 0)
    assert (page.evaluate("window.harmed ?? 0"), opened) == (0, [])
