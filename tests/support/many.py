"""An office with many units, each with the accounts that are asked for, and one campaign for all of them."""

from collections.abc import Sequence
from pathlib import Path

_HEAD = """\
body: {name: Ủy ban nhân dân tỉnh Mẫu, short_name: UBND tỉnh Mẫu, unit: xa-000}
units:
  list:
"""
_UNIT = '    - {{code: xa-{n:03d}, name: Xã {n:03d}, hotline: "1022", portal: "https://dichvucong.gov.vn"}}\n'
_ACCOUNT = {
    "facebook": "  - {{id: fb-{n:03d}, channel: facebook, unit: xa-{n:03d}, name: Trang xã {n:03d}, "
    'settings: {{page_id: "{page}"}}, secrets: {{page_token: fb-{n:03d}}}}}\n',
    "zalo": "  - {{id: oa-{n:03d}, channel: zalo, unit: xa-{n:03d}, name: OA xã {n:03d}, "
    'settings: {{oa_id: "{oa}", app_id: "3000"}}, secrets: {{app_secret: zalo-app}}}}\n',
}
_FOOT = """\
reviewers:
  - {id: lan, name: Nguyễn Thị Lan}
  - {id: binh, name: Trần Văn Bình}
policies:
  approvals: "1"
  quiet_hours: {from: "21:00", to: "07:00"}
  lateness: {limit: 2h, then: ask}
"""
_CAMPAIGN = """\
id: dot-lon
title: Đợt lớn
author: Trần Văn Bình
lead: Văn phòng UBND tỉnh
basis: [Kế hoạch thử]
from: 2027-01-01
facts:
  truc-tuyen: {value: "80", unit: "%", label: hồ sơ nộp trực tuyến, source: Kế hoạch thử}
units: [all]
items:
  - id: tin-chung
    title: Tin chung
    content: [content/tin-chung.md]
    when: {date: 2027-03-01, at: "08:00"}
"""
_MAKE = """\
    make:
      - id: hinh
        template: infographics/chi-so
        formats: [square]
        facts: [truc-tuyen]
        data: {title: Nộp hồ sơ trực tuyến}
"""
_SENDS = {"facebook": "      facebook: {}\n", "zalo": "      zalo: {asset: hinh/square}\n"}
_CONTENT = """\
---
title: Nộp hồ sơ tại nhà
---
{{ unit.name }} mời bà con nộp hồ sơ trực tuyến: {{ fact.truc-tuyen }} hồ sơ đã nộp qua mạng.
"""


def make_many(root: Path, units: int, channels: Sequence[str] = ("facebook",)) -> Path:
    """Lay out in ``root`` an office of so many units with an account on each channel; one item goes to all of them."""
    accounts = "".join(
        _ACCOUNT[channel].format(n=n, page=10_000 + n, oa=20_000 + n) for channel in channels for n in range(units)
    )
    settings = _HEAD + "".join(_UNIT.format(n=n) for n in range(units)) + "accounts:\n" + accounts + _FOOT
    made = _MAKE if "zalo" in channels else ""
    sends = "    send:\n" + "".join(_SENDS[channel] for channel in channels)
    for name, text in (
        ("loa.yaml", settings),
        ("campaigns/dot-lon.yaml", _CAMPAIGN + made + sends),
        ("content/tin-chung.md", _CONTENT),
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
