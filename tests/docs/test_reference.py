"""The reference pages say what the program says, and every link leads somewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from loa.cli.verbs import build, every_verb
from loa.messages import catalogue_entries
from publishers import REGISTRY

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md"])
SECTIONS = (
    "Nhận gì",
    "Giới hạn",
    "Khai báo",
    "Khi chưa rõ kết quả",
    "Lỗi thường gặp",
    "Điều chưa chắc chắn",
    "Phiếu chất lượng",
)
GUIDES = {"zalo-dang-nhap": "zalo", "sms-tong-dai": "sms"}
"""Pages that lead through one step of a channel, and the channel's page that leads there."""
LINK = re.compile(r"\]\(([^)\s]+)\)|<img[^>]+src=\"([^\"]+)\"")
WEB = ("http://", "https://", "mailto:")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def headings(path: Path) -> list[str]:
    return re.findall(r"^#{1,6} +(.+?) *$", re.sub(r"```.*?```", "", read(path), flags=re.DOTALL), flags=re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """The addresses of a page's headings, the way GitHub makes them."""
    made = ("".join(sign for sign in each.lower() if sign.isalnum() or sign in " -_") for each in headings(path))
    return {each.replace(" ", "-") for each in made}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reference")
    # English is asked for on purpose: the pages are Vietnamese whatever the language in force is.
    environment = {**os.environ, "LOA_LANG": "en"}
    subprocess.run([sys.executable, DOCS / "write_reference.py", folder], check=True, env=environment, cwd=ROOT)
    return folder


@pytest.mark.parametrize("name", ["errors.md", "commands.md"])
def test_generated_pages_are_up_to_date(name: str, fresh: Path) -> None:
    assert (DOCS / name).read_bytes() == (fresh / name).read_bytes(), "run: python docs/write_reference.py"


def test_every_code_has_one_heading_and_no_heading_is_left_over() -> None:
    told = [each for each in headings(DOCS / "errors.md") if re.fullmatch(r"E\d{3}", each)]
    assert sorted(told) == [code for code, _ in catalogue_entries()]


def test_every_verb_has_its_heading() -> None:
    told = [each.removeprefix("loa ") for each in headings(DOCS / "commands.md") if each.startswith("loa ")]
    assert told == [name for name, _ in every_verb(build())]


def test_every_channel_has_its_page_and_no_page_is_left_over() -> None:
    pages = {path.stem for path in (DOCS / "channels").glob("*.md")}
    assert pages - GUIDES.keys() == set(REGISTRY)
    for guide, channel in GUIDES.items():
        assert f"]({guide}.md" in read(DOCS / "channels" / f"{channel}.md")


@pytest.mark.parametrize("channel", REGISTRY)
def test_a_channel_page_tells_what_its_card_asks(channel: str) -> None:
    card, path = REGISTRY[channel].card, DOCS / "channels" / f"{channel}.md"
    text, told = read(path), headings(path)
    assert told[0] == f"{card.name_vi} (`{channel}`)"
    assert tuple(each for each in told if each in SECTIONS) == SECTIONS
    for name in card.account_settings:
        assert f"`settings.{name}`" in text
    for name in (*card.account_secrets, *card.optional_secrets):
        assert f"`secrets.{name}`" in text
    for option in card.options:
        assert option.name.removesuffix("*") in text
    for name, default in card.host_settings:
        row = next(line for line in text.splitlines() if line.startswith(f"| `{name}` |"))
        assert (f"`{default}`" if default else "(trống") in row


@pytest.mark.parametrize("gateway", REGISTRY["sms"].card.variants)
def test_each_gateway_has_its_section_with_what_its_card_asks(gateway: str) -> None:
    card = REGISTRY["sms"].card.variants[gateway]
    page = read(DOCS / "channels" / "sms-tong-dai.md")
    section = re.split(rf"^## .+ \(`{gateway}`\)$", page, flags=re.MULTILINE)[1].partition("\n## ")[0]
    named = [f"`settings.{each}`" for each in card.account_settings] + [
        f"`secrets.{each}`" for each in card.account_secrets
    ]
    assert [each for each in named if f"| {each} | có |" not in section] == []
    defaults = dict(card.host_settings)
    for name in (f"{gateway}_host", "parts_per_second"):
        assert f"| `{name}` | `{defaults[name]}` |" in section
    if card.read_back == "key":
        assert f"{card.key_life.total_seconds() / 3600:g} giờ" in section
    elif card.read_back == "none":
        assert "không tra lại được" in section
    else:
        *first, last = (f"{each.total_seconds() / 60:g}" for each in card.look_ups)
        assert f"sau {', '.join(first)} và {last} phút" in section


@pytest.mark.parametrize("channel", REGISTRY)
def test_a_channel_page_tells_the_limits_of_its_card(channel: str) -> None:
    card = REGISTRY[channel].card
    limits = read(DOCS / "channels" / f"{channel}.md").partition("## Giới hạn")[2].partition("\n## ")[0]
    for most in (card.max_length, card.max_title, card.max_summary):
        assert not most or re.search(rf"(?<![\d.]){most:,}(?![\d.])".replace(",", r"\."), limits)
    for rule in card.media:
        assert f"{rule.max_bytes // 1_000_000} MB" in limits
        if rule.max_seconds:
            assert f"{rule.min_seconds:g}–{rule.max_seconds:g} giây".replace(".", ",") in limits


@pytest.mark.parametrize("channel", REGISTRY)
def test_look_up_times_are_those_of_the_card(channel: str) -> None:
    card = REGISTRY[channel].card
    section = read(DOCS / "channels" / f"{channel}.md").partition("## Khi chưa rõ kết quả")[2].partition("\n## ")[0]
    if card.read_back == "key":
        assert f"{card.key_life.total_seconds() / 3600:g} giờ" in section
    elif card.read_back == "none":
        assert card.by_hand or "không tra lại được" in section
    else:
        *first, last = (f"{each.total_seconds() / 60:g}" for each in card.look_ups)
        assert f"sau {', '.join(first)} và {last} phút" in section


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_to_files_and_headings_that_exist(page: Path) -> None:
    for found in LINK.finditer(without_code(read(page))):
        target = found[1] or found[2]
        if target.startswith(WEB):
            continue
        name, _, heading = target.partition("#")
        other = (page.parent / name).resolve() if name else page
        assert other.is_relative_to(ROOT), target
        assert other.exists(), target
        if heading and other.suffix == ".md":
            assert heading in anchors(other), target


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_in_pages_name_verbs_that_exist(page: Path) -> None:
    door = build()
    verbs = {verb.name for verb in door.registered_commands}
    rooms = door.registered_groups
    inner = {room.name: {verb.name for verb in room.typer_instance.registered_commands} for room in rooms}
    text = read(page)
    blocks = re.findall(r"```(?:sh|bash|console)\n(.*?)```", text, flags=re.DOTALL)
    spans = re.findall(r"`((?:uv run )?loa [^`\n]+)`", text)
    for line in [line for block in blocks for line in block.splitlines()] + spans:
        if found := re.match(r"(?:\$ )?(?:uv run )?loa (\S+)(?: (\S+))?", line.strip()):
            assert found[1] in verbs | inner.keys() | {"LỆNH", "--help", "--lang"}, line
            assert found[1] not in inner or found[2] in inner[found[1]], line


def test_secrets_never_stand_in_the_pages() -> None:
    for page in PAGES:
        assert not re.search(r"EAA[A-Za-z0-9]{20}|AAAA[A-Za-z0-9%]{40}", read(page)), page.name


@pytest.mark.parametrize("channel", REGISTRY)
def test_every_rule_of_a_quality_card_is_done_or_exempt_for_a_reason_or_to_do(channel: str) -> None:
    card = read(DOCS / "channels" / f"{channel}.md").partition("## Phiếu chất lượng")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in card.splitlines() if line.startswith("|")][2:]
    assert len(rows) >= 5
    for rule, state in rows:
        found = re.fullmatch(r"(đạt|miễn|phải làm)(?:[,:;. (]+(.+))?", state.strip())
        assert found, f"{rule}: {state}"
        assert found[2] or found[1] == "đạt", f"{rule}: a reason is wanted"
