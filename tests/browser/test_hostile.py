"""What people write is text on every page, whatever it holds: no script runs, nothing leaves, no page falls apart."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Dialog, Page
from support.browser import RunningDesk, make_assets, running_desk, visiting
from support.naughty import OURS, SVGS, make_naughty_office, strings

from loa.clock import SystemClock
from loa.dispatch import overview
from loa.dispatch.audit import doer
from loa.dispatch.opinion_file import signature_of
from loa.dispatch.opinions import open_proof, take_in
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

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
_SEND_ALL = """async ([path, forms]) => {
  const csrf = JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRF'], told = [];
  for (const fields of forms) {
    const answer = await fetch(path, {method: 'POST', body: new URLSearchParams(fields),
      headers: {'X-CSRF': csrf, 'HX-Request': 'true'}});
    await answer.text();
    told.push(answer.status);
  }
  return told;
}"""
_ASK_ALL = """async ([path, field, words]) => {
  const told = [];
  for (const each of words) {
    const answer = await fetch(`${path}?${new URLSearchParams([[field, each]])}`);
    await answer.text();
    told.push(answer.status);
  }
  return told;
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


def seen_of(page: Page, url: str, delivery: int) -> str:
    """The token of a delivery's bytes, as its page has it."""
    page.goto(f"{url}/review/{delivery}")
    return str(page.locator("[name=seen]").first.get_attribute("value"))


def packs(words: Sequence[str], longest: int) -> list[str]:
    """The words, joined into texts of at most so many letters."""
    found = [""]
    for each in words:
        if len(found[-1]) + len(each) >= longest:
            found.append("")
        found[-1] += f"{each[: longest - 1]} "
    return found


def test_naughty_remarks_are_only_text(visitor: tuple[Page, list[str]], naughty: RunningDesk) -> None:
    page, opened = visitor
    words, shown = packs(strings(), 1000), shown_ids(naughty.root)[:2]
    for number, delivery in enumerate(shown):
        seen = seen_of(page, naughty.url, delivery)
        fields = [
            {"seen": seen, "words": each, "asset": "", "x": "", "y": "", "at": seen.partition(":")[0]}
            for each in words[number :: len(shown)]
        ]
        told = page.evaluate(_SEND_ALL, ["/review/remark", fields])
        assert set(told) == {200}
    found = [fault for each in shown for fault in look_at(page, f"{naughty.url}/review/{each}")]
    assert (found, opened) == ([], [])


def test_naughty_reasons_are_only_text(visitor: tuple[Page, list[str]], naughty: RunningDesk) -> None:
    page, opened = visitor
    reasons = packs([*OURS, *SVGS], 1000)
    returned = shown_ids(naughty.root)[10 : 10 + len(reasons)]
    for reason, delivery in zip(reasons, returned, strict=True):
        seen = seen_of(page, naughty.url, delivery)
        fields = {"seen": seen, "decision": "return", "note": reason, "at": seen.partition(":")[0]}
        assert page.evaluate(_SEND_ALL, ["/review/decide", [fields]]) == [200]
    for reason in packs(OURS, 500):
        assert page.evaluate(_SEND_ALL, ["/today/stop", [{"why": reason}]]) == [200]
        assert look_at(page, f"{naughty.url}/today") == []
    assert page.evaluate(_SEND_ALL, ["/today/resume", [{}]]) == [200]
    places = ["/audit", "/today", "/review?state=returned", *(f"/review/{each}" for each in returned)]
    found = [fault for place in places for fault in look_at(page, naughty.url + place)]
    assert (found, opened) == ([], [])


def test_naughty_searches_and_addresses_are_only_text(visitor: tuple[Page, list[str]], naughty: RunningDesk) -> None:
    page, opened = visitor
    page.goto(f"{naughty.url}/today")
    for place, field, words in (
        ("/gallery", "words", packs(strings(), 200)),
        ("/accounts", "words", packs(strings(), 100)[:40]),
        ("/audit", "person", OURS),
        ("/calendar", "campaign", OURS),
    ):
        told = page.evaluate(_ASK_ALL, [place, field, [each[:200] for each in words]])
        assert set(told) <= {200, 400, 404, 409}, place
        found = [look_at(page, f"{naughty.url}{place}?{urlencode({field: each[:200]})}") for each in OURS[:4]]
        assert (found, opened) == ([[]] * 4, [])


def test_naughty_opinions_of_a_proof_are_only_text(
    visitor: tuple[Page, list[str]], naughty: RunningDesk, tmp_path: Path
) -> None:
    page, opened = visitor
    desk = open_desk(open_workspace(naughty.root), SystemClock())
    rows = [view for view in overview(desk.book, desk.workspace) if view.campaign_id == "xau-0" and view.content_hash]
    shown = {each.id: each.content_hash for each in rows}
    assert shown
    proof = open_proof(desk, "xau-0", "lan", shown, timedelta(days=9), doer(None, ""))
    opinions = [
        {"id": number, "hash": digest, "decision": "remark", "note": note, "spots": []}
        for (number, digest), note in zip(shown.items(), packs([*OURS, *SVGS], 1000), strict=False)
    ]
    said = {"proof": proof.id, "campaign": "xau-0", "reviewer": "lan", "saved_at": "2027-09-20T00:00:00.000Z"}
    signed = json.dumps(said | {"opinions": opinions})
    file = {"form": "loa-opinions/1", "signed": signed, "signature": signature_of(signed.encode(), proof.key)}
    (tmp_path / "y-kien.loa.json").write_text(json.dumps(file), encoding="utf-8")
    taken = take_in(desk, tmp_path / "y-kien.loa.json", "lan")
    desk.book.close()
    assert {each.outcome for each in taken.results} == {"remarked"}
    places = ["/audit", *(f"/review/{each}" for each in shown)]
    assert ([fault for place in places for fault in look_at(page, naughty.url + place)], opened) == ([], [])


def test_a_drawing_that_is_named_like_a_picture_is_never_run(
    visitor: tuple[Page, list[str]], naughty: RunningDesk
) -> None:
    page, opened = visitor
    page.goto(f"{naughty.url}/accounts")
    for number in range(1, len(OURS)):
        told = page.evaluate(_LOAD, f"/logo/xa-{number}")
        assert (told["type"].startswith("image/svg"), told["nosniff"], told["wide"]) == (False, "nosniff", 0)
    assert (page.evaluate("window.harmed ?? 0"), opened) == (0, [])
