"""Lịch: seen by month, week and list, filtered, and a slot moved by mouse or keyboard, or refused with a reason."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from support.browser import RunningDesk, axe, delivery_of, visiting
from support.troubled import desk_of

from loa.store.audit import Wanted, audit_page

expect.set_options(timeout=60_000)  # a machine that does much else moves a slot in its own time
ITEM = "Bản tin đầu tháng"
FILE = "campaigns/dvctt-hang-thang.yaml"
MOVED = 'off_holidays: after, move: {2027-10-04: "2027-10-06 08:00"}}'


def base(page: Page) -> str:
    found = urlsplit(page.url)
    return f"{found.scheme}://{found.netloc}"


def open_calendar(page: Page, query: str = "view=month&date=2027-10-08", url: str = "") -> None:
    page.goto(f"{url or base(page)}/calendar?{query}")
    expect(page.locator("#calendar")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#calendar .slot").first).to_be_attached()


def slot(page: Page, title: str = ITEM) -> Locator:
    return page.locator("#calendar .slot", has_text=title).first


def cell(page: Page, day: str) -> Locator:
    return page.locator(".ec-day", has=page.locator(f'time[datetime="{day}"]'))


def ask_by_keyboard(page: Page, day: str, time: str, title: str = ITEM) -> None:
    slot(page, title).focus()
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Dời sang ngày giờ khác")
    dialog.get_by_label("Ngày").fill(day)
    dialog.get_by_label("Giờ").fill(time)
    page.keyboard.press("Enter")


def text_of(office: Path) -> str:
    return (office / FILE).read_text(encoding="utf-8")


def test_a_month_shows_pictures_channels_lunar_dates_and_days_that_were_forgotten(
    browser: Browser, desk: RunningDesk
) -> None:
    with visiting(browser, desk) as page:
        open_calendar(page, url=desk.url)

        expect(page.get_by_role("heading", level=1)).to_contain_text("Tháng 10 năm 2027")
        expect(slot(page)).to_have_attribute("href", page.locator("a.slot", has_text=ITEM).first.get_attribute("href"))
        assert (slot(page).get_attribute("href") or "").startswith("/review?delivery=")
        assert slot(page).locator("img").evaluate("each => each.decode().then(() => each.naturalWidth)") > 0
        expect(cell(page, "2027-10-04")).to_contain_text("Facebook, ")
        expect(cell(page, "2027-09-30").locator(".day-lunar")).to_have_text("1/9")
        expect(cell(page, "2027-10-05").locator(".cal-gap")).to_be_visible()
        expect(cell(page, "2027-10-04").locator(".cal-gap")).to_have_count(0)
        page.get_by_role("button", name="Trước").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Tháng 9 năm 2027")
        expect(cell(page, "2027-09-02")).to_contain_text("Quốc khánh")
        expect(page).to_have_url(re.compile("date=2027-09-01"))


def test_a_full_day_opens_in_a_sheet(browser: Browser, desk: RunningDesk) -> None:
    with visiting(browser, desk) as page:
        open_calendar(page, url=desk.url)
        cell(page, "2027-10-10").get_by_role("button", name="+1 tin").click()

        sheet = page.get_by_role("dialog", name="Chủ nhật, 10/10")
        expect(sheet.locator("a.slot")).to_have_count(4)
        assert axe(page) == []


def test_a_week_shades_quiet_hours_and_a_list_tells_everything(browser: Browser, desk: RunningDesk) -> None:
    with visiting(browser, desk) as page:
        open_calendar(page, url=desk.url)
        page.get_by_role("button", name="Tuần", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Tuần 04/10 – 10/10/2027")
        expect(page.locator(".ec-body .cal-hours")).to_have_count(14)
        expect(page.locator(".ec-col-head").first).to_contain_text("ÂL 5/9")
        page.get_by_role("button", name="Danh sách").click()
        expect(page.get_by_role("heading", name="Thứ Hai, 04/10")).to_be_visible()
        expect(slot(page)).to_contain_text("4 đơn vị")
        expect(slot(page)).to_contain_text("chờ duyệt")


@pytest.mark.parametrize("view", ["week", "list"])
def test_a_working_day_that_was_forgotten_is_hinted_at_in_the_week_and_in_the_list_too(
    browser: Browser, desk: RunningDesk, view: str
) -> None:
    with visiting(browser, desk) as page:
        open_calendar(page, "view=month&date=2027-10-08", desk.url)
        forgotten = page.locator(".ec-day", has=page.locator(".cal-gap")).locator("time").first
        day = str(forgotten.get_attribute("datetime"))
        open_calendar(page, f"view={view}&date={day}", desk.url)
        expect(page.locator("#calendar .cal-gap").first).to_be_visible()
        if view == "list":
            row = page.locator(".ec-day", has=page.locator(f'time[datetime="{day}"]'))
            expect(row).to_contain_text("Ngày làm việc chưa có tin")
        assert axe(page) == []


def test_a_filter_narrows_the_calendar_stays_in_the_address_and_goes_into_the_file(
    browser: Browser, desk: RunningDesk
) -> None:
    with visiting(browser, desk) as page:
        open_calendar(page, url=desk.url)
        everything = page.locator("#calendar .slot").count()
        page.get_by_label("Kênh").select_option("x")
        expect(slot(page)).to_have_count(0)
        expect(slot(page, "Thứ Sáu nộp hồ sơ")).to_be_visible()
        assert page.locator("#calendar .slot").count() < everything
        page.reload()
        expect(page.get_by_label("Kênh")).to_have_value("x")
        expect(slot(page, "Thứ Sáu nộp hồ sơ")).to_be_visible()
        with page.expect_download() as found:
            page.get_by_role("link", name="Tải .ics").click()
        content = found.value.path().read_text(encoding="utf-8")
        assert "Thứ Sáu nộp hồ sơ" in content
        assert ITEM not in content
        page.get_by_role("button", name="Bỏ lọc").click()
        expect(slot(page)).to_be_visible()
        page.get_by_label("Đối tượng").select_option("nguoi-cao-tuoi")
        expect(page.locator("#calendar .slot", has_text="Ông bà cũng làm được")).to_be_visible()
        expect(slot(page)).to_have_count(0)


def test_a_slot_dragged_to_another_day_is_written_into_the_campaign_and_the_log(page: Page, office: Path) -> None:
    open_calendar(page)
    before = text_of(office)

    page.locator("[data-cell]", has_text=ITEM).drag_to(cell(page, "2027-10-06"), target_position={"x": 60, "y": 110})

    expect(page.locator("#told")).to_contain_text("Đã dời “Bản tin đầu tháng”")
    expect(cell(page, "2027-10-06").locator(".slot", has_text=ITEM)).to_be_visible()
    assert text_of(office) == before.replace("off_holidays: after}", MOVED, 1)
    book = desk_of(office)
    with book.book.read() as connection:
        [deed] = [row for row in audit_page(connection, Wanted()) if row.deed == "move"]
    book.book.close()
    assert deed.target == "dvctt-hang-thang/ban-tin-dau-thang/2027-10-04"
    assert deed.words["to"] == "08:00 ngày 06/10/2027"


def test_in_a_week_a_slot_is_dragged_to_another_hour(page: Page, office: Path) -> None:
    open_calendar(page, "view=week&date=2027-10-08")
    box = page.locator("[data-cell]", has_text=ITEM).bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 62, box["y"] + 40, steps=4)
    page.mouse.move(box["x"] + 60, box["y"] + 12 + 68, steps=6)
    page.mouse.up()

    expect(page.locator("#told")).to_contain_text("sang 09:00 ngày 04/10/2027")
    assert 'move: {2027-10-04: "2027-10-04 09:00"}' in text_of(office)
    assert "/calendar" in page.url, "a drag is no click"


def test_a_slot_is_moved_by_the_keyboard_and_keeps_the_focus(page: Page, office: Path) -> None:
    open_calendar(page)
    ask_by_keyboard(page, "2027-10-06", "08:00")

    expect(page.locator("#told")).to_contain_text("Đã dời")
    expect(cell(page, "2027-10-06").locator(".slot", has_text=ITEM)).to_be_focused()
    assert MOVED in text_of(office)


def test_a_move_is_undone_with_one_button_and_the_file_keeps_its_comments(page: Page, office: Path) -> None:
    open_calendar(page)
    before = text_of(office)
    ask_by_keyboard(page, "2027-10-06", "08:00")
    expect(cell(page, "2027-10-06").locator(".slot", has_text=ITEM)).to_be_focused()
    page.get_by_role("button", name="Hoàn tác").press("Enter")

    expect(page.locator("#told")).to_contain_text("Đã hoàn tác, dời “Bản tin đầu tháng”")
    expect(page.get_by_role("button", name="Hoàn tác")).to_have_count(0)
    expect(cell(page, "2027-10-04").locator(".slot", has_text=ITEM)).to_be_visible()
    back = text_of(office)
    assert [each for each in back.splitlines() if "#" in each] == [each for each in before.splitlines() if "#" in each]
    assert 'move: {2027-10-04: "2027-10-04 08:00"}' in back


def test_an_approval_that_a_move_dropped_stays_dropped_and_the_page_says_so(page: Page, office: Path) -> None:
    page.goto(f"{base(page)}/review/{delivery_of(office, 'ban-tin-dau-thang', 'facebook')}")
    page.keyboard.press("a")
    expect(page.locator(".done")).to_contain_text("Đã duyệt")
    open_calendar(page)
    ask_by_keyboard(page, "2027-10-06", "08:00")
    expect(page.locator("#told")).to_contain_text("đã duyệt nay chờ duyệt lại")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("#told")).to_contain_text("Ý kiến duyệt trước khi dời không tự trở lại")


@pytest.mark.parametrize(
    ("day", "time", "words"), [("2027-10-06", "22:00", "giờ yên lặng"), ("2027-09-01", "09:00", "đã qua")]
)
def test_a_move_that_cannot_be_is_refused_with_a_reason_and_nothing_is_written(
    page: Page, office: Path, day: str, time: str, words: str
) -> None:
    open_calendar(page)
    before = text_of(office)
    ask_by_keyboard(page, day, time)

    expect(page.locator("#told").get_by_role("alert")).to_contain_text(words)
    expect(cell(page, "2027-10-04").locator(".slot", has_text=ITEM)).to_be_visible()
    assert text_of(office) == before


def test_a_campaign_that_was_saved_meanwhile_is_not_overwritten(page: Page, office: Path) -> None:
    open_calendar(page)
    slot(page).focus()
    page.keyboard.press("m")
    page.evaluate("document.body.addEventListener('book-changed', (event) => event.stopImmediatePropagation(), true)")
    changed = text_of(office) + "# thêm\n"
    (office / FILE).write_text(changed, encoding="utf-8", newline="\n")
    dialog = page.get_by_role("dialog", name="Dời sang ngày giờ khác")
    dialog.get_by_label("Ngày").fill("2027-10-06")
    dialog.get_by_role("button", name="Dời").click()

    expect(page.locator("#told")).to_contain_text("vừa được người khác sửa")
    assert text_of(office) == changed


def test_who_has_not_signed_in_looks_and_moves_nothing(browser: Browser, desk: RunningDesk) -> None:
    with visiting(browser, desk, person="") as page:
        open_calendar(page, url=desk.url)
        slot(page).focus()
        page.keyboard.press("m")

        expect(page.locator("#told")).to_contain_text("Đăng nhập")
        expect(page.get_by_role("dialog")).to_have_count(0)
        answer = page.evaluate(
            """async () => (await fetch("/calendar/move", {method: "POST", body: new URLSearchParams({campaign:
            "dvctt-hang-thang", item: "ban-tin-dau-thang", occurrence: "2027-10-04", to: "2027-10-06T08:00",
            digest: ""}),
            headers: {"X-CSRF": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRF"]}})).status"""
        )
        assert answer == 409


def test_a_phone_gets_the_list_and_moves_by_a_button(phone: Page, office: Path) -> None:
    open_calendar(phone, "date=2027-10-08")
    expect(phone.get_by_role("button", name="Danh sách")).to_have_attribute("aria-pressed", "true")
    phone.get_by_role("button", name=f"Dời “{ITEM}”").tap()
    dialog = phone.get_by_role("dialog", name="Dời sang ngày giờ khác")
    dialog.get_by_label("Ngày").fill("2027-10-06")
    dialog.get_by_role("button", name="Dời").tap()

    expect(phone.locator("#told")).to_contain_text("Đã dời")
    assert MOVED in text_of(office)
    for view in ("month", "week", "list"):
        open_calendar(phone, f"view={view}&date=2027-10-08")
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), view


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1366, 390])
def test_every_view_is_accessible(browser: Browser, desk: RunningDesk, width: int, *, dark: bool) -> None:
    with visiting(browser, desk, width=width, dark=dark) as page:
        for view in ("month", "week", "list"):
            open_calendar(page, f"view={view}&date=2027-10-08", desk.url)
            assert axe(page) == [], view
        page.goto(f"{desk.url}/calendar/wall?month=2027-10")
        assert axe(page) == []


def test_the_wall_plan_is_one_sheet_of_a4_across(browser: Browser, desk: RunningDesk) -> None:
    with visiting(browser, desk) as page:
        page.goto(f"{desk.url}/calendar/wall?month=2027-10&unit=tinh-nghe-an")
        expect(page.get_by_role("heading", level=1)).to_have_text("Lịch truyền thông tháng 10 năm 2027")
        expect(page.get_by_text("Ủy ban nhân dân tỉnh Nghệ An · Tỉnh Nghệ An")).to_be_visible()
        expect(page.locator("td", has_text=ITEM)).to_have_count(1)
        sheet = page.pdf(prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") + sheet.count(b"/Type /Page ") == 1
    assert b"/MediaBox [0 0 841" in sheet


@pytest.mark.parametrize("view", ["month", "week", "list"])
@pytest.mark.parametrize("width", [1366, 390])
def test_it_looks_as_it_was_judged(
    browser: Browser, desk: RunningDesk, golden_of: Callable[[Page, str], None], view: str, width: int
) -> None:
    with visiting(browser, desk, width=width, height=768 if width > 390 else 844) as page:
        open_calendar(page, f"view={view}&date=2027-10-08", desk.url)
        golden_of(page, f"calendar-{view}-{width}")
