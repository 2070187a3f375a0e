"""An office whose month is full: two Pages, an OA, an X account and text messages, for the tests of faults."""

from __future__ import annotations

import json
import sqlite3
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from support.planted import phone

SPAN = ("--from", "2027-02-28", "--to", "2027-03-31")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SETTLE = {"facebook": 60.0, "zalo": 120.0, "x": 60.0, "sms": 30.0}
"""By channel: within so many seconds nobody may say that something is absent (docs of the platforms)."""
_SETTINGS = """\
body: {name: Ủy ban nhân dân tỉnh Mẫu, short_name: UBND tỉnh Mẫu, unit: tinh-mau}
lists:
  - {id: doi-ngu, name: Đội ngũ, legal_basis: Kế hoạch thử, file: content/recipients/doi-ngu.csv}
units:
  list:
    - {code: tinh-mau, name: Tỉnh Mẫu, hotline: "1022", portal: "https://dichvucong.gov.vn"}
    - {code: xa-mot, name: Xã Một, parent: tinh-mau, hotline: "1022", portal: "https://dichvucong.gov.vn"}
channels:
  zalo:
    settings: {media_base_url: "https://truyenthong.example.vn/anh"}
accounts:
  - id: fb-tinh
    channel: facebook
    unit: tinh-mau
    name: Tỉnh Mẫu
    settings: {page_id: "1001"}
    secrets: {page_token: fb-tinh}
  - id: fb-xa
    channel: facebook
    unit: xa-mot
    name: Xã Một
    settings: {page_id: "1002"}
    secrets: {page_token: fb-xa}
  - id: zalo-tinh
    channel: zalo
    unit: tinh-mau
    name: OA tỉnh Mẫu
    settings: {oa_id: "2001", app_id: "3000"}
    secrets: {app_secret: zalo-app}
  - id: x-tinh
    channel: x
    unit: tinh-mau
    name: X tỉnh Mẫu
    settings: {user_id: "3001", handle: tinhmau}
    secrets: {consumer_key: x-a, consumer_secret: x-b, access_token: x-c, access_token_secret: x-d}
  - id: sms-tinh
    channel: sms
    unit: tinh-mau
    name: Tin nhắn tỉnh Mẫu
    settings: {brandname: TINHMAU}
    secrets: {api_key: sms-key, secret_key: sms-secret}
reviewers:
  - {id: lan, name: Nguyễn Thị Lan}
  - {id: binh, name: Trần Văn Bình}
policies:
  approvals: "1"
  quiet_hours: {from: "21:00", to: "07:00"}
  lateness: {limit: 2h, then: ask}
"""
_HEAD = """\
id: thu-nghiem
title: Chiến dịch thử
author: Trần Văn Bình
lead: Văn phòng UBND tỉnh
basis: [Kế hoạch thử]
from: 2027-01-01
facts:
  truc-tuyen: {value: "80", unit: "%", label: hồ sơ nộp trực tuyến, source: Kế hoạch thử}
units: [tinh-mau, xa-mot]
items:
"""
_DAILY = """\
  - id: bai-{day}
    title: Bài ngày {day}
    content: [content/bai.md]
    when: {{every: week, weekday: {day}, at: "08:00"}}
    send: {{facebook: {{}}, x: {{}}}}
  - id: nhan-{day}
    title: Nhắn ngày {day}
    content: [content/nhan.md]
    units: [tinh-mau]
    when: {{every: week, weekday: {day}, at: "09:00"}}
    send:
      sms: {{recipients: doi-ngu, options: {{class: operations}}}}
"""
_WEEKLY = """\
  - id: anh-tuan
    title: Ảnh hằng tuần
    content: [content/bai.md]
    units: [tinh-mau]
    when: {every: week, weekday: friday, at: "10:00"}
    make:
      - id: hinh
        template: infographics/chi-so
        formats: [square]
        facts: [truc-tuyen]
        data: {title: Nộp hồ sơ trực tuyến}
    send:
      facebook: {asset: hinh/square}
      zalo: {asset: hinh/square}
"""
_POST = """\
---
title: Nộp hồ sơ tại nhà
summary: Nộp hồ sơ tại nhà
---
{{ unit.name }} mời bà con nộp hồ sơ trực tuyến: {{ fact.truc-tuyen }} hồ sơ đã nộp qua mạng. Ngày {{ slot.date }}.
"""
_MESSAGE = "---\ntitle: Tin nhắn\n---\nUBND tinh Mau: ba con nop ho so tai dichvucong.gov.vn, goi 1022 de duoc giup.\n"


def make_full_office(root: Path, people: int = 5, days: Sequence[str] = DAYS) -> Path:
    """Lay the office out in ``root``; every day of ``days`` three posts and ``people`` messages."""
    numbers = "".join(f"{phone(number)},tinh-mau\n" for number in range(1, people + 1))
    files = {
        "loa.yaml": _SETTINGS,
        "campaigns/thu-nghiem.yaml": _HEAD + "".join(_DAILY.format(day=day) for day in days) + _WEEKLY,
        "content/bai.md": _POST,
        "content/nhan.md": _MESSAGE,
        "content/recipients/doi-ngu.csv": f"phone,unit\n{numbers}",
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def tell_sandbox(url: str, what: str, body: Mapping[str, object]) -> None:
    """Tell a sandbox how to behave: its ``faults`` or its ``clock``."""
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/_loa/{what}", data=json.dumps(body).encode(), headers=headers)
    with urllib.request.urlopen(request, timeout=30):
        pass


def slow_down(url: str, seconds: float = 0.05) -> None:
    """Every second call takes a while before or after it was taken: kills then fall in between."""
    slow = [("*", "delay"), ("*", "delay_after")]
    scenario = [
        {"face": face, "route": "*", "kind": kind, "probability": 0.4, "seed": seed, "seconds": seconds}
        for seed, (face, kind) in enumerate(slow)
    ]
    tell_sandbox(url, "faults", {"scenario": scenario})


def on_the_wire(book: Path) -> int:
    """How many sendings and calls stand as on the wire: what a kill has just cut off."""
    if not book.exists():
        return 0
    with closing(sqlite3.connect(f"file:{book}?mode=ro", uri=True)) as connection:
        try:
            counts = [
                connection.execute("SELECT count(*) FROM sending WHERE state = 'sending'").fetchone()[0],
                connection.execute("SELECT count(*) FROM batch WHERE state = 'sending'").fetchone()[0],
            ]
        except sqlite3.OperationalError:  # killed before the tables were laid out
            return 0
    return sum(counts)


_ONE_ITEM = """\
  - id: tin-{day}
    title: Tin ngày {day}
    content: [content/{content}.md]
    units: [tinh-mau]
    when: {{every: week, weekday: {day}, at: "08:00"}}
{make}    send:
      {channel}: {send}
"""
_MAKE = """\
    make:
      - id: hinh
        template: infographics/chi-so
        formats: [square]
        facts: [truc-tuyen]
        data: {title: Nộp hồ sơ trực tuyến}
"""
GATEWAYS = {
    "esms": ("{brandname: TINHMAU}", "{api_key: a, secret_key: b}"),
    "speedsms": ("{gateway: speedsms, brandname: TINHMAU}", "{access_token: a}"),
    "kannel": ("{gateway: kannel, brandname: TINHMAU, username: tinhmau}", "{password: a}"),
    "smsgate": ("{gateway: smsgate, device_id: may-truc, username: TINHMAU}", "{password: a, signing_key: b}"),
    "twilio": ("{gateway: twilio, brandname: TINHMAU, account_sid: ACSID}", "{auth_token: a}"),
    "infobip": ("{gateway: infobip, brandname: TINHMAU}", "{api_key: a}"),
}


def make_one_way(root: Path, channel: str, gateway: str = "", *, picture: bool = False) -> Path:
    """The office with one message a day by one way of sending."""
    make_full_office(root, people=1)
    send = "{asset: hinh/square}" if picture else "{}"
    if channel == "sms":
        send = "{recipients: doi-ngu, options: {class: operations}}"
        place = root / "loa.yaml"
        settings, secrets = GATEWAYS[gateway]
        text = place.read_text(encoding="utf-8").replace("settings: {brandname: TINHMAU}", f"settings: {settings}")
        text = text.replace("{api_key: sms-key, secret_key: sms-secret}", secrets)
        place.write_text(text.replace("ACSID", f"AC{'5' * 32}"), encoding="utf-8")
    words = {"content": "nhan" if channel == "sms" else "bai", "make": _MAKE if picture else "", "channel": channel}
    item = "".join(_ONE_ITEM.format(day=day, send=send, **words) for day in DAYS)
    (root / "campaigns/thu-nghiem.yaml").write_text(_HEAD + item, encoding="utf-8")
    return root
