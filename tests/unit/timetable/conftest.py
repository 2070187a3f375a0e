from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from loa.campaign import LoadedCampaign, load_campaigns
from loa.errors import Problem
from loa.timetable import Slot, build, problems
from loa.workspace import Workspace, open_workspace

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SETTINGS = """\
body:
  name: Ủy ban nhân dân tỉnh Nghệ An
  short_name: UBND tỉnh Nghệ An
  unit: tinh
units:
  list:
    - {code: tinh, name: Tỉnh Nghệ An}
    - {code: xa-cu, name: Xã Cũ, parent: tinh, valid_to: 2026-06-30, successors: [xa-moi]}
    - {code: xa-moi, name: Xã Mới, parent: tinh, valid_from: 2026-07-01}
policies:
  quiet_hours: {from: "21:00", to: "07:00"}
  lateness: {limit: 3h}
"""
CAMPAIGN = """\
id: %(id)s
title: Chiến dịch thử
author: anh-hai
lead: Sở Khoa học và Công nghệ
basis:
  - Kế hoạch 1084
from: 2026-01-01
repeat: yearly
anchors:
  ngay-hoi:
    yearly: 10/10
  nhuan:
    yearly: 29/2
  giao-thua:
    lunar: 30/12
  tet:
    holiday: tet
  su-kien:
    date: 2026-05-15
units: [tinh]
items:
%(items)s
"""
ITEM = """\
  - id: %(id)s
    title: Tin %(id)s
    content: [content/tin.md]
    send:
      facebook: {}
    when: %(when)s
"""


@dataclass(frozen=True)
class Scene:
    """A workspace with one campaign, and a short way to ask for its slots."""

    ws: Workspace
    loaded: tuple[LoadedCampaign, ...]

    def slots(self, start: str, end: str) -> tuple[Slot, ...]:
        return build(self.ws, self.loaded, at(start), at(end))

    def days(self, start: str, end: str) -> list[str]:
        return [f"{slot.due.astimezone(ZONE):%Y-%m-%d}" for slot in self.slots(start, end)]

    @property
    def start(self) -> datetime:
        return at("2026-01-01")

    def problems(self, start: str = "2026-01-01", end: str = "2027-01-01") -> list[Problem]:
        return problems(self.ws, self.loaded, at(start), at(end))


Setting = Callable[..., Scene]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture
def scene(tmp_path: Path) -> Setting:
    """Makes a scene from the ``when`` of each item; ``change`` replaces pieces of the campaign's text."""

    def make(*whens: str, change: dict[str, str] | None = None, holidays: str = "") -> Scene:
        items = "".join(ITEM % {"id": f"tin-{number}", "when": when} for number, when in enumerate(whens, start=1))
        text = CAMPAIGN % {"id": "thu", "items": items}
        for old, new in (change or {}).items():
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "campaigns").mkdir(exist_ok=True)
        (tmp_path / "campaigns" / "thu.yaml").write_text(text, "utf-8")
        (tmp_path / "nghi.csv").write_text(holidays, "utf-8")
        settings = SETTINGS + ("holidays_file: nghi.csv\n" if holidays else "")
        (tmp_path / "loa.yaml").write_text(settings, "utf-8")
        ws = open_workspace(tmp_path)
        return Scene(ws, load_campaigns(ws))

    return make
