"""Templates and brands as a designer of an office meets them: looking, checking, changing, and the live page."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from support.office import make_office, replace_in
from support.processes import clean_environment, loa
from support.warm import start_warm

CHI_SO = "infographics/chi-so"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_office(tmp_path / "office")


def own_copy(office: Path, name: str = CHI_SO) -> Path:
    """The office's own version of a template."""
    assert loa("template", "new", name, "--from", CHI_SO, cwd=office).returncode == 0
    return office / "templates" / name


def change(path: Path, pattern: str, after: str) -> None:
    """Change the first thing of this pattern; it must be there."""
    text, count = re.subn(pattern, after, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1
    path.write_text(text, encoding="utf-8")


# -- looking


def test_the_list_tells_each_template_with_its_kinds_and_formats(office: Path) -> None:
    told = {each["name"]: each for each in json.loads(loa("template", "list", "--json", cwd=office).stdout)}

    assert told[CHI_SO]["kinds"] == ["picture", "document"]
    assert {"square", "story", "a3", "banner"} <= set(told[CHI_SO]["formats"])
    assert told["clips/con-so"]["kinds"] == ["clip"]
    assert told["audio/ban-tin-loa"]["kinds"] == ["document", "audio"]
    assert CHI_SO in loa("template", "list", cwd=office).stdout


def test_a_template_that_is_broken_is_told_and_the_others_are_listed(office: Path) -> None:
    change(own_copy(office, "infographics/hong") / "template.yaml", r"^title: ", "titel: ")
    done = loa("template", "list", cwd=office)

    assert done.returncode == 1
    assert CHI_SO in done.stdout
    assert re.search(r"templates/infographics/hong/template\.yaml:\d+:1 \[E131\]", done.stderr)


def test_show_tells_fields_formats_and_an_example_that_loa_check_accepts(office: Path) -> None:
    shown = loa("template", "show", CHI_SO, cwd=office).stdout
    assert "bắt buộc" in shown
    assert "1080×1920" in shown
    assert "297×420 mm" in shown
    example = shown.split("make:\n")[1].replace("ma-so-lieu", "truc-tuyen")
    campaign = office / "campaigns" / "thu-nghiem.yaml"
    text = campaign.read_text("utf-8")
    start, end = text.index("      - id: hinh"), text.rindex("    send:")
    indented = "".join(f"    {line}\n" for line in example.rstrip().split("\n"))
    campaign.write_text(text[:start] + indented + text[end:].replace("hinh/square", "an-pham/square"), encoding="utf-8")

    assert loa("check", cwd=office).returncode == 0


def test_an_unknown_template_is_said(office: Path) -> None:
    for verb in ("show", "check", "preview"):
        done = loa("template", verb, "infographics/khong-co", cwd=office)
        assert done.returncode == 1
        assert "[E401]" in done.stderr, verb


# -- checking


def test_check_lays_out_every_format_plain_and_for_elder_readers(office: Path) -> None:
    done = loa("template", "check", "clips/con-so", cwd=office)

    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"1 mẫu, \d+ bố cục", done.stdout)


def test_check_tells_the_line_whose_words_do_not_fit(office: Path) -> None:
    preview = own_copy(office) / "preview.yaml"
    change(preview, r"label: [^,}]+", "label: " + "hồ sơ trả kết quả đúng hạn " * 20)
    done = loa("template", "check", CHI_SO, cwd=office)

    line = next(n for n, text in enumerate(preview.read_text("utf-8").split("\n"), 1) if "đúng hạn hồ sơ" in text)
    assert done.returncode == 1
    assert re.search(rf"templates/infographics/chi-so/preview\.yaml:{line}:\d+ \[E431\]", done.stderr)


def test_a_missing_field_is_told_at_the_data(office: Path) -> None:
    change(own_copy(office) / "preview.yaml", r"^  title: ", "  kicker2: ")
    done = loa("template", "check", CHI_SO, cwd=office)

    assert re.search(r"templates/infographics/chi-so/preview\.yaml:\d+:1 \[E403\]", done.stderr)


# -- a template of one's own


def test_a_new_template_is_a_copy_in_the_workspace_that_can_be_used_at_once(office: Path) -> None:
    done = loa("template", "new", "infographics/chi-so-xa", "--from", CHI_SO, cwd=office)

    assert (done.returncode, done.stdout.split("\n")[0]) == (0, "templates/infographics/chi-so-xa")
    replace_in(office / "campaigns" / "thu-nghiem.yaml", f"template: {CHI_SO}", "template: infographics/chi-so-xa")
    assert loa("check", cwd=office).returncode == 0


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("clips/chi-so", "E491"),
        ("infographics/Chỉ Số", "E491"),
        ("infographics/../../x", "E491"),
        ("chi-so", "E491"),
        (CHI_SO, "E492"),
    ],
)
def test_a_new_template_needs_a_name_of_its_kind_that_is_free(office: Path, name: str, code: str) -> None:
    own_copy(office)
    done = loa("template", "new", name, "--from", CHI_SO, cwd=office)

    assert done.returncode == 1
    assert f"[{code}]" in done.stderr


# -- looking once


def test_once_writes_a_picture_of_each_format_and_a_page_that_opens_without_a_server(office: Path) -> None:
    done = loa("template", "preview", CHI_SO, "--format", "square", "--format", "a5", "--once", "xem", cwd=office)
    page = (office / "xem" / "index.html").read_text("utf-8")

    assert done.returncode == 0, done.stdout
    with Image.open(office / "xem" / "infographics-chi-so" / "square.jpg") as picture:
        assert picture.size == (1080, 1080)
    assert (office / "xem" / "infographics-chi-so" / "a5.jpg").is_file()
    assert 'src="infographics-chi-so/square.jpg"' in page
    assert "<script" not in page
    assert not re.search(r"https?://", page)


def test_once_shows_the_variant_the_brand_and_the_data_that_are_asked_for(office: Path) -> None:
    preview = own_copy(office) / "preview.yaml"
    shutil.copyfile(preview, office / "khac.yaml")
    change(office / "khac.yaml", r"^  title: .+$", "  title: Cả xã cùng làm")
    base = ("template", "preview", CHI_SO, "--format", "square", "--once")
    for folder, more in (
        ("thuong", ()),
        ("gia", ("--variant", "elder")),
        ("tre", ("--brand", "tre-xanh")),
        ("khac", ("--data", "khac.yaml")),
    ):
        loa(*base, folder, *more, cwd=office)
    pictures = {path.read_bytes() for path in office.glob("*/infographics-chi-so/square*.jpg")}

    assert len(pictures) == 4
    assert (office / "gia" / "infographics-chi-so" / "square-elder.jpg").is_file()


def test_what_is_wrong_is_painted_all_the_same_and_told_beside_the_picture(office: Path) -> None:
    preview = own_copy(office) / "preview.yaml"
    change(preview, r"label: [^,}]+", "label: " + "hồ sơ trả kết quả đúng hạn " * 20)
    done = loa("template", "preview", CHI_SO, "--format", "square", "--once", "xem", cwd=office)
    page = (office / "xem" / "index.html").read_text("utf-8")

    assert done.returncode == 1
    assert (office / "xem" / "infographics-chi-so" / "square.jpg").is_file()
    assert "preview.yaml:" in page
    assert "[E431]" in page


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--brand", "khong-co"), "E420"), (("--data", "khong-co.yaml"), "E101"), (("--format", "khong-co"), "E402")],
)
def test_what_is_asked_for_and_is_not_there_is_said(office: Path, words: tuple[str, ...], code: str) -> None:
    done = loa("template", "preview", CHI_SO, *words, "--once", "xem", cwd=office)
    page = office / "xem" / "index.html"

    assert done.returncode == 1
    assert f"[{code}]" in done.stderr + (page.read_text("utf-8") if page.is_file() else "")


# -- the live page


class Page:
    """The live page as its browser hears it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._stream = urllib.request.urlopen(f"{url}events?template={CHI_SO}", timeout=60)

    def round(self) -> list[dict[str, Any]]:
        """The events up to the end of the next look."""
        events = []
        while not events or events[-1]["kind"] not in ("end", "broken"):
            line = self._stream.readline().decode()
            assert line, "the stream has ended"
            if line.startswith("data: "):
                events.append(json.loads(line.removeprefix("data: ")))
        return events

    def picture(self, name: str) -> bytes:
        with urllib.request.urlopen(f"{self.url}picture/{name}", timeout=20) as answer:
            assert answer.headers["content-type"] == "image/jpeg"
            return bytes(answer.read())

    def close(self) -> None:
        self._stream.close()


@contextmanager
def live(office: Path, *words: str) -> Iterator[str]:
    """A server of the live page and its address; Ctrl+C ends it."""
    command = ["loa", "template", "preview", CHI_SO, "--port", "0", *words]
    server = start_warm(command, office, clean_environment(), stdout=subprocess.PIPE, stderr=2, text=True)
    assert server.stdout is not None
    try:
        yield re.findall(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())[0]
    finally:
        server.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        assert server.wait(20) == 0 or os.name == "nt"
        server.stdout.close()


@pytest.fixture
def designer(office: Path) -> Iterator[tuple[Path, Page]]:
    """The folder of an own template, and the live page that shows it in two formats."""
    folder = own_copy(office)
    with live(office, "--format", "square", "--format", "a5") as url:
        page = Page(url)
        yield folder, page
        page.close()


def looks(events: list[dict[str, Any]]) -> dict[str, str]:
    return {event["format"]: event["picture"] for event in events if event["kind"] == "look"}


def test_a_save_brings_new_pictures(designer: tuple[Path, Page]) -> None:
    folder, page = designer
    before = looks(page.round())
    change(folder / "preview.yaml", r"^  title: .+$", "  title: Cả xã cùng làm")
    after = looks(page.round())

    assert list(before) == list(after) == ["square", "a5"]
    assert all(before[form] != after[form] for form in before)
    assert page.picture(after["square"]) != page.picture(before["square"])


@pytest.mark.parametrize("name", ["template.yaml", "preview.yaml"])
def test_a_slip_is_told_with_its_line_and_the_last_good_picture_stays(designer: tuple[Path, Page], name: str) -> None:
    folder, page = designer
    good = looks(page.round())
    text = (folder / name).read_text("utf-8")
    (folder / name).write_text(text + "sai: x\n", encoding="utf-8")
    (told,) = page.round()
    line = text.count("\n") + 1

    assert told["kind"] == "broken"
    assert any(each["where"].startswith(f"templates/{CHI_SO}/{name}:{line}:") for each in told["problems"])
    assert all(each["message"] and each["remedy"] for each in told["problems"])
    assert page.picture(good["square"])
    (folder / name).write_text(text, encoding="utf-8")
    assert looks(page.round()) == good


def test_the_brand_and_the_shared_parts_are_followed_too(office: Path, designer: tuple[Path, Page]) -> None:
    _, page = designer
    seen = [looks(page.round())]
    (office / "templates" / "brand.yaml").write_text('colors: {deep: "#3A0A50"}\n', encoding="utf-8")
    seen.append(looks(page.round()))
    shared = Path(__file__).parents[2] / "templates" / "shared.yaml"
    own = office / "templates" / "shared.yaml"
    own.write_text(shared.read_text("utf-8").replace("{{ slogan }}", "{{ slogan }}!"), encoding="utf-8")
    seen.append(looks(page.round()))

    assert len({each["square"] for each in seen}) == 3


def test_the_page_is_for_this_machine_alone(office: Path) -> None:
    with live(office) as url:
        with urllib.request.urlopen(url, timeout=20) as answer:
            rules = answer.headers["content-security-policy"]
            page = answer.read().decode()
        refused = [
            _status(url, path, headers)
            for path in ("", "events", "picture/0", "live.js")
            for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}, CROSS)
        ]
        unknown = [
            _status(url, f"events?{query}", {})
            for query in ("template=../../../etc", "brand=khong-co", "variant=khac", "template=infographics/khong-co")
        ]

    assert set(refused) == {403}
    assert set(unknown) == {404}
    assert rules.startswith("default-src 'none'")
    assert "unsafe" not in rules
    assert not re.search(r"(src|href)=\"https?:", page)


CROSS = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}


def _status(url: str, path: str, headers: dict[str, str]) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url + path, headers=headers), timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_the_live_page_offers_every_template_variant_and_brand(office: Path) -> None:
    with live(office) as url, urllib.request.urlopen(url, timeout=20) as answer:
        page = answer.read().decode()

    for value in (CHI_SO, "clips/con-so", "elder", "tre-xanh"):
        assert f'<option value="{value}"' in page


# -- brands


def test_a_brand_of_one_colour_reads_everywhere_and_dresses_a_template(office: Path) -> None:
    made = loa("brand", "new", "tinh-mau", "--primary", "#0B6B3A", cwd=office)
    checked = loa("brand", "check", "tinh-mau", cwd=office)

    assert (made.returncode, checked.returncode, checked.stderr) == (0, 0, "")
    text = (office / "templates" / "brands" / "tinh-mau.yaml").read_text("utf-8")
    assert re.search(r'primary: +"#0B6B3A"', text), "the office's own colour is kept as it is"


def test_a_colour_that_cannot_be_read_is_told_with_one_that_can(office: Path) -> None:
    folder = office / "templates" / "brands"
    folder.mkdir(parents=True)
    (folder / "nhat.yaml").write_text('colors:\n  muted: "#A9B4C6"\n', encoding="utf-8")
    done = loa("brand", "check", "nhat", cwd=office)
    better = re.findall(r"Đổi muted #A9B4C6 thành (#[0-9A-F]{6})", done.stderr)

    assert done.returncode == 1
    assert "templates/brands/nhat.yaml:2:10 [E493]" in done.stderr
    (folder / "nhat.yaml").write_text(f'colors:\n  muted: "{better[0]}"\n', encoding="utf-8")
    assert loa("brand", "check", "nhat", cwd=office).returncode == 0


def test_loa_check_reads_the_colours_of_the_brand_in_use(office: Path) -> None:
    folder = office / "templates" / "brands"
    folder.mkdir(parents=True)
    (folder / "nhat.yaml").write_text('colors:\n  muted: "#A9B4C6"\n', encoding="utf-8")
    assert loa("check", cwd=office).returncode == 0
    replace_in(office / "loa.yaml", "body:", "brand: nhat\nbody:")
    done = loa("check", cwd=office)

    assert done.returncode == 1
    assert "[E493]" in done.stderr


def test_a_gradient_of_no_colour_stops_the_render_with_its_place(office: Path) -> None:
    (office / "templates").mkdir()
    (office / "templates" / "brand.yaml").write_text("gradients:\n  header: {from: khong-co, to: deep}\n", "utf-8")
    done = loa("template", "check", CHI_SO, cwd=office)

    assert "templates/brand.yaml:2:18 [E494]" in done.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("tinh-mau", "--primary", "xanh"), "E495"),
        (("tinh-mau", "--primary", "#0B6B3A", "--highlight", "#12"), "E495"),
        (("Tỉnh Mẫu", "--primary", "#0B6B3A"), "E496"),
        (("../x", "--primary", "#0B6B3A"), "E496"),
        (("tinh-mau", "--primary", "#0B6B3A", "--logo", "logo.png"), "E498"),
        (("co-roi", "--primary", "#0B6B3A"), "E492"),
    ],
)
def test_a_new_brand_needs_a_free_name_and_real_colours(office: Path, words: tuple[str, ...], code: str) -> None:
    assert loa("brand", "new", "co-roi", "--primary", "#123456", cwd=office).returncode == 0
    done = loa("brand", "new", *words, cwd=office)

    assert done.returncode == 1
    assert f"[{code}]" in done.stderr


@pytest.mark.parametrize(
    ("file", "before", "after", "where"),
    [
        ("loa.yaml", "body:", "brand: tre-xnah\nbody:", r"loa\.yaml:1:8"),
        ("loa.yaml", "code: tinh-mau,", "code: tinh-mau, brand: tre-xnah,", r"loa\.yaml:\d+:\d+"),
        (
            "campaigns/thu-nghiem.yaml",
            "formats: [square]",
            "formats: [square]\n        brand: tre-xnah",
            r"thu-nghiem\.yaml:\d+:16",
        ),
    ],
)
def test_a_brand_that_is_not_there_is_told_where_it_is_named(
    office: Path, file: str, before: str, after: str, where: str
) -> None:
    replace_in(office / file, before, after)
    done = loa("check", cwd=office)

    assert done.returncode == 1
    assert re.search(rf"{where} \[E420\].*tre-xanh", done.stderr)


# -- in a campaign


def test_print_is_made_beside_the_posts_and_copied_out_under_names_for_people(office: Path) -> None:
    replace_in(office / "campaigns" / "thu-nghiem.yaml", "formats: [square]", "formats: [square, a3]")
    started = time.monotonic()
    span = ("--from", "2027-02-28", "--to", "2027-03-31")
    done = loa("render", *span, "--out", "giao", cwd=office)
    files = sorted(path.relative_to(office / "giao").as_posix() for path in (office / "giao").rglob("*.*"))

    assert done.returncode == 0, (done.stderr, time.monotonic() - started)
    assert files == ["thu-nghiem/tin-ba/tinh-mau/hinh-a3.pdf", "thu-nghiem/tin-ba/tinh-mau/hinh-square.jpg"]
    assert (office / "giao" / files[0]).read_bytes().startswith(b"%PDF-")
    assert "2 ấn phẩm chưa được duyệt" in done.stdout
    loa("proof", "thu-nghiem", "--out", "trang", cwd=office)
    page = (office / "trang" / "index.html").read_text("utf-8")
    assert "Làm kèm tin này" in page
    assert re.search(r'<a href="tep/[0-9a-f]{16}\.pdf"', page)
    assert re.search(r'<img [^>]*src="tep/[0-9a-f]{16}-xem\.jpg"', page)


def test_files_that_reviewers_approved_are_handed_out_without_a_word(office: Path) -> None:
    replace_in(office / "campaigns" / "thu-nghiem.yaml", "formats: [square]", "formats: [square, a5]")
    span = ("--from", "2027-02-28", "--to", "2027-03-31")
    loa("render", *span, cwd=office)
    loa("approve", "thu-nghiem", "--as", "lan", cwd=office)
    done = loa("render", *span, "--out", "giao", cwd=office)

    assert "Đã chép 2 tệp vào giao" in done.stdout
    assert "chưa được duyệt" not in done.stdout


def test_a_change_of_the_print_alone_drops_the_approval_of_the_post_that_brings_it(office: Path) -> None:
    path = office / "campaigns" / "thu-nghiem.yaml"
    poster = "{id: in, template: documents/ap-phich, formats: [a3], data: {title: Làm thủ tục tại nhà}}"
    replace_in(path, "    send:\n      facebook: {asset", f"      - {poster}\n    send:\n      facebook: {{asset")
    span = ("--from", "2027-02-28", "--to", "2027-03-31")
    loa("render", *span, cwd=office)
    loa("approve", "thu-nghiem", "--as", "lan", cwd=office)
    own = office / "templates" / "documents" / "ap-phich"
    loa("template", "new", "documents/ap-phich", "--from", "documents/ap-phich", cwd=office)
    replace_in(own / "template.yaml", "title:", "# đổi\ntitle:")
    loa("render", *span, cwd=office)

    assert json.loads(loa("status", "--json", cwd=office).stdout)["counts"]["awaiting_approval"] == 1


def test_a_channel_refuses_print_at_check_with_the_place(office: Path) -> None:
    path = office / "campaigns" / "thu-nghiem.yaml"
    replace_in(path, "formats: [square]", "formats: [a3]")
    replace_in(path, "hinh/square", "hinh/a3")
    done = loa("check", cwd=office)

    assert done.returncode == 1
    assert re.search(r"campaigns/thu-nghiem\.yaml:\d+:\d+ \[E499\].*Facebook.*hinh/a3", done.stderr)


def test_the_variant_and_the_brand_of_a_make_change_its_picture_and_drop_its_approval(office: Path) -> None:
    span = ("--from", "2027-02-28", "--to", "2027-03-31")
    loa("render", *span, cwd=office)
    path = office / "campaigns" / "thu-nghiem.yaml"
    pictures = {_picture(office)}
    for more in ("variant: elder", "brand: tre-xanh"):
        loa("approve", "thu-nghiem", "--as", "lan", cwd=office)
        replace_in(path, "formats: [square]", f"formats: [square]\n        {more}")
        told = json.loads(loa("render", *span, "--json", cwd=office).stdout)
        assert len(told["assets"]) == 1
        pictures.add(_picture(office))
        status = json.loads(loa("status", "--json", cwd=office).stdout)
        assert status["counts"]["awaiting_approval"] == 1

    assert len(pictures) == 3


def _picture(office: Path) -> str:
    """The hash of the picture that the plan holds now."""
    page = loa("proof", "thu-nghiem", "--out", "trang", cwd=office) and (office / "trang" / "index.html").read_text(
        "utf-8"
    )
    return re.findall(r'src="tep/([0-9a-f]{16})\.jpg"', page)[-1]


def test_the_brand_of_a_unit_comes_before_that_of_the_workspace(office: Path) -> None:
    span = ("--from", "2027-02-28", "--to", "2027-03-31")
    loa("render", *span, cwd=office)
    plain = _picture(office)
    loa("brand", "new", "do", "--primary", "#A01222", cwd=office)
    replace_in(office / "loa.yaml", "body:", "brand: do\nbody:")
    loa("render", *span, cwd=office)
    of_the_workspace = _picture(office)
    settings = office / "loa.yaml"
    settings.write_text(
        re.sub(r"(code: tinh-mau,)", r"\1 brand: tre-xanh,", settings.read_text("utf-8"), count=1), encoding="utf-8"
    )
    loa("render", *span, cwd=office)

    assert len({plain, of_the_workspace, _picture(office)}) == 3
