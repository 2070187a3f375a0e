"""What staff do with packages, through the command line: look, work, tell, and see it in status and report."""

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest
from support.journal import ZONE
from support.office import make_office, replace_in
from support.processes import loa

ACCOUNTS = """\
  - id: loa-xa
    channel: loudspeaker
    unit: xa-mot
    name: Đài truyền thanh Xã Một
    settings: {person: Công chức văn hóa, air_times: 19:00 cùng ngày}
  - id: cong-tinh
    channel: portal
    unit: tinh-mau
    name: Cổng tỉnh Mẫu
    settings: {person: Ban biên tập, site_url: "https://tinh-mau.example.vn"}
reviewers:
"""
ITEMS = """\
items:
  - id: tin-loa
    title: Tin cho loa
    content: [content/tin-mot.md]
    units: [xa-mot]
    when: {date: 2027-03-05, at: "08:00"}
    make:
      - id: loa
        template: audio/ban-tin-loa
        formats: [script]
        data: {title: Nộp hồ sơ trực tuyến, news: [{text: Mời bà con nộp hồ sơ tại nhà.}]}
    send:
      loudspeaker: {asset: loa/script}
  - id: tin-cong
    title: Tin cho cổng
    content: [content/tin-mot.md]
    units: [tinh-mau]
    when: {date: 2027-03-05, at: "09:00"}
    send:
      portal: {}
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The small office with a station and a portal."""
    root = make_office(tmp_path / "office")
    replace_in(root / "loa.yaml", "reviewers:\n", ACCOUNTS)
    replace_in(root / "campaigns/thu-nghiem.yaml", "items:\n", ITEMS)
    return root


def _go(*words: str, cwd: Path) -> str:
    done = loa(*words, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _today(office: Path) -> None:
    """Only the items for people, due a moment ago."""
    now = datetime.now(ZONE)
    campaign = office / "campaigns/thu-nghiem.yaml"
    text = campaign.read_text("utf-8")
    text = text[: text.index("  - id: tin-mot\n")].replace("from: 2027-01-01", f"from: {now:%Y}-01-01")
    for at in ("08:00", "09:00"):
        text = text.replace(f'2027-03-05, at: "{at}"', f'{now:%Y-%m-%d}, at: "{now:%H:%M}"')
    campaign.write_text(text, encoding="utf-8")


def test_from_the_package_to_the_report(office: Path, tmp_path: Path) -> None:
    _today(office)
    _go("render", cwd=office)
    _go("approve", "thu-nghiem", "--as", "lan", cwd=office)
    _go("run", "--once", cwd=office)
    station, portal = sorted(json.loads(_go("handoff", "list", "--json", cwd=office)), key=lambda each: each["channel"])
    assert (station["person"], portal["person"]) == ("Công chức văn hóa", "Ban biên tập")
    status = json.loads(_go("status", "--json", cwd=office))
    assert status["handoffs"]["open"] == 2

    folder = Path(_go("handoff", "open", station["code"], cwd=office).strip())
    assert {"viec-can-lam.html", "thong-tin.json"} < {path.name for path in folder.iterdir()}
    assert any(path.name.startswith("loi-doc-") for path in folder.iterdir())

    bare = loa("handoff", "done", station["code"], "--as", "lan", cwd=office)
    assert (bare.returncode, "[E697]" in bare.stderr) == (1, True)
    photo = tmp_path / "so.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0nhat ky")
    assert "Đã ghi xong: Tin cho loa" in _go(
        "handoff", "done", station["code"], "--as", "lan", "--photo", str(photo), cwd=office
    )
    screen = _go("status", cwd=office)
    assert "Việc đang chờ người làm: 1" in screen
    assert "Ban biên tập" in screen
    _go("handoff", "cancel", str(portal["id"]), "--as", "lan", "--why", "Đăng bài khác thay", cwd=office)
    assert "Không có gói việc nào" in _go("handoff", "list", cwd=office)

    _go("report", "--folder", "bao-cao", cwd=office)
    with (office / "bao-cao/deliveries.csv").open(encoding="utf-8-sig", newline="") as file:
        outcomes = {row["Kênh"]: row["Kết quả"] for row in csv.DictReader(file)}
    assert outcomes == {"Loa truyền thanh": "Đã phát", "Cổng thông tin": "Đã hủy"}


def test_a_rehearsal_plays_the_person_and_leaves_the_real_shelf_alone(office: Path, tmp_path: Path) -> None:
    span = ("--from", "2027-03-01", "--to", "2027-03-06")
    told = json.loads(_go("rehearse", *span, "--folder", str(tmp_path / "dien-tap"), "--json", cwd=office))
    assert told["by_hand"] == 2
    assert told["states"].keys() == {"done"}
    assert len(list((tmp_path / "dien-tap/handoff").glob("*/*/2027-03-05-*"))) == 2
    assert not (office / "var/handoff").exists()


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("loudspeaker: {asset: loa/script}", "loudspeaker: {}", "E695"),
        ("loudspeaker: {asset: loa/script}", "loudspeaker: {asset: loa/script, options: {gio: x}}", "E575"),
        ("      portal: {}", "      portal: {text: 'Lời', options: {section: Tin tức}}", ""),
    ],
)
def test_check_knows_what_a_package_needs(office: Path, before: str, after: str, code: str) -> None:
    replace_in(office / "campaigns/thu-nghiem.yaml", before, after)
    done = loa("check", cwd=office)
    assert done.returncode == (1 if code else 0), done.stderr
    assert f"[{code}" in done.stderr or not code
