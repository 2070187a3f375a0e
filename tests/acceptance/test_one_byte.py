"""At the door that staff use: one byte changed after approval, nothing goes out, and ``loa status`` says why."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from support.journal import ZONE, read
from support.office import make_office, replace_in
from support.processes import loa, sandbox_process

from loa.workspace import bundled

TEMPLATE = "templates/infographics/chi-so"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The small office with one picture post that is due at this very minute, and a template of its own."""
    root = make_office(tmp_path / "office")
    now = datetime.now(ZONE)
    campaign = root / "campaigns/thu-nghiem.yaml"
    text = campaign.read_text(encoding="utf-8")
    head, item = text[: text.index("  - id: tin-mot")], text[text.index("  - id: tin-ba") :]
    due = f'when: {{date: {now:%Y-%m-%d}, at: "{now:%H:%M}"}}'
    item = item.replace('when: {date: 2027-03-03, at: "08:00"}', due)
    campaign.write_text(head.replace("from: 2027-01-01", f"from: {now:%Y}-01-01") + item, encoding="utf-8")
    replace_in(root / "loa.yaml", '{from: "21:00", to: "07:00"}', '{from: "00:00", to: "00:00"}')
    (root / TEMPLATE).mkdir(parents=True)
    for each in bundled(*TEMPLATE.split("/")).iterdir():
        (root / TEMPLATE / each.name).write_bytes(each.read_bytes())
    for words in (("render",), ("approve", "thu-nghiem", "--as", "Nguyễn Thị Lan")):
        done = loa(*words, cwd=root)
        assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    with sandbox_process(tmp_path / "sandbox") as url:
        yield url, tmp_path / "sandbox" / "journal.jsonl"


def _beat(office: Path, url: str) -> str:
    """One beat against the sandbox; what the status says afterwards of the one delivery."""
    assert loa("run", "--once", "--sandbox", url, cwd=office).returncode == 0
    status = json.loads(loa("status", "--json", cwd=office).stdout)
    (delivery,) = status["deliveries"]
    return f"{delivery['state']}: {delivery['reason']}"


def test_the_approved_post_goes_out(office: Path, sandbox: tuple[str, Path]) -> None:
    url, journal = sandbox
    assert _beat(office, url) == "done: "
    assert len(read(journal)) == 1
    assert _beat(office, url) == "done: "
    assert len(read(journal)) == 1


def test_a_post_that_no_platform_took_is_not_told_as_sent(office: Path) -> None:
    nobody = "http://127.0.0.1:9"
    told = loa("run", "--once", "--sandbox", nobody, cwd=office).stdout
    assert "gửi 0," in told
    assert "1 lượt chưa gửi được" in told


def _yaml(root: Path) -> None:
    replace_in(root / "campaigns/thu-nghiem.yaml", "title: Tin thứ ba", "title: Tin thứ bA")


def _content(root: Path) -> None:
    replace_in(root / "content/tin-mot.md", "bà con nộp", "bà con nộP")


def _template(root: Path) -> None:
    with (root / TEMPLATE / "template.yaml").open("a", encoding="utf-8") as file:
        file.write("\n")


def _asset(root: Path) -> None:
    (picture,) = (root / "var/assets").rglob("*.jpg")
    data = bytearray(picture.read_bytes())
    data[len(data) // 2] ^= 1
    picture.write_bytes(data)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_yaml, "khai báo của tin trong chiến dịch"),
        (_content, "content/tin-mot.md"),
        (_template, TEMPLATE),
        (_asset, "ấn phẩm"),
    ],
)
def test_one_byte_changed_after_approval_keeps_it_in(
    office: Path, sandbox: tuple[str, Path], change: Callable[[Path], None], named: str
) -> None:
    url, journal = sandbox
    change(office)
    said = _beat(office, url)
    assert not said.startswith("done")
    assert "đã đổi sau khi duyệt" in said
    assert named in said
    assert read(journal) == []
