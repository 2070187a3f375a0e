"""Signing in, with the mouse and with the keyboard alone, on a PC and on a phone; the page of who has signed in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser import RunningDesk, axe, running_desk, visiting
from support.office import make_office, replace_in
from support.processes import loa

LANS = "482915"
BEFORE = "reviewers:\n  - {id: lan, name: Nguyễn Thị Lan}\n  - {id: binh, name: Trần Văn Bình}\n"
PEOPLE = """\
reviewers:
  - {id: lan, name: Nguyễn Thị Lan, title: Phó Chánh Văn phòng, roles: [admin]}
  - {id: binh, name: Trần Văn Bình, title: Chuyên viên truyền thông, roles: [author]}
delegations:
  - {from: lan, to: binh, since: 2027-09-01, until: 2027-09-30}
"""


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk of an office in which Lan has a PIN."""
    office: Path = make_office(tmp_path_factory.mktemp("door") / "office")
    replace_in(office / "loa.yaml", BEFORE, PEOPLE)
    assert loa("people", "pin", "lan", cwd=office, typed=f"{LANS}\n").returncode == 0
    with running_desk(office) as found:
        with_first = found.link
        yield RunningDesk(found.root, with_first, found.process)


@pytest.fixture(scope="module")
def lan(browser: Browser, door: RunningDesk) -> Iterator[Page]:
    """A browser that the link has let in; nobody has signed in."""
    with visiting(browser, door, person="") as page:
        yield page


def test_a_name_is_chosen_and_a_wrong_pin_told_by_mouse(
    lan: Page, door: RunningDesk, golden_of: Callable[[Page, str], None]
) -> None:
    lan.goto(f"{door.url}/sign-in?to=/me")
    assert axe(lan) == []
    golden_of(lan, "door/sign-in")
    lan.get_by_text("Nguyễn Thị Lan").click()
    lan.locator('input[name="pin"]').fill("111122")
    lan.get_by_role("button", name="Đăng nhập").click()

    expect(lan.get_by_role("alert")).to_contain_text("Mã PIN không đúng")
    expect(lan.locator('input[name="pin"]')).to_be_focused()
    assert axe(lan) == []


def test_everything_is_done_by_keyboard_alone(lan: Page, door: RunningDesk) -> None:
    lan.goto(f"{door.url}/sign-in?to=/me")
    lan.locator('input[name="person"]').first.focus()
    lan.keyboard.press("Space")
    lan.keyboard.press("Tab")
    lan.keyboard.type(LANS)
    lan.keyboard.press("Enter")

    lan.wait_for_url(f"{door.url}/me")
    expect(lan.get_by_role("heading", level=1)).to_have_text("Nguyễn Thị Lan")
    lan.locator('form[action="/sign-out"] button').focus()
    lan.keyboard.press("Enter")
    expect(lan.get_by_role("link", name="Đăng nhập")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844), (683, 384)])
def test_the_page_of_who_has_signed_in_is_for_everybody(
    lan: Page, door: RunningDesk, golden_of: Callable[[Page, str], None], width: int, height: int, *, dark: bool
) -> None:
    lan.set_viewport_size({"width": width, "height": height})  # 683 × 384: a PC at 200 %
    lan.emulate_media(color_scheme="dark" if dark else "light")
    lan.goto(f"{door.url}/sign-in?to=/me")
    lan.get_by_text("Nguyễn Thị Lan").first.click()
    lan.locator('input[name="pin"]').fill(LANS)
    lan.keyboard.press("Enter")
    lan.wait_for_url(f"{door.url}/me")

    assert axe(lan) == []
    assert lan.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing to be scrolled sideways"
    golden_of(lan, f"door/me-{width}-{'dark' if dark else 'light'}")
    lan.get_by_role("button", name="Tạo liên kết mời").click()
    expect(lan.locator("code.link")).to_contain_text("/enter/")
    lan.get_by_role("button", name="Đăng xuất").click()
    expect(lan.get_by_role("link", name="Đăng nhập")).to_be_visible()


def test_who_is_not_let_in_is_told_how_to_get_in(browser: Browser, door: RunningDesk) -> None:
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    try:
        answer = page.goto(f"{door.url}/today")
        assert answer is not None
        assert answer.status == 403
        expect(page.get_by_role("heading")).to_contain_text("chưa được mời vào")
        assert axe(page) == []
    finally:
        context.close()
