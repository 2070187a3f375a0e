"""The events of a small office at its terminal: checked, in the calendar, reported once, and asked for until then."""

import json
from pathlib import Path

from icalendar import Calendar
from support.office import replace_in
from support.processes import loa

LOA_YAML = """\
body: {name: Ủy ban nhân dân xã Mẫu, short_name: UBND xã Mẫu, unit: xa}
units:
  list:
    - {code: xa, name: Xã Mẫu, hotline: "1022", portal: "https://dichvucong.gov.vn"}
accounts:
  - {id: cong, channel: portal, unit: xa, name: Cổng xã, settings: {person: Chị Lan, site_url: "https://xa.example.vn"}}
reviewers:
  - {id: lan, name: Nguyễn Thị Lan}
policies: {approvals: "1"}
"""
PLAN = """\
id: ke-hoach
title: Kế hoạch thử
document: Kế hoạch số 1/KH-UBND
body: {name: UBND xã Mẫu, short_name: UBND, town: Mẫu, signer_title: CHỦ TỊCH, reports_to: [UBND tỉnh]}
from: 2020-01-01
to: 2090-12-31
tasks:
  - {id: tuyen-truyen, title: Tuyên truyền, place: Mục III}
quotas:
  - {id: buoi, title: Buổi tuyên truyền, count: events, target: 2, unit: buổi, place: Mục III.1}
  - {id: nguoi, title: Người dự, count: people, target: 50, unit: người, place: Mục III.2}
"""
CAMPAIGN = """\
id: dvc
title: Dịch vụ công trực tuyến
author: Nguyễn Thị Lan
lead: UBND xã Mẫu
basis: [Kế hoạch số 1/KH-UBND]
from: 2020-01-01
to: 2090-12-31
units: [xa]
events:
  - id: hop
    title: Buổi tuyên truyền
    kind: session
    serves: [buoi]
    meetings:
      - {id: dau, unit: xa, date: 2021-03-04, at: "08:00", until: "10:00", place: Nhà văn hóa thôn 1, people: 40}
      - {id: cuoi, unit: xa, date: 2090-03-09, at: "14:00", place: Nhà văn hóa thôn 2}
      - {id: han, unit: xa, date: 2021-03-01, deadline: có, title: Hạn đăng ký}
items:
  - id: moi
    title: "Mời dự {{ event.title }}"
    content: [content/moi.md]
    serves: [tuyen-truyen]
    when: {event: hop, meetings: [dau, cuoi], days: -3, at: "08:00"}
    send: {portal: {}}
"""
CONTENT = """\
---
title: "Mời dự {{ event.title }}"
---
Mời bà con đến {{ event.place }} lúc {{ event.time }}, {{ event.long_date }}.
"""


def test_an_office_checks_sees_and_reports_its_meetings(tmp_path: Path) -> None:
    for name, text in {
        "loa.yaml": LOA_YAML,
        "campaigns/plan.yaml": PLAN,
        "campaigns/dvc.yaml": CAMPAIGN,
        "content/moi.md": CONTENT,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    checked = loa("check", cwd=tmp_path)
    assert "E343" in checked.stderr, "nobody serves the quota of people"
    replace_in(tmp_path / "campaigns/dvc.yaml", "serves: [buoi]", "serves: [buoi, nguoi]")
    checked = loa("check", cwd=tmp_path)
    assert checked.returncode == 0, checked.stderr
    assert "E343" not in checked.stderr

    words = ("timetable", "--from", "2090-03-01", "--to", "2090-03-31", "--ics", "lich.ics")
    assert loa(*words, cwd=tmp_path).returncode == 0
    slot, meeting = Calendar.from_ical((tmp_path / "lich.ics").read_bytes()).walk("VEVENT")
    assert str(slot["uid"]) == "dvc/moi/hop.cuoi/xa@loa"
    assert (str(meeting["uid"]), str(meeting["location"])) == ("dvc/hop/cuoi@loa", "Nhà văn hóa thôn 2")

    asked = loa("event", "list", "--unreported", cwd=tmp_path).stdout
    assert "dvc/hop/dau" in asked
    assert "3 buổi và mốc hạn; 0 đã báo, 0 người dự; 1 chưa báo." in asked

    report = ("event", "held", "dvc/hop/dau", "--as", "lan", "--people", "42")
    without_proof = loa(*report, cwd=tmp_path)
    assert (without_proof.returncode, "[E697]" in without_proof.stderr) == (1, True)
    assert loa(*report, "--link", "https://xa.example.vn/buoi-1", cwd=tmp_path).returncode == 0
    again = loa(*report, "--link", "https://xa.example.vn/buoi-1", cwd=tmp_path)
    assert (again.returncode, "[E348]" in again.stderr) == (1, True)

    shown = {each["target"]: each for each in json.loads(loa("event", "list", "--json", cwd=tmp_path).stdout)}
    assert [each["people_came"] for each in shown.values()] == [0, 42, 0]
    assert not any(each["unreported"] for each in shown.values())
    logged = json.loads(loa("log", "list", "--json", cwd=tmp_path).stdout)
    assert [(each["kind"], each["count"], each["unit_code"]) for each in logged] == [
        ("event", 1, "xa"),
        ("people", 42, "xa"),
    ]
