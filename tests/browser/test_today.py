"""Hôm nay: what needs a person is settled by the buttons beside it, and everything can be stopped at once."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser import RunningDesk, axe, running_desk, visiting
from support.troubled import desk_of, make_trouble, state_of

from loa import store
from loa.delivery import State
from loa.store.audit import Wanted, audit_page

SIZES = pytest.mark.parametrize("width", [1366, 390])


Trouble = dict[str, list[int]]


@pytest.fixture(scope="module")
def bad_office(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Trouble]:
    root = Path(shutil.copytree(made, tmp_path_factory.mktemp("bad") / "office"))
    return root, make_trouble(root)


@pytest.fixture
def trouble(bad_office: tuple[Path, Trouble]) -> Trouble:
    """Two deliveries of each kind: one for each size of window."""
    return bad_office[1]


@pytest.fixture(scope="module")
def bad_day(bad_office: tuple[Path, Trouble]) -> Iterator[RunningDesk]:
    with running_desk(bad_office[0]) as desk:
        yield desk


def deeds(root: Path) -> list[tuple[str, str]]:
    """The newest deeds of the log: who and what."""
    desk = desk_of(root)
    with desk.book.read() as connection:
        rows = audit_page(connection, Wanted())
    desk.book.close()
    return [(row.person_name, row.deed) for row in rows]


def stopped(root: Path) -> bool:
    desk = desk_of(root)
    with desk.book.read() as connection:
        halt = store.stop_of(connection)
    desk.book.close()
    return halt is not None


def test_a_bad_day_looks_as_it_was_judged(
    browser: Browser, bad_day: RunningDesk, golden_of: Callable[[Page, str], None]
) -> None:
    for name, look in {"today": {}, "today-dark": {"dark": True}, "today-390": {"width": 390, "height": 844}}.items():
        with visiting(browser, bad_day, **look) as page:  # type: ignore[arg-type] - sizes and a choice by name
            page.goto(bad_day.url + "/today")
            assert axe(page) == []
            golden_of(page, name)


def test_who_has_not_signed_in_sees_everything_and_can_press_nothing(browser: Browser, bad_day: RunningDesk) -> None:
    with visiting(browser, bad_day, person="") as page:
        page.goto(bad_day.url + "/today")
        expect(page.get_by_role("heading", name="Cần xử lý")).to_be_visible()
        assert page.locator("[data-act]:not([disabled])").count() == 0


@SIZES
def test_everything_is_stopped_and_goes_on_by_the_mouse(browser: Browser, bad_day: RunningDesk, width: int) -> None:
    with visiting(browser, bad_day, width=width) as page:
        page.goto(bad_day.url + "/today")
        page.get_by_role("button", name="Dừng tất cả").click()
        dialog = page.get_by_role("dialog", name="Dừng tất cả?")
        dialog.get_by_role("button", name="Thôi").click()
        assert not stopped(bad_day.root)
        page.get_by_role("button", name="Dừng tất cả").click()
        dialog.get_by_label("Lý do").fill("Có tin sai số liệu")
        dialog.get_by_role("button", name="Dừng tất cả").click()
        expect(page.get_by_text("Có tin sai số liệu")).to_be_visible()
        assert stopped(bad_day.root)
        page.get_by_role("button", name="Chạy tiếp").click()
        page.get_by_role("dialog").get_by_role("button", name="Chạy tiếp").click()
        expect(page.get_by_role("button", name="Dừng tất cả")).to_be_visible()
        assert not stopped(bad_day.root)
    assert [deed for _, deed in deeds(bad_day.root)][:2] == ["resume", "stop"]


def test_everything_is_stopped_by_the_keyboard_alone(browser: Browser, bad_day: RunningDesk) -> None:
    with visiting(browser, bad_day) as page:
        page.goto(bad_day.url + "/today")
        page.locator("#stop-all").focus()
        page.keyboard.press("Enter")
        page.keyboard.type("Dừng để kiểm tra")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator("#resume-all").focus()
        assert stopped(bad_day.root)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(page.locator("#stop-all")).to_be_visible()
        assert not stopped(bad_day.root)


ANSWERS = {
    "there": ("Đã có trên kênh", State.DONE),
    "lost": ("Chưa có, gửi lại", State.DUE),
    "late": ("Bỏ lượt này", State.CANCELLED),
    "missed": ("Vẫn gửi, dù đã trễ", State.APPROVED),
    "refused": ("Gửi lại", State.DUE),
}


@SIZES
def test_what_needs_a_person_is_settled_by_its_button(
    browser: Browser, bad_day: RunningDesk, trouble: Trouble, width: int
) -> None:
    mine = {kind: numbers[width == 390] for kind, numbers in trouble.items()}
    with visiting(browser, bad_day, width=width) as page:
        page.goto(bad_day.url + "/today?all=1")
        for kind, (button, _) in ANSWERS.items():
            entry = page.locator(f"#trouble-{mine[kind]}")
            entry.get_by_role("button", name=button).click()
            page.get_by_role("dialog").get_by_role("button", name=button).click()
            expect(entry).to_have_count(0)
    assert {kind: state_of(bad_day.root, mine[kind]) for kind in ANSWERS} == {
        kind: after for kind, (_, after) in ANSWERS.items()
    }
    assert [deed for _, deed in deeds(bad_day.root)][:5] == ["retry", "retry", "cancel", "again", "done"]


def test_a_post_that_is_out_is_taken_down_with_a_reason(
    browser: Browser, bad_day: RunningDesk, trouble: Trouble
) -> None:
    with visiting(browser, bad_day) as page:
        page.goto(bad_day.url + "/today")
        page.locator(f"#takedown-{trouble['out'][0]}").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Gỡ bài").click()
        expect(dialog).to_be_visible()  # without a reason nothing leaves the page
        dialog.get_by_label("Lý do").fill("Sai số điện thoại")
        dialog.get_by_role("button", name="Gỡ bài").click()
        expect(page.get_by_text("Bài sẽ được gỡ ở nhịp tới")).to_be_visible()
    desk = desk_of(bad_day.root)
    with desk.book.read() as connection:
        keys = [row.key for row in store.deliveries(connection, states=[State.APPROVED])]
    assert [key for key in keys if key.endswith("!remove-1")]


@SIZES
def test_an_account_goes_on_when_a_person_says_so(browser: Browser, bad_day: RunningDesk, width: int) -> None:
    with visiting(browser, bad_day, width=width) as page:
        page.goto(bad_day.url + "/accounts?standing=stopped")
        expect(page.get_by_text("Đăng nhập lại trên kênh, lấy mã truy cập mới").first).to_be_visible()
        page.get_by_role("button", name="Mở lại tài khoản").first.click()
        page.get_by_role("dialog").get_by_role("button", name="Mở lại tài khoản").click()
        expect(page.get_by_text("Đã mở lại tài khoản")).to_be_visible()
    assert deeds(bad_day.root)[0][1] == "resume account"


def test_everything_is_there_at_double_size(browser: Browser, bad_day: RunningDesk) -> None:
    """200 % zoom of a 1366-pixel window leaves 683 pixels."""
    with visiting(browser, bad_day, width=683, height=384) as page:
        page.goto(bad_day.url + "/today")
        assert page.evaluate("document.documentElement.scrollWidth") <= 683
