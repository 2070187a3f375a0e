"""What became of what was looked at: two versions, four ways to compare their pictures, and the words."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser import RunningDesk, axe, delivery_of, make_assets, running_desk, visiting
from support.office import replace_in

CAMPAIGN = "campaigns/chuyen-doi-so-10-10.yaml"


@pytest.fixture(scope="module")
def changed_office(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A post of it was made, and then its picture and its words were changed."""
    office = Path(shutil.copytree(made, tmp_path_factory.mktemp("changed") / "office"))
    replace_in(office / CAMPAIGN, "title: Nộp hồ sơ tại nhà, đỡ một buổi", "title: Nộp hồ sơ tại nhà, đỡ cả buổi")
    replace_in(office / "content/chuyen-doi-so-10-10/loi-ich.md", "trực tuyến", "qua mạng")
    make_assets(office, days=7)
    return office


@pytest.fixture(scope="module")
def changed_desk(changed_office: Path) -> Iterator[RunningDesk]:
    with running_desk(changed_office) as desk:
        yield desk


@pytest.fixture
def changed(browser: Browser, changed_desk: RunningDesk) -> Iterator[Page]:
    with visiting(browser, changed_desk) as page:
        page.goto(f"{changed_desk.url}/compare/{delivery_of(changed_desk.root, 'loi-ich', 'facebook')}")
        yield page


def test_what_changed_is_named_and_every_way_of_comparing_shows_it(changed: Page) -> None:
    expect(changed.get_by_role("listitem").filter(has_text="ấn phẩm")).to_be_visible()
    expect(changed.locator("del").first).to_contain_text("trực tuyến")
    expect(changed.locator("ins").first).to_contain_text("qua mạng")
    beside = changed.locator("[data-show=beside] img")
    expect(beside).to_have_count(2)
    assert beside.nth(0).get_attribute("src") != beside.nth(1).get_attribute("src")
    for way, name in (("swipe", "Kéo rèm"), ("onion", "Chồng mờ"), ("pixels", "Điểm ảnh khác")):
        changed.get_by_label(name).check()
        expect(changed.locator(f"[data-show={way}]")).to_be_visible()
        expect(beside.first).to_be_hidden()
    assert changed.locator("[data-show=pixels] img").evaluate("img => img.decode().then(() => img.naturalWidth)") > 0
    assert axe(changed) == []


def test_the_guide_shows_it_as_it_looks(changed: Page, golden_of: Callable[..., None]) -> None:
    golden_of(changed, "ban-duyet-so-sanh", Path(__file__).parents[2] / "docs" / "images")


def test_the_curtain_moves_by_the_keyboard(changed: Page) -> None:
    changed.get_by_label("Cạnh nhau").focus()
    changed.keyboard.press("ArrowRight")
    curtain = changed.get_by_label("Vị trí rèm")
    curtain.focus()
    changed.keyboard.press("End")
    expect(changed.locator("[data-show=swipe] .stack")).to_have_attribute("style", re.compile("--wipe: *100%"))


def test_on_a_phone_nothing_is_wider_than_the_screen(changed: Page) -> None:
    changed.set_viewport_size({"width": 390, "height": 844})
    assert changed.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_an_earlier_version_the_page_says_so(page: Page, office: Path) -> None:
    page.goto(f"{page.url.rpartition('/')[0]}/compare/{delivery_of(office, 'loi-ich', 'facebook')}")
    expect(page.get_by_text("chưa thay đổi lần nào")).to_be_visible()
