"""A proof goes out as a folder, is decided upon in a browser without a network, and comes back as a signed file."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser import Watched, axe
from support.processes import loa

from loa.store import open_book
from loa.store.audit import Wanted, audit_page, verify_audit
from loa.store.screen import deliveries_of

CAMPAIGN = "chuyen-doi-so-10-10"
DAYS = ("--from", "2027-10-03", "--to", "2027-10-03")


@dataclass(frozen=True)
class Sent:
    """A proof that was written, in the office it left."""

    office: Path
    page: Path
    archive: Path


@pytest.fixture(scope="module")
def sent(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """A proof for Hạnh; do not change its office."""
    return _send(Path(shutil.copytree(made, tmp_path_factory.mktemp("proof") / "office")))


def _send(office: Path) -> Sent:
    out = office.parent / "di duyệt"
    done = loa("proof", CAMPAIGN, "--for", "hanh", *DAYS, "--out", out, "--zip", "--json", cwd=office)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    return Sent(office, Path(told["page"]), Path(told["zip"]))


@contextmanager
def _opened(browser: Browser, page: Path, *, width: int = 1366, dark: bool = False) -> Iterator[Page]:
    """The page from the disk; at the end it has asked nobody, and complained of nothing."""
    context = browser.new_context(
        viewport={"width": width, "height": 768}, color_scheme="dark" if dark else "light", locale="vi-VN"
    )
    shown, watched = context.new_page(), Watched()
    shown.set_default_timeout(30_000)
    watched.over(shown, "file://")
    shown.goto(page.as_uri())
    try:
        yield shown
        assert (watched.foreign, watched.errors) == ([], [])
    finally:
        context.close()


def _decide(page: Page, place: int, choice: str, note: str = "") -> None:
    verdict = page.locator("[data-verdict]").nth(place)
    verdict.get_by_role("radio", name=choice).check()
    if note:
        verdict.get_by_label("Lý do hoặc ghi chú").fill(note)


def _save(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Lưu tệp ý kiến").click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


@pytest.fixture(scope="module")
def answer(browser: Browser, sent: Sent, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Hạnh saves: the first approved, the second returned, the third remarked on its picture."""
    with _opened(browser, sent.page) as page:
        expect(page.get_by_role("button", name="Lưu tệp ý kiến")).to_be_disabled()
        _decide(page, 0, "Duyệt")
        _decide(page, 1, "Trả lại")
        assert page.get_by_role("button", name="Lưu tệp ý kiến").is_disabled(), "a return without a reason"
        _decide(page, 1, "Trả lại", "Thiếu nguồn số liệu")
        third = page.locator("[data-verdict]").nth(2)
        third.locator("xpath=ancestor::article").locator("a.open").first.click()
        page.get_by_role("group", name="Ảnh.").press("ArrowRight")
        page.get_by_label("Góp ý vào chỗ đánh dấu").fill("Chữ <b>nhỏ</b> quá")
        page.get_by_role("button", name="Thêm góp ý").click()
        expect(third).to_contain_text("Chữ <b>nhỏ</b> quá")
        page.reload()
        expect(page.locator("#done"), "opinions are kept over a visit").to_contain_text("Đã có ý kiến 3/")
        found = _save(page, tmp_path_factory.mktemp("downloads"))
    assert found.name == f"y-kien-{CAMPAIGN}-nguyen-thi-hanh.loa.json"
    return found


def _take_in(office: Path, file: Path, officer: str = "vinh") -> tuple[int, str]:
    done = loa("approve", "--from", file, "--as", officer, "--json", cwd=office)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(sent: Sent, tmp_path: Path) -> Path:
    """The office that sent the proof, for a test to change."""
    return Path(shutil.copytree(sent.office, tmp_path / "copy"))


def test_what_was_decided_in_the_folder_is_recorded_in_the_book_once(copy: Path, answer: Path) -> None:
    code, told = _take_in(copy, answer)
    assert code == 0, told
    found = json.loads(told)
    assert (found["reviewer"], found["officer"]) == ("hanh", "vinh")
    assert [each["outcome"] for each in found["results"]] == ["approved", "returned", "remarked"]

    code, told = _take_in(copy, answer)
    assert code == 1
    assert "E837" in told
    assert "Trần Quang Vinh" in told


def test_the_log_names_the_reviewer_and_who_took_the_file_in(copy: Path, answer: Path) -> None:
    assert _take_in(copy, answer)[0] == 0
    with open_book(copy / "var" / "book.sqlite").read() as connection:
        rows = audit_page(connection, Wanted())
        assert list(verify_audit(connection)) == []
    newest, *deeds = rows[:4]
    assert (newest.deed, newest.person_name) == ("take in", "Trần Quang Vinh")
    assert {each.person_name for each in deeds} == {"Nguyễn Thị Hạnh"}
    assert {each.words["taken in by"] for each in deeds} == {"Trần Quang Vinh"}
    assert all(each.origin.startswith("proof ") for each in deeds)


CHANGED: dict[str, tuple[Callable[[str], str], str]] = {
    "another note": (lambda text: text.replace("Thiếu nguồn", "Thừa nguồn"), "E835"),
    "another decision": (
        lambda text: text.replace('\\"decision\\":\\"return\\"', '\\"decision\\":\\"approve\\"'),
        "E835",
    ),
    "half of it": (lambda text: text[: len(text) // 2], "E833"),
    "one key more": (lambda text: text.replace('"form"', '"more": 1, "form"'), "E833"),
    "no object": (lambda _: "[]", "E833"),
    "deeper than a stack": (lambda _: "[" * 100_000, "E833"),
    "too long": (lambda text: text + " " * 5_000_000, "E833"),
}


def test_a_file_that_was_changed_on_the_way_is_refused_and_changes_nothing(
    copy: Path, answer: Path, tmp_path: Path
) -> None:
    true, bad = answer.read_text("utf-8"), tmp_path / "bad.loa.json"
    book = copy / "var" / "book.sqlite"
    before = _log_of(book)
    for name, (change, code) in CHANGED.items():
        assert change(true) != true, name
        bad.write_text(change(true), "utf-8")
        exit_code, told = _take_in(copy, bad)
        assert exit_code == 1, name
        assert code in told, name
        assert "Traceback" not in told, name
        assert _log_of(book) == before, name
    assert _take_in(copy, answer)[0] == 0, "the true file is still taken"
    assert _log_of(book) != before


def _log_of(book: Path) -> list[tuple[str, str]]:
    """Who did what, newest first."""
    with open_book(book).read() as connection:
        return [(row.deed, row.target) for row in audit_page(connection, Wanted())]


def test_nobody_who_is_not_listed_takes_a_file_in(copy: Path, answer: Path) -> None:
    code, told = _take_in(copy, answer, "nguoi-la")
    assert code == 1
    assert "E501" in told


def test_a_file_of_another_book_is_refused(made: Path, answer: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(made, tmp_path / "other"))
    code, told = _take_in(other, answer)
    assert code == 1
    assert "E834" in told


def test_nothing_is_decided_about_content_that_has_changed_since(copy: Path, answer: Path) -> None:
    path = copy / "campaigns" / f"{CAMPAIGN}.yaml"
    signed = json.loads(json.loads(answer.read_text("utf-8"))["signed"])
    with open_book(copy / "var" / "book.sqlite").read() as connection:
        row = deliveries_of(connection, [signed["opinions"][0]["id"]])[0]
    item = row.labels["item"]
    text = path.read_text("utf-8")
    assert item in text
    path.write_text(text.replace(item, f"{item} (bản mới)"), "utf-8")
    code, told = _take_in(copy, answer)

    assert code == 0, told
    outcomes = {each["id"]: each["outcome"] for each in json.loads(told)["results"]}
    assert outcomes[row.id] == "changed"


def test_the_zip_holds_all_that_the_page_names_under_names_that_windows_takes(sent: Sent) -> None:
    with zipfile.ZipFile(sent.archive) as archive:
        names = archive.namelist()
    assert {f"{sent.page.parent.name}/{name}" for name in ("index.html", "english.html", "tong-hop.pdf")} <= set(names)
    for name in names:
        inside = name.partition("/")[2]
        assert (sent.page.parent / inside).is_file()
        assert inside.isascii()
        assert not set(inside) & set('<>:"|?*\\')
        assert len(inside) < 60


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1366, 390])
def test_the_page_is_usable_by_everybody(browser: Browser, sent: Sent, width: int, *, dark: bool) -> None:
    with _opened(browser, sent.page, width=width, dark=dark) as page:
        assert axe(page, preload=False) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        _decide(page, 0, "Trả lại")
        page.locator("a.open").first.click()
        assert axe(page, preload=False) == []
        page.keyboard.press("Escape")
        expect(page.locator("#look")).to_be_hidden()
    with _opened(browser, sent.page.with_name("english.html"), width=width, dark=dark) as page:
        expect(page.get_by_role("button", name="Save opinions")).to_be_visible()


@pytest.mark.parametrize("width", [1366, 390])
def test_a_proof_looks_as_it_was_judged(
    browser: Browser, sent: Sent, golden_of: Callable[[Page, str], None], width: int
) -> None:
    with _opened(browser, sent.page, width=width) as page:
        page.wait_for_function("[...document.images].every((each) => each.complete || each.loading === 'lazy')")
        golden_of(page, f"proof-{width}")
