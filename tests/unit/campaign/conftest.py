from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from loa.campaign import check_campaigns, read_campaigns
from loa.errors import Problem
from loa.workspace import Workspace, open_workspace

SETTINGS = """\
body: {name: Ủy ban nhân dân tỉnh Nghệ An, short_name: UBND tỉnh, unit: tinh}
units:
  list:
    - {code: tinh, name: Tỉnh Nghệ An, hotline: "19001234"}
    - {code: xa-a, name: Xã A, parent: tinh, hotline: "0238111", portal: "https://a.vn/x_y"}
    - {code: xa-b, name: Xã B, parent: tinh}
accounts:
  - {id: fb-tinh, channel: facebook, unit: tinh, name: Tỉnh, settings: {page_id: "1"}, secrets: {token: t}}
  - {id: fb-a, channel: facebook, unit: xa-a, name: Xã A, settings: {page_id: "2"}, secrets: {token: t}}
  - {id: fb-b, channel: facebook, unit: xa-b, name: Xã B, settings: {page_id: "3"}, secrets: {token: t}}
  - {id: sms-tinh, channel: sms, unit: tinh, name: Tin nhắn}
lists: [{id: dan, name: Người dân, legal_basis: Kế hoạch 1084}]
"""
CAMPAIGN = """\
id: a
title: Ngày Chuyển đổi số
author: Lan
lead: Sở KH&CN
basis: [Kế hoạch 1084]
from: 2026-10-01
units: [tinh, xa-a]
anchors: {moc: {yearly: 10/10}}
phases: [{id: truoc, title: Trước ngày}]
audiences: [{id: dan, name: Người dân, slogans: [Một chạm, Hai chạm]}]
themes: [{id: dvc, name: Dịch vụ công}]
facts:
  ty-le: {value: 62.5, unit: "%", label: người dân, source: Đề án, date: 2025}
  ho-so: {value: 12500, unit: hồ sơ, label: trực tuyến, source: Đề án}
items:
  - id: mot
    title: Mở đầu
    content: [content/a.md]
    audience: dan
    theme: dvc
    phase: truoc
    when: {at: 8:00, anchor: moc, days: -7}
    make:
      - id: anh
        template: infographics/mau
        formats: [square, story]
        facts: [ty-le]
        data:
          title: "{{ fact.ty-le }} người dân"
    send:
      facebook:
        asset: anh/square, anh/story
"""
CONTENT = "---\ntitle: Mở đầu ở {{ unit.name }}\n---\nChào {{ unit.name }}, {{ fact.ho-so }}.\n"


@dataclass(frozen=True)
class FakeOption:
    """A choice of a channel as a check sees it."""

    name: str
    accepted: tuple[str, ...] = ()
    takes: Callable[[str], bool] | None = None


@dataclass(frozen=True)
class FakeCard:
    """A channel as a check sees it."""

    to_recipients: bool = False
    account_settings: tuple[str, ...] = ()
    account_secrets: tuple[str, ...] = ()
    options: tuple[FakeOption, ...] = ()
    chosen_by: str = ""
    variants: Mapping[str, FakeCard] = field(default_factory=dict)

    def of(self, settings: Mapping[str, str]) -> FakeCard:
        return self.variants.get(settings.get(self.chosen_by, ""), self)


def even(value: str) -> bool:
    return value.isdigit() and int(value) % 2 == 0


CARDS: Mapping[str, FakeCard] = {
    "facebook": FakeCard(
        account_settings=("page_id",),
        account_secrets=("token",),
        options=(FakeOption("place", ("feed", "reel")), FakeOption("data.*"), FakeOption("even", ("2", "4"), even)),
    ),
    "sms": FakeCard(to_recipients=True),
}


class Office:
    """A small workspace whose files a test may change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("loa.yaml", SETTINGS)
        self.write("campaigns/a.yaml", CAMPAIGN)
        self.write("content/a.md", CONTENT)
        self.write("templates/infographics/mau/template.yaml", "name: mau\n")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new, 1))

    def open(self) -> Workspace:
        return open_workspace(self.root)

    def problems(self) -> list[Problem]:
        ws = self.open()
        campaigns, problems = read_campaigns(ws)
        return [*problems, *check_campaigns(ws, campaigns, CARDS)]

    def places(self) -> list[tuple[str, str, int, int]]:
        """Code, file, line and column of each problem."""
        return [(p.code, p.place.file, p.place.line, p.place.column) for p in self.problems() if p.place]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def content_of(office: Office) -> Callable[[str], None]:
    """Writes the content file of the only item."""
    return lambda text: office.write("content/a.md", text)
