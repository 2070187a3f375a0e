"""A rehearsal is watched moment by moment, by mouse and keys, as citizens see it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser import axe, running_desk, visiting
from support.processes import loa


@pytest.fixture(scope="module")
def watched(browser: Browser, made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    root = Path(shutil.copytree(made, tmp_path_factory.mktemp("rehearsed") / "office"))
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
    watched.locator("input[type=range]").fill(watched.locator("input[type=range]").get_attribute("max") or "0")
    glass = watched.locator(".rehearsal-glass").first
    expect(glass.locator("article").first).to_be_visible()
    glass.locator("img").first.scroll_into_view_if_needed()
    watched.wait_for_function("document.querySelector('.rehearsal-glass img').naturalWidth > 0")
    assert axe(watched) == []


def test_a_rehearsal_of_no_days_is_refused_in_words(watched: Page) -> None:
    watched.get_by_text("Diễn tập mới").click()
    watched.locator("[name=first]").fill("2027-10-02")
    watched.locator("[name=last]").fill("2027-10-01")
    watched.get_by_role("button", name="Bắt đầu diễn tập").click()
    expect(watched.locator("#told")).to_contain_text("Khoảng ngày diễn tập không đúng")
