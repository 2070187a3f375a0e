"""Duyệt in a real browser: by keyboard and by mouse, on a screen and on a phone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser import axe, running_desk, visiting
from support.troubled import desk_of

from loa import store
from loa.dispatch import plan

STATE = "state=all"
PIN_STANDS = """from => {
  const [pin, face] = [".pin", ".mark-face"].map(each => document.querySelector(each)?.getBoundingClientRect());
  return pin?.width > 0 && Math.abs(pin.x + pin.width / 2 - face.x - from) < 2;
}"""


def address(page: Page, path: str) -> str:
    return f"{page.url.partition('//')[0]}//{page.url.split('/')[2]}{path}"


def go(page: Page, path: str) -> None:
    page.goto(address(page, path))
    expect(page.locator("#desk")).to_be_visible()


def single(page: Page) -> int:
    """Open a delivery that is alone in its pack and has a picture; its number."""
    go(page, "/review?channel=x")
    number = (page.locator(".slot:has(img)").first.get_attribute("id") or "").removeprefix("q")
    go(page, f"/review/{number}?channel=x")
    expect(page.locator(".face-room img").first).to_be_visible()
    return int(number)


def decisions(root: Path) -> list[tuple[str, str]]:
    desk = desk_of(root)
    found = store.approvals_of(desk.book)
    desk.book.close()
    return [(each.decision, each.note) for some in found.values() for each in some]


def test_a_return_without_a_reason_is_refused_in_words_and_decides_nothing(page: Page, office: Path) -> None:
    single(page)
    page.keyboard.press("r")
    page.locator("#return-why").fill("   ")  # a browser takes it for something
    page.locator("#return-dialog button[type=submit]").click()
    expect(page.locator("#told")).to_contain_text("Trả lại thì phải ghi lý do")
    assert decisions(office) == []


def test_by_keyboard_one_is_approved_undone_and_returned(page: Page, tmp_path: Path) -> None:
    number = single(page)
    title = page.locator("#stage-title")
    before = title.inner_text()
    page.keyboard.press("ArrowRight")
    expect(title).not_to_have_text(before)
    expect(title).to_be_focused()
    expect(page.locator("[data-key=left]")).to_have_attribute("href", re.compile(rf"/review/{number}\b"))
    page.keyboard.press("k")
    expect(title).to_have_text(before)
    page.keyboard.press("a")
    expect(page.locator(".done")).to_contain_text("Đã duyệt")
    expect(page.locator("#stage-title")).not_to_have_text(before)
    page.keyboard.press("z")
    expect(page.locator(".done")).to_contain_text("Đã rút lại")
    expect(title).to_have_text(before)
    page.keyboard.press("r")
    expect(page.locator("#return-why")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#return-dialog")).to_be_hidden()
    page.keyboard.press("r")
    expect(page.locator("#return-why")).to_be_focused()
    page.keyboard.type("Sai số điện thoại: aAzZrR")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("Đã trả lại")
    page.keyboard.press("?")
    expect(page.locator("#keys-dialog")).to_be_visible()
    assert decisions(tmp_path / "office") == [
        ("approve", ""),
        ("take back", ""),
        ("return", "Sai số điện thoại: aAzZrR"),
    ]


@pytest.mark.parametrize("width", [1366, 390])
def test_a_spot_on_a_picture_is_remarked_and_settled(browser: Browser, office: Path, width: int) -> None:
    with running_desk(office) as desk, visiting(browser, desk, width=width) as page:
        single(page)
        page.get_by_role("link", name="Ghi chú trên hình").click()
        face = page.locator(".mark-face").first
        box = face.bounding_box()
        assert box
        face.click(position={"x": box["width"] / 4, "y": 40})
        expect(page.locator("#remark-words")).to_be_focused()
        page.keyboard.type("Đổi tiêu đề")
        page.get_by_role("button", name="Thêm ghi chú").click()
        expect(page.locator(".pin")).to_have_text("1")
        expect(page.locator("#remarks li")).to_contain_text("Đổi tiêu đề")
        page.wait_for_function(PIN_STANDS, arg=box["width"] / 4)  # the list renews itself once more, and its pins
        face.focus()
        for _ in range(3):
            page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        expect(page.locator("#remark-words")).to_be_focused()
        page.keyboard.type("Bỏ dòng này")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".pin")).to_have_text(["1", "2"])
        page.get_by_role("button", name="Đã xong").first.click()
        expect(page.locator("#remarks .settled")).to_have_count(1)
        assert axe(page) == []


def test_a_pack_is_approved_as_a_set_once_all_of_it_was_looked_at(page: Page, tmp_path: Path) -> None:
    go(page, "/review?channel=facebook")
    page.locator(".slot:has(img)", has_text="bản").first.click()
    tiles = page.locator(".unit-tile")
    expect(tiles.first).to_contain_text("Tên đơn vị dài nhất")
    count = tiles.count()
    assert count > 1
    assert all(
        width >= 320 for width in page.locator(".unit-tile img").evaluate_all("all => all.map(e => e.clientWidth)")
    )
    expect(page.locator("#acts .together")).to_contain_text("chưa mở")
    page.keyboard.press("a")
    assert decisions(tmp_path / "office") == [], "A leads to what was not opened yet"
    for tile in tiles.all():
        for part in ("img", "footer"):
            tile.locator(part).first.evaluate("e => e.scrollIntoView({block: 'center'})")
            page.wait_for_timeout(700)
        expect(tile).to_have_class(re.compile("opened"))
    expect(page.locator("#acts .together")).to_contain_text(f"Duyệt cả bộ ({count})")
    page.keyboard.press("a")
    expect(page.locator(".done")).to_contain_text(f"và {count - 1} bản nữa")
    assert decisions(tmp_path / "office") == [("approve", "")] * count


def test_a_change_after_an_approval_drops_it_in_the_open_page_and_links_to_compare(page: Page, tmp_path: Path) -> None:
    number = single(page)
    office = tmp_path / "office"
    page.keyboard.press("a")
    expect(page.locator(".done")).to_contain_text("Đã duyệt")
    go(page, f"/review/{number}?{STATE}")
    expect(page.locator("#standing .state")).to_have_text("đã duyệt")
    desk = desk_of(office)
    with desk.book.read() as connection:
        row = store.delivery_by_id(connection, number)
    content = _contents(row.package)[0]
    text = (office / content).read_text(encoding="utf-8")
    (office / content).write_text(text.rstrip() + "\n\nXin cảm ơn.\n", encoding="utf-8")
    plan(desk)
    desk.book.close()
    expect(page.locator("#standing .changed")).to_contain_text("Nội dung vừa đổi")
    expect(page.locator("#acts button")).to_have_count(0)
    expect(page.locator("#standing .changed a[href^='/compare/']")).to_have_attribute("href", f"/compare/{number}")
    page.get_by_role("button", name="Xem bản mới").click()
    expect(page.locator("#standing .changed")).to_have_count(0)
    expect(page.locator("#standing .state")).not_to_have_text("đã duyệt")


def _contents(package: str) -> list[str]:
    return sorted(set(re.findall(r'"(content/[^"]+\.md)"', package)))


def test_the_grid_and_the_filters_by_mouse(page: Page) -> None:
    go(page, "/review")
    page.get_by_role("link", name="Lưới").click()
    expect(page.locator(".contact-sheet.small .unit-tile").first).to_be_visible()
    expect(page.locator("#acts")).to_contain_text("bản chưa mở")
    assert axe(page) == []
    page.locator("#f-state").select_option("returned")
    expect(page.locator(".nothing")).to_be_visible()
    page.locator("#f-state").select_option("all")
    page.get_by_text("Lọc thêm").click()
    page.locator("#f-channel").select_option("sms")
    page.locator(".contact-sheet .enlarge").first.click()
    expect(page.locator(".channels")).to_have_text(re.compile("SMS"))
    page.go_back()
    expect(page.locator(".contact-sheet.small")).to_be_visible()


def test_on_a_phone_the_buttons_stand_at_the_bottom_and_nothing_is_wider_than_the_screen(phone: Page) -> None:
    single(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.wait_for_function("document.querySelector('#acts').getBoundingClientRect().bottom === innerHeight")
    phone.get_by_role("button", name="Duyệt bản này").tap()
    expect(phone.locator(".done")).to_contain_text("Đã duyệt")
    assert axe(phone) == []


@pytest.mark.parametrize(("name", "width", "dark"), [("", 1366, False)])
def test_it_looks_as_it_was_looked_at(
    browser: Browser,
    office: Path,
    golden_of: Callable[[Page, str], None],
    name: str,
    width: int,
    dark: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    height = 844 if width == 390 else 768
    with running_desk(office) as desk, visiting(browser, desk, width=width, height=height, dark=dark) as page:
        single(page)
        expect(page.locator(".slot.here .tick, .slot.here")).not_to_have_count(0)
        page.wait_for_timeout(1500)
        assert axe(page) == []
        golden_of(page, f"review{name}")
        go(page, "/review?channel=facebook&state=all")
        page.locator(".slot:has(img)", has_text="bản").first.click()
        expect(page.locator(".unit-tile").first).to_be_visible()
        page.wait_for_timeout(1500)
        assert axe(page) == []
        golden_of(page, f"review-sheet{name}")
