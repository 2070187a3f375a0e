"""axe-core finds nothing on any page, light and dark; at 200 % zoom and on a phone nothing is cut off or covered."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from support.browser import RunningDesk, axe, running_desk, visiting

LOOKS = {"light": (1366, 768), "dark": (1366, 768), "phone": (390, 844)}
ZOOMED = (683, 384)
"""The window of 1366 × 768 as a browser shows it at 200 %: half as many pixels of the page, each twice as dense."""
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
ONLY_WRITES = "  - {id: viet, name: Đỗ Thị Viết, title: Người soạn (mẫu), roles: [author]}\n"
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
def desk(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk for all of this file, of an office with one person who may only write."""
    root = Path(shutil.copytree(made, tmp_path_factory.mktemp("desk") / "office"))
    settings = root / "loa.yaml"
    people = settings.read_text(encoding="utf-8").replace("reviewers:\n", f"reviewers:\n{ONLY_WRITES}", 1)
    settings.write_text(people, encoding="utf-8", newline="\n")
    with running_desk(root) as found:
        yield found


@pytest.fixture(scope="module")
def visitor(browser: Browser, desk: RunningDesk) -> Iterator[Page]:
    """One visit for all pages: a link lets in once."""
    with visiting(browser, desk, person="hanh") as page:
        yield page


@pytest.fixture(scope="module")
def zoomed(browser: Browser, desk: RunningDesk) -> Iterator[Page]:
    """The same person, whose browser is zoomed to 200 %."""
    with visiting(browser, desk, width=ZOOMED[0], height=ZOOMED[1], person="hanh", device_scale_factor=2) as page:
        yield page


@pytest.fixture(scope="module", params=["viet", ""], ids=["who may only write", "who has not signed in"])
def bystander(request: pytest.FixtureRequest, browser: Browser, desk: RunningDesk) -> Iterator[Page]:
    """Somebody who sees the pages without most of their buttons."""
    with visiting(browser, desk, person=request.param) as page:
        yield page


def address(page: Page, desk: RunningDesk, place: str) -> str:
    with sqlite3.connect(desk.root / "var" / "book.sqlite") as book:
        known = {name: str(id_) for name, id_ in book.execute("SELECT channel, min(id) FROM delivery GROUP BY channel")}
    known["any"] = known["facebook"]
    if "{asset}" in place:
        page.goto(f"{desk.url}/gallery")
        known["asset"] = str(page.get_attribute("a[href^='/gallery/']", "href")).rpartition("/")[2]
    return desk.url + place.format(**known)


def faults_of(page: Page, *, with_axe: bool = True, covered: bool = False) -> list[str]:
    """What is wrong with the page that is open: found by axe, wider than the window, or not to be reached."""
    page.wait_for_load_state("load")
    faults = axe(page) if with_axe else []
    if (wider := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
        faults.append(f"{wider} px wider than the screen")
    return [*faults, *(f"covered: {each}" for each in (page.evaluate(_COVERED) if covered else ()))]


@pytest.mark.parametrize("place", PLACES)
def test_a_page_has_no_fault_that_axe_finds_and_fits_every_screen(visitor: Page, desk: RunningDesk, place: str) -> None:
    found = {}
    url = address(visitor, desk, place)
    for look, (width, height) in LOOKS.items():
        visitor.set_viewport_size({"width": width, "height": height})
        visitor.emulate_media(color_scheme="dark" if look == "dark" else "light", reduced_motion="reduce")
        visitor.goto(url)
        found[look] = faults_of(visitor, with_axe=look != "phone", covered=look == "phone")
    assert {look: faults for look, faults in found.items() if faults} == {}


@pytest.mark.parametrize("place", PLACES)
def test_a_page_at_200_percent_is_whole_and_sharp(zoomed: Page, desk: RunningDesk, place: str) -> None:
    zoomed.goto(address(zoomed, desk, place))
    assert zoomed.evaluate("[innerWidth, innerHeight, devicePixelRatio]") == [*ZOOMED, 2]
    assert faults_of(zoomed, covered=True) == []


@pytest.mark.parametrize("place", PLACES)
def test_a_page_has_no_fault_for_somebody_who_may_do_little(bystander: Page, desk: RunningDesk, place: str) -> None:
    bystander.goto(address(bystander, desk, place))
    assert faults_of(bystander) == []
