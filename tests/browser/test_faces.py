"""Each channel's face in a real Chromium: how it lies, how it is looked at closely, and that no text of it acts."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser import RunningDesk, axe, delivery_of, visiting
from support.hard_faces import hard_views, hostile_texts
from support.processes import clean_environment

TESTS = Path(__file__).parents[1]
SHOWN = (
    "no-picture", "five-tall", "seven", "two-wide", "four-tall", "khmer", "x-three", "sms", "article", "broadcast",
    "letter", "print", "sound", "waiting", "lost", "shouting", "removal", "comment", "portal", "reel",
)  # fmt: skip
ACTING = """() => [...document.querySelectorAll(".face *, h1 *")].flatMap((element) => [
  ...(element.matches("script, iframe, object, embed, style, link, meta, base, form") ? [element.tagName] : []),
  ...[...element.attributes].filter(({ name, value }) => name.startsWith("on")
    || (/^(href|src|action|data|xlink:href|poster|srcdoc)$/.test(name) && !/^(https?:\\/\\/|\\/(?!\\/))/.test(value))
  ).map(({ name, value }) => `${name}=${value}`),
])"""
"""Elements and attributes of a page that could run a program or reach out."""
See = Callable[..., Page]


@pytest.fixture(scope="module")
def see(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[See]:
    """``see("five-tall", device="phone", width=390)``; at the end the page has done nothing wrong, and ran nothing."""
    root = tmp_path_factory.mktemp("hard") / "office"
    numbers = {name: each.id for name, each in hard_views(root.parent / "names").items()}
    command = [sys.executable, str(TESTS / "support" / "hard_faces.py"), str(root)]
    environment = clean_environment() | {"PYTHONPATH": str(TESTS)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        assert process.stdout
        desk = RunningDesk(root, process.stdout.readline().strip(), process)
        try:
            with visiting(browser, desk, person="") as page:
                ran: list[str] = []
                page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))

                def over(name: str, device: str = "desktop", width: int = 1366, tone: str = "light") -> Page:
                    page.set_viewport_size({"width": width, "height": 768})
                    page.emulate_media(color_scheme=tone)  # type: ignore[arg-type] - light or dark
                    page.goto(f"{desk.url}/face/{numbers[name]}?device={device}")
                    return page

                yield over
                assert ran == []
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize(("width", "device", "tone"), [(1366, "desktop", "light"), (390, "phone", "dark")])
def test_a_face_is_accessible_and_nothing_sticks_out(see: See, name: str, width: int, device: str, tone: str) -> None:
    page = see(name, device, width, tone)

    expect(page.locator(".face .canvas")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_face_can_be_used_at_twice_the_size(see: See) -> None:
    page = see("five-tall", "desktop", 683)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_text("Độ dài", exact=True)).to_be_visible()


def test_what_is_behind_the_fold_opens_by_keyboard(see: See) -> None:
    page = see("no-picture")
    hidden = page.get_by_text("Những vướng mắc thường gặp")

    expect(hidden).to_be_hidden()
    page.locator(".fold summary").focus()
    page.keyboard.press("Enter")

    expect(hidden).to_be_visible()
    expect(page.get_by_text("Thu gọn")).to_be_visible()


def test_pictures_lie_as_facebook_lays_them(see: See) -> None:
    boxes = [
        box
        for tile in see("five-tall").locator(".mosaic .tile").all()
        if (box := tile.bounding_box())
    ]  # fmt: skip
    assert len(boxes) == 5
    first, second, third = boxes[:3]
    assert first["x"] == second["x"] < third["x"]
    assert first["width"] == pytest.approx(first["height"], rel=0.02)
    assert third["width"] == pytest.approx(third["height"] * 1.5, rel=0.02)
    expect(see("seven").locator(".over")).to_have_text("+2")


def test_a_code_that_leads_elsewhere_is_told_when_the_reader_comes_to_it(see: See) -> None:
    page = see("five-tall")

    expect(page.locator("[data-lint=qr-elsewhere]")).to_contain_text("https://khac.example.vn/bay")
    expect(page.locator("[data-lint=cropped]")).to_contain_text("Bảng tin cắt bớt ảnh")


def test_a_picture_is_looked_at_closely_by_keyboard_alone(see: See) -> None:
    page = see("two-wide")
    page.locator(".mosaic a").nth(1).focus()
    page.keyboard.press("Enter")
    stage, board = page.locator(".stage"), page.locator(".board")

    expect(board).to_be_focused()
    assert axe(page) == []
    page.keyboard.press("2")
    expect(stage.locator("img")).to_have_css("width", "2160px")
    before = board.evaluate("board => board.scrollTop")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("at => document.querySelector('.board').scrollTop > at", arg=before)
    page.keyboard.press("-")
    expect(stage.locator("img")).to_have_css("width", "1080px")
    page.keyboard.press("0")
    assert stage.locator("img").bounding_box()["height"] <= 768  # type: ignore[index] - it is to be seen
    page.keyboard.press("Escape")
    expect(stage).to_have_count(0)
    expect(page.locator(".mosaic a").nth(1)).to_be_focused()


def test_a_picture_is_dragged_and_its_safe_area_is_lit(see: See) -> None:
    page = see("two-wide")
    page.locator(".mosaic a").nth(1).click()
    page.wait_for_function("document.querySelector('.stage img').complete")
    page.get_by_role("button", name="200 %").click()
    board = page.locator(".board")
    before = board.evaluate("board => [board.scrollLeft, board.scrollTop]")
    page.mouse.move(700, 500)
    page.mouse.down()
    page.mouse.move(600, 350, steps=4)
    page.mouse.up()

    assert board.evaluate("board => [board.scrollLeft, board.scrollTop]") == [before[0] + 100, before[1] + 150]
    page.get_by_role("button", name="Vùng an toàn").click()
    expect(page.locator(".stage svg[data-zone]")).to_be_visible()
    expect(page.get_by_text("Bảng tin Facebook chỉ hiện phần sáng (40 %)")).to_be_visible()
    page.get_by_role("button", name="Đóng").click()


def test_a_poster_is_seen_at_its_true_size(see: See) -> None:
    page = see("print")

    expect(page.get_by_text("210 × 297 mm · tràn lề 3 mm, có dấu xén")).to_be_visible()
    page.locator(".paper a").click()
    page.get_by_role("button", name="Cỡ thật").click()

    assert page.locator(".stage img").bounding_box()["width"] == pytest.approx(210 * 96 / 25.4, abs=2)  # type: ignore[index]  # it is shown
    page.keyboard.press("Escape")


def test_a_clip_has_its_captions_and_shows_what_is_covered(see: See) -> None:
    page = see("reel", "phone", 390)
    page.wait_for_function("document.querySelector('video').textTracks[0]?.cues?.length === 1")

    assert page.evaluate("document.querySelector('video').textTracks[0].cues[0].text") == "Mời bà con xem clip"
    expect(page.locator(".zone-low")).to_be_hidden()
    page.get_by_role("button", name="Vùng bị che").press("Enter")
    expect(page.locator(".zone-low")).to_be_visible()
    expect(page.get_by_role("button", name="Vùng bị che")).to_have_attribute("aria-pressed", "true")


def test_a_clip_is_played_from_its_beginning_by_keyboard(see: See) -> None:
    page = see("reel")
    clip = page.locator("video")
    page.wait_for_function("document.querySelector('video').currentTime > 0.5")
    clip.evaluate("clip => clip.muted = true")
    clip.focus()
    page.keyboard.press("Space")

    page.wait_for_function("!document.querySelector('video').paused || document.querySelector('video').ended")
    expect(page.locator("video[data-peek]")).to_have_count(0)  # a clip that plays tells of it a moment later


def test_a_long_message_shows_where_operators_cut_it(see: See) -> None:
    page = see("sms", "phone")

    assert page.locator(".cut").count() == 2
    expect(page.locator(".meter")).to_contain_text("trước khi thành 4 phần")
    expect(page.get_by_text("1.404.000 đ")).to_be_visible()
    expect(page.get_by_text("Tin dài hơn số phần của loại tin.")).to_be_visible()


def test_khmer_is_written_in_letters_of_its_own(see: See) -> None:
    page = see("khmer")

    page.wait_for_function(
        "[...document.fonts].some(font => font.family.includes('Khmer') && font.status === 'loaded')"
    )


@pytest.mark.parametrize("channel", ["facebook", "zalo", "portal", "sms"])
def test_no_text_of_the_staff_acts_on_a_page(see: See, channel: str) -> None:
    for number, texts in enumerate(hostile_texts()):
        page = see(f"hostile-{channel}-{number}")
        assert page.evaluate(ACTING) == [], texts


def test_what_is_not_there_is_not_given_out(see: See) -> None:
    page = see("five-tall")
    other = "0" * 64
    asked = ["/face/9999", f"/face/1/stage/{other}", "/face/9999/qr", f"/captions-track/{other}", "/logo/khong-co"]

    statuses = page.evaluate("asked => Promise.all(asked.map(async (each) => (await fetch(each)).status))", asked)
    assert statuses == [404] * len(asked)


@pytest.mark.parametrize("width", [1366])
def test_faces_look_as_they_were_judged(
    browser: Browser, desk: RunningDesk, golden_of: Callable[[Page, str], None], width: int
) -> None:
    shown = {"x": "an-toan-hang-thang", "zalo": "an-toan-hang-thang", "sms": "nhac-to-cong-nghe", "print": "loi-ich"}
    with visiting(browser, desk, width=width, height=768 if width > 390 else 844) as page:
        for channel, item in shown.items():
            page.goto(f"{desk.url}/face/{delivery_of(desk.root, item, channel)}")
            expect(page.get_by_text("Đang đọc mã")).to_have_count(0)
            page.wait_for_function("[...document.images].every((each) => each.complete || each.loading === 'lazy')")
            golden_of(page, f"face-{channel}-{width}")
