"""Pages follow the desk: a saved file renews them, a change drops an approval, problems stand over every page."""

import shutil
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support.browser import RunningDesk, axe, running_desk, visiting
from support.office import make_office, replace_in
from support.processes import loa

from loa import store
from loa.clock import SystemClock
from loa.delivery import State
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

BEFORE = "2027-02-20T08:00:00+07:00"
TEXT, CAMPAIGN = "content/tin-mot.md", "campaigns/thu-nghiem.yaml"


@pytest.fixture
def small_office(tmp_path: Path) -> Path:
    root = make_office(tmp_path / "office")
    shutil.rmtree(root / "var", ignore_errors=True)
    return root


@pytest.fixture
def small_desk(small_office: Path) -> Iterator[RunningDesk]:
    with running_desk(small_office, BEFORE) as desk:
        approved = loa("approve", "thu-nghiem", "--as", "lan", "--item", "tin-mot", cwd=small_office)
        assert approved.returncode == 0, approved.stderr + approved.stdout
        yield desk


def states(root: Path) -> set[State]:
    """Where the deliveries of the first item stand in the book now."""
    desk = open_desk(open_workspace(root), SystemClock())
    with desk.book.read() as connection:
        found = {row.state for row in store.deliveries(connection) if row.item_id == "tin-mot"}
    desk.book.close()
    return found


def test_a_change_after_approval_drops_it_in_the_open_page(browser: Browser, small_desk: RunningDesk) -> None:
    with visiting(browser, small_desk) as page:
        page.goto(small_desk.url + "/today")
        coming = page.locator("section", has=page.get_by_role("heading", name="Sắp phát"))
        slot = coming.locator("a", has_text="Tin thứ nhất")
        expect(slot).to_contain_text("đã duyệt")
        assert states(small_desk.root) == {State.APPROVED}
        replace_in(small_desk.root / TEXT, "mời bà con", "kính mời bà con")
        expect(slot).to_contain_text("chờ duyệt")
        mine = page.locator("section", has=page.get_by_role("heading", name="Chờ tôi duyệt"))
        expect(mine.locator("a", has_text="Tin thứ nhất")).to_contain_text("đổi")
        assert states(small_desk.root) == {State.AWAITING}


@pytest.mark.parametrize("width", [1366, 390])
def test_problems_of_the_files_stand_over_every_page_until_they_are_mended(
    browser: Browser, small_desk: RunningDesk, width: int
) -> None:
    with visiting(browser, small_desk, width=width) as page:
        page.goto(small_desk.url + "/campaigns")
        replace_in(small_desk.root / CAMPAIGN, "author: Trần Văn Bình", "autor: Trần Văn Bình")
        sheet = page.get_by_role("dialog")
        expect(sheet).to_contain_text(f"{CAMPAIGN}:3:1")
        expect(sheet).to_contain_text("author")
        assert axe(page) == []
        page.goto(small_desk.url + "/accounts")
        expect(sheet).to_contain_text(f"{CAMPAIGN}:3:1")
        sheet.get_by_role("button", name="Tạm ẩn").press("Enter")
        expect(sheet).to_be_hidden()
        knob = page.locator(".file-problems-knob")
        expect(knob).to_be_focused()
        page.keyboard.press("Enter")
        expect(sheet).to_be_visible()
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
        replace_in(small_desk.root / CAMPAIGN, "autor: Trần Văn Bình", "author: Trần Văn Bình")
        expect(knob).to_be_hidden()


def test_the_desk_opens_over_files_with_problems_and_recovers_when_they_are_mended(
    browser: Browser, small_office: Path
) -> None:
    with running_desk(small_office, BEFORE):
        approved = loa("approve", "thu-nghiem", "--as", "lan", "--item", "tin-mot", cwd=small_office)
        assert approved.returncode == 0, approved.stderr
    replace_in(small_office / CAMPAIGN, "author: Trần Văn Bình", "autor: Trần Văn Bình")
    with running_desk(small_office, BEFORE) as desk, visiting(browser, desk) as page:
        sheet = page.get_by_role("dialog")
        page.goto(desk.url + "/sign-in")
        expect(page.locator(".file-problems-knob")).to_contain_text("lỗi trong tệp")
        expect(sheet).to_be_hidden()  # it would lie over the names
        for place in ("/calendar", "/review", "/campaigns", "/gallery", "/accounts", "/audit", "/rehearsal", "/today"):
            page.goto(desk.url + place)
            expect(sheet).to_contain_text(f"{CAMPAIGN}:3:1")
            expect(page.locator("h1")).to_have_count(1)
        expect(sheet).to_contain_text("author")
        assert axe(page) == []
        replace_in(small_office / CAMPAIGN, "autor: Trần Văn Bình", "author: Trần Văn Bình")
        expect(sheet).to_be_hidden()
        coming = page.locator("section", has=page.get_by_role("heading", name="Sắp phát"))
        expect(coming.locator("a", has_text="Tin thứ nhất")).to_contain_text("đã duyệt")


def test_a_picture_whose_words_changed_is_made_anew_and_shown(browser: Browser, small_desk: RunningDesk) -> None:
    with visiting(browser, small_desk) as page:
        page.goto(small_desk.url + "/gallery")
        replace_in(small_desk.root / CAMPAIGN, "title: Nộp hồ sơ trực tuyến}", "title: Nộp hồ sơ tại nhà}")
        first = page.locator(".asset a.look").first
        expect(first).to_be_visible(timeout=120_000)
        before = first.get_attribute("href")
        replace_in(small_desk.root / CAMPAIGN, "title: Nộp hồ sơ tại nhà}", "title: Nộp hồ sơ không cần đi lại}")
        expect(page.locator(f'.asset a.look:not([href="{before}"])').first).to_be_visible(timeout=120_000)


def test_who_listens_is_let_go_when_the_desk_ends(browser: Browser, small_desk: RunningDesk) -> None:
    with visiting(browser, small_desk) as page:
        cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
    listening = HTTPConnection(small_desk.url.removeprefix("http://"), timeout=30)
    listening.request("GET", "/events", headers={"cookie": cookies})
    answer = listening.getresponse()
    assert answer.readline().startswith(b"data: ")
    small_desk.process.terminate()
    answer.read()  # a stream that was cut off instead would be an IncompleteRead
    listening.close()
