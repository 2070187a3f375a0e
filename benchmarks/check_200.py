"""How long ``loa check`` takes on a workspace with 200 items: python benchmarks/check_200.py.

Ten campaigns of twenty items, a content file for each, four units with a Facebook Page and an SMS sender each, a
picture in every fourth item; dates once, weekly, monthly and before an anchor. The floor is what any program pays
that reads YAML and judges it by a schema: the import of both libraries.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from timing import LOA, interleaved, show

BAR = 1.0
CAMPAIGNS = 10
ITEMS = 20
UNITS = ("tinh-mau", "xa-mot", "xa-hai", "xa-ba")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FLOOR = "import yaml, pydantic; pydantic.BaseModel, yaml.SafeLoader"
MAKE = """\
    make:
      - {id: hinh, template: infographics/chi-so, formats: [square], facts: [truc-tuyen], data: {title: Nộp hồ sơ}}
"""


def lay_out(root: Path) -> None:
    """Write the workspace."""
    for folder in ("campaigns", "content"):
        (root / folder).mkdir()
    (root / "loa.yaml").write_text(_settings(), encoding="utf-8")
    for number in range(CAMPAIGNS):
        (root / f"campaigns/dot-{number:02}.yaml").write_text(_campaign(number), encoding="utf-8")
        for item in range(ITEMS):
            (root / f"content/tin-{number:02}-{item:02}.md").write_text(_content(number, item), encoding="utf-8")


def _settings() -> str:
    units = "\n".join(
        f'    - {{code: {code}, name: "{code}", hotline: "1022", portal: "https://dichvucong.gov.vn"'
        + (", parent: tinh-mau}" if code != UNITS[0] else "}")
        for code in UNITS
    )
    accounts = "\n".join(
        f"""\
  - {{id: fb-{code}, channel: facebook, unit: {code}, name: Trang,
     settings: {{page_id: "{1000 + place}"}}, secrets: {{page_token: fb-{code}}}}}
  - {{id: sms-{code}, channel: sms, unit: {code}, name: SMS,
     settings: {{brandname: MAU{place}}}, secrets: {{api_key: k, secret_key: s}}}}"""
        for place, code in enumerate(UNITS)
    )
    return f"""\
body: {{name: UBND tỉnh Mẫu, short_name: UBND tỉnh Mẫu, unit: tinh-mau}}
units:
  list:
{units}
accounts:
{accounts}
reviewers:
  - {{id: lan, name: Nguyễn Thị Lan}}
policies:
  approvals: "1"
  quiet_hours: {{from: "21:00", to: "07:00"}}
  lateness: {{limit: 2h, then: ask}}
"""


def _campaign(number: int) -> str:
    items = "".join(
        f"""\
  - id: tin-{item:02}
    title: Tin {number}.{item}
    content: [content/tin-{number:02}-{item:02}.md]
    when: {_when(number, item)}
{MAKE if item % 4 == 0 else ""}    send: {{facebook: {{{"asset: hinh/square" if item % 4 == 0 else ""}}}}}
"""
        for item in range(ITEMS)
    )
    return f"""\
id: dot-{number:02}
title: Đợt {number}
author: Trần Văn Bình
lead: Văn phòng UBND tỉnh
basis: [Kế hoạch thử]
from: 2027-01-01
to: 2027-12-31
anchors:
  ngay-hoi: {{date: 2027-10-10}}
facts:
  truc-tuyen: {{value: "80", unit: "%", label: hồ sơ nộp trực tuyến, source: Kế hoạch thử}}
units: [{", ".join(UNITS)}]
items:
{items}"""


def _when(number: int, item: int) -> str:
    """Never two at a time on one page: campaigns have their days, items their minutes."""
    minutes = 7 * 60 + item * 20 + (10 if number >= len(WEEKDAYS) else 0)
    day = (
        f"date: 2027-03-{number + 1:02}",
        f"every: week, weekday: {WEEKDAYS[number % len(WEEKDAYS)]}",
        f'every: month, day: "{number + 1}"',
        f'anchor: ngay-hoi, days: "-{number}"',
    )[item % 4]
    return f'{{{day}, at: "{minutes // 60:02}:{minutes % 60:02}"}}'


def _content(number: int, item: int) -> str:
    return f"""\
---
title: Tin {number}.{item}
---
{{{{ unit.name }}}} mời bà con nộp hồ sơ trực tuyến ({number}.{item}), gọi {{{{ unit.hotline }}}}.

{{{{ fact.truc-tuyen }}}} hồ sơ đã nộp qua mạng.
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="loa-200-") as folder:
        lay_out(Path(folder))
        commands = {
            "loa check": (*LOA, "check"),
            "import yaml, pydantic": (sys.executable, "-c", FLOOR),
        }
        print(f"{CAMPAIGNS * ITEMS} items")
        show(interleaved(commands, Path(folder)), "loa check", BAR)


if __name__ == "__main__":
    main()
