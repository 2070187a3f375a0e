"""axe-core finds nothing on any page, light and dark; at 200 % zoom and on a phone nothing is cut off or covered."""

import sqlite3
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from support.browser import RunningDesk, axe, visiting

LOOKS = {"light": (1366, 768), "dark": (1366, 768), "zoomed to 200 %": (683, 384), "phone": (390, 844)}
PLACES = (
    "/today",
    "/calendar",
    "/calendar/wall",
    "/review",
    "/review/{any}",
    "/campaigns",
    "/campaigns/chuyen-doi-so-10-10",
    "/gallery",
    "/gallery/{asset}",
    "/accounts",
    "/audit",
    "/rehearsal",
    "/compare/{any}",
    "/face/{facebook}",
    "/face/{zalo}",
    "/face/{x}",
    "/face/{sms}",
    "/face/{youtube}",
    "/face/{print}",
    "/face/{loudspeaker}",
    "/sign-in",
    "/me",
)
_COVERED = """() => {
  const bar = document.querySelector('.bar').getBoundingClientRect().bottom;
  const within = (outer, inner) => inner && (inner === outer || outer.contains(inner) || inner.contains(outer));
  return [...document.querySelectorAll('main a[href], main button, main select, main input:not([type=hidden])')]
    .filter(each => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter(each => {
      each.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const box = each.getBoundingClientRect();
      if (box.width < 3 || box.height < 3) return false;
      const x = box.x + box.width / 2, y = box.y + box.height / 2;
      if (y < bar || x < 0 || x > innerWidth || y > innerHeight) return true;
      const top = document.elementFromPoint(x, y);
      return !within(each, top) && !(each.labels && [...each.labels].some(label => within(label, top)));
    }).slice(0, 5).map(each => each.outerHTML.slice(0, 120));
}"""


@pytest.fixture(scope="module")
def visitor(browser: Browser, desk: RunningDesk) -> Iterator[Page]:
    """One visit for all pages: a link lets in once."""
    with visiting(browser, desk) as page:
        yield page


def address(page: Page, desk: RunningDesk, place: str) -> str:
    with sqlite3.connect(desk.root / "var" / "book.sqlite") as book:
        known = {name: str(id_) for name, id_ in book.execute("SELECT channel, min(id) FROM delivery GROUP BY channel")}
    known["any"] = known["facebook"]
    if "{asset}" in place:
        page.goto(f"{desk.url}/gallery")
        known["asset"] = str(page.get_attribute("a[href^='/gallery/']", "href")).rpartition("/")[2]
    return desk.url + place.format(**known)


@pytest.mark.parametrize("place", PLACES)
def test_a_page_has_no_fault_that_axe_finds_and_fits_every_screen(visitor: Page, desk: RunningDesk, place: str) -> None:
    found = {}
    url = address(visitor, desk, place)
    for look, (width, height) in LOOKS.items():
        visitor.set_viewport_size({"width": width, "height": height})
        visitor.emulate_media(color_scheme="dark" if look == "dark" else "light", reduced_motion="reduce")
        visitor.goto(url)
        visitor.wait_for_load_state("load")
        faults = axe(visitor) if look != "phone" else []
        if (wider := visitor.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            faults.append(f"{wider} px wider than the screen")
        if look in ("phone", "zoomed to 200 %"):
            faults += [f"covered: {each}" for each in visitor.evaluate(_COVERED)]
        if faults:
            found[look] = faults
    assert found == {}
