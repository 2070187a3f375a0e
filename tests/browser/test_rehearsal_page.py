"""A rehearsal is watched moment by moment, by mouse and keys, as citizens see it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser import axe, running_desk, visiting
from support.processes import loa


@pytest.fixture(scope="module")
def office_of_desk(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(made, tmp_path_factory.mktemp("rehearsed") / "office"))


@pytest.fixture(scope="module")
def watched(browser: Browser, office_of_desk: Path) -> Iterator[Page]:
    root = office_of_desk
    done = loa("rehearse", "--from", "2027-09-20", "--to", "2027-09-26", cwd=root)
    assert done.returncode == 0, done.stderr
    with running_desk(root) as desk, visiting(browser, desk) as page:
        page.goto(f"{desk.url}/rehearsal")
        yield page


def test_the_keys_go_from_moment_to_moment(watched: Page) -> None:
    told = watched.locator("#moment-told")
    last = int(watched.locator("#time").get_attribute("data-moments") or 0)
    assert last > 1
    expect(told).to_contain_text(f"{last}/{last}")
    watched.locator("h1").click()
    watched.keyboard.press("ArrowLeft")
    expect(told).to_contain_text(f"{last - 1}/{last}")
    watched.locator("input[type=range]").fill("0")
    expect(told).to_contain_text(f"1/{last}")
    watched.locator("h1").click()
    watched.keyboard.press(" ")
    expect(told).to_contain_text(f"{last}/{last}", timeout=60_000)
    expect(watched.locator("#play")).to_have_attribute("aria-pressed", "false")


def test_each_screen_shows_what_went_out_newest_first_with_its_picture(watched: Page) -> None:
    slider, told = watched.locator("input[type=range]"), watched.locator("#moment-told")
    last = int(slider.get_attribute("max") or 0)
    for step in (0, last):  # the screens are exchanged a little after the slider moved
        slider.fill(str(step))
        expect(told).to_contain_text(f"{step + 1}/{last + 1}")
    glass = watched.locator(".rehearsal-glass").first
    expect(glass.locator("article").first).to_be_visible()
    glass.locator("img").first.scroll_into_view_if_needed()
    watched.wait_for_function("document.querySelector('.rehearsal-glass img').naturalWidth > 0")
    assert axe(watched) == []


def test_a_rehearsal_of_no_days_is_refused_in_words(watched: Page) -> None:
    begin(watched, "2027-10-02", "2027-10-01")
    expect(watched.locator("#told")).to_contain_text("Khoảng ngày diễn tập không đúng")


def test_a_rehearsal_is_begun_on_the_page_and_takes_the_place_of_the_one_before_when_it_has_ended(
    watched: Page, office_of_desk: Path
) -> None:
    rehearsals = office_of_desk / "var/rehearsals"
    by_command = sorted(each.name for each in rehearsals.iterdir())
    (rehearsals / "ban-duyet-truoc").mkdir()
    watched.reload()
    begin(watched, "2027-09-21", "2027-09-21")
    expect(watched.get_by_text("Đang diễn tập")).to_be_visible()
    watched.get_by_role("button", name="Bắt đầu diễn tập").click()
    expect(watched.locator("#told")).to_contain_text("Một lần diễn tập đang chạy")
    assert (rehearsals / "ban-duyet-truoc").is_dir()  # until the new one is there
    expect(watched.get_by_text("Đang diễn tập")).to_be_hidden(timeout=240_000)
    expect(watched.locator("#moment-told")).to_contain_text("/09/2027")
    names = sorted(each.name for each in rehearsals.iterdir())
    assert len([each for each in names if each.startswith("ban-duyet-")]) == 1
    assert "ban-duyet-truoc" not in names
    assert [each for each in names if not each.startswith("ban-duyet-")] == by_command


def test_a_rehearsal_that_breaks_off_says_why_and_leaves_the_one_before(watched: Page, office_of_desk: Path) -> None:
    kept = sorted((office_of_desk / "var/rehearsals").iterdir())
    (office_of_desk / "campaigns/hong.yaml").write_text("id: hong\ntitel: Hỏng\n", encoding="utf-8")
    watched.reload()
    watched.get_by_role("button", name="Tạm ẩn").click()
    begin(watched, "2027-09-21", "2027-09-21")
    expect(watched.locator(".rehearsal-why")).to_contain_text("campaigns/hong.yaml:2:1", timeout=60_000)
    assert axe(watched) == []
    assert sorted((office_of_desk / "var/rehearsals").iterdir()) == kept
    (office_of_desk / "campaigns/hong.yaml").unlink()


def begin(page: Page, first: str, last: str) -> None:
    page.get_by_text("Diễn tập mới").click()
    page.locator("[name=first]").fill(first)
    page.locator("[name=last]").fill(last)
    page.get_by_role("button", name="Bắt đầu diễn tập").click()
