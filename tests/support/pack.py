"""One pack for many communes: real CSV files, one campaign for every unit below the province, three units broken.

Commune 1 has no account, commune 2 a name that fits nowhere, commune 3 a logo that is not there.
"""

import csv
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image

NO_ACCOUNT, LONG_NAME, NO_LOGO = "xa-001", "xa-002", "xa-003"
BROKEN = (NO_ACCOUNT, LONG_NAME, NO_LOGO)
CHANNELS = ("facebook", "x")
_SETTINGS = """\
body: {name: Ủy ban nhân dân tỉnh Mẫu, short_name: UBND tỉnh Mẫu, unit: tinh-mau}
units: {file: units.csv}
accounts_file: accounts.csv
reviewers:
  - {id: lan, name: Nguyễn Thị Lan}
policies:
  quiet_hours: {from: "00:00", to: "00:00"}
  lateness: {limit: 1d}
"""
_PLAN = """\
id: de-an
title: Đề án mẫu
document: Kế hoạch 1/KH-UBND
from: %(first)s
to: %(last)s
body: {name: Ủy ban nhân dân tỉnh Mẫu, short_name: UBND, town: Mẫu, signer_title: CHỦ TỊCH, reports_to: [UBND tỉnh]}
tasks:
  - {id: dang-bai, title: Các xã đăng bài, place: Mục I}
quotas:
  - {id: moi-xa, title: Đơn vị đã đăng bài, count: units, target: "97", unit: "%%", task: dang-bai, place: Mục I}
"""
_CAMPAIGN = """\
id: bo-tin
title: Bộ tin cho mọi xã
author: Trần Văn Bình
lead: Văn phòng UBND tỉnh
basis: [Kế hoạch thử]
from: %(first)s
to: %(last)s
serves: [moi-xa]
units_below: tinh-mau
facts:
  truc-tuyen: {value: "80", unit: "%%", label: hồ sơ nộp trực tuyến, source: Kế hoạch thử}
items:
  - id: tin
    title: Nộp hồ sơ tại nhà
    content: [content/tin.md]
    when: {date: %(day)s, at: "%(at)s"}
    make:
      - {id: hinh, template: infographics/chi-so, formats: [square], facts: [truc-tuyen]}
    send:
      facebook: {asset: hinh/square}
      x: {asset: hinh/square}
"""
_CONTENT = "{{ unit.name }} mời bà con nộp hồ sơ trực tuyến. Cần giúp, gọi {{ unit.hotline }}.\n"


def make_pack(root: Path, communes: int, due: datetime) -> Path:
    """Lay out a province with so many communes in ``root``; the only item is due at ``due`` (local)."""
    for folder in ("campaigns", "content", "logo"):
        (root / folder).mkdir(parents=True)
    days = {"first": f"{due - timedelta(days=1):%Y-%m-%d}", "last": f"{due + timedelta(days=7):%Y-%m-%d}"}
    (root / "loa.yaml").write_text(_SETTINGS, "utf-8")
    when = days | {"day": f"{due:%Y-%m-%d}", "at": f"{due:%H:%M}"}
    (root / "campaigns/bo-tin.yaml").write_text(_CAMPAIGN % when, "utf-8")
    (root / "campaigns/plan.yaml").write_text(_PLAN % days, "utf-8")
    (root / "content/tin.md").write_text(_CONTENT, "utf-8")
    codes = [f"xa-{number:03d}" for number in range(1, communes + 1)]
    units: list[tuple[str, ...]] = [("code", "name", "parent", "hotline", "portal", "logo")]
    units += [("tinh-mau", "Tỉnh Mẫu", "", "1022", "", "")]
    units += [_unit(number, code) for number, code in enumerate(codes, 1)]
    for code in codes:
        if code != NO_LOGO:
            Image.new("RGB", (64, 64), "#0A2150").save(root / f"logo/{code}.png")
    accounts = [("id", "channel", "unit", "name", "page_id", "user_id", *(f"secret.{each}" for each in _SECRETS))]
    accounts += [_account(channel, number, code) for number, code in enumerate(codes, 1) for channel in CHANNELS]
    _write(root / "units.csv", units)
    _write(root / "accounts.csv", [row for row in accounts if row[2] != NO_ACCOUNT])
    return root


_SECRETS = ("page_token", "consumer_key", "consumer_secret", "access_token", "access_token_secret")


def _unit(number: int, code: str) -> tuple[str, ...]:
    name = "Xã " + ("Tên Dài Không Tưởng " * 20 if code == LONG_NAME else f"Số {number}")
    return code, name.strip(), "tinh-mau", f"0238{number:06d}", f"https://{code}.mau.gov.vn", f"logo/{code}.png"


def _account(channel: str, number: int, code: str) -> tuple[str, ...]:
    first = (f"{channel}-{code}", channel, code, f"Trang {code}")
    if channel == "facebook":
        return *first, str(10_000 + number), "", f"fb-{code}", "", "", "", ""
    return *first, "", str(20_000 + number), "", "x-key", "x-secret", f"x-{code}", f"x-{code}-secret"


def _write(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
