"""An office that writes to a list of people, and a gateway that says what the test wants and remembers what it got."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from loa.clock import Clock
from loa.delivery import (
    Batch,
    BatchAnswer,
    Bulk,
    CannotTell,
    ChannelCard,
    Done,
    Ending,
    Finding,
    LookUp,
    Message,
    Receipt,
    Rest,
    Told,
    WebhookCall,
)
from loa.dispatch import APPROVE, DeliveryView, Desk, Selection, Service, decide, overview, plan
from loa.dispatch.bulk.claim import next_moment
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace
from support.planted import phone

SLOT = datetime(2027, 3, 2, 2, 0, tzinfo=UTC)  # 09:00 in Vietnam
REVIEWERS = ("Nguyễn Thị Lan", "Trần Văn Bình")
_SETTINGS = """\
body: {{name: Ủy ban nhân dân tỉnh Mẫu, short_name: UBND tỉnh Mẫu, unit: tinh-mau}}
units:
  list:
    - {{code: tinh-mau, name: Tỉnh Mẫu, hotline: "1022", portal: "https://dichvucong.gov.vn"}}
lists:
  - {{id: dan, name: Người dân, legal_basis: Kế hoạch thử, file: content/recipients/dan.csv}}
{staff}accounts:
  - id: sms-tinh
    channel: sms
    unit: tinh-mau
    name: Tin nhắn tỉnh Mẫu
    settings: {{brandname: TINHMAU, parts_per_second: "{pace}"}}
    secrets: {{api_key: sms-key, secret_key: sms-secret}}
reviewers:
  - {{id: lan, name: Nguyễn Thị Lan}}
  - {{id: binh, name: Trần Văn Bình}}
policies:
  approvals: "1"
  quiet_hours: {{from: "22:00", to: "07:00"}}
  lateness: {{limit: {limit}, then: {late}}}
"""
_STAFF = "  - {id: can-bo, name: Cán bộ, legal_basis: Kế hoạch thử, file: content/recipients/can-bo.csv}\n"
_HEAD = """\
id: thu-nghiem
title: Chiến dịch thử
author: Phạm Văn Soạn
lead: Văn phòng UBND tỉnh
basis: [Kế hoạch thử]
from: 2027-01-01
units: [tinh-mau]
items:
"""
_ITEM = """\
  - id: {id}
    title: Tin {id}
    content: [content/{id}.md]
    when: {{date: {day}, at: "{at}"}}
    send:
      sms: {{recipients: dan, options: {options}}}
"""
TEXT = "UBND tinh Mau: ba con nop ho so tai dichvucong.gov.vn, goi 1022 de duoc giup. {id}"


def make_crowd(
    root: Path,
    people: int,
    *,
    pace: str = "100000",
    items: Mapping[str, tuple[str, str, str]] | None = None,
    staff: int = 0,
    limit: str = "2d",
    late: str = "drop",
) -> Path:
    """Lay out the office in ``root``. ``items``: id → (day, time, options in YAML); by default 2 March at 09:00."""
    items = items or {"tin": ("2027-03-02", "09:00", "{}")}
    entries = [_ITEM.format(id=name, day=day, at=at, options=options) for name, (day, at, options) in items.items()]
    files = {
        "loa.yaml": _SETTINGS.format(pace=pace, limit=limit, late=late, staff=_STAFF if staff else ""),
        "campaigns/thu-nghiem.yaml": _HEAD + "".join(entries),
        "content/recipients/dan.csv": listed(range(1, people + 1)),
        "content/recipients/can-bo.csv": listed(range(1, staff + 1)),
    }
    files |= {f"content/{name}.md": f"---\ntitle: Tin\n---\n{TEXT.format(id=name)}\n" for name in items}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def listed(numbers: range) -> str:
    return "phone,unit\n" + "".join(f"{phone(number)},tinh-mau\n" for number in numbers)


def e164(number: int) -> str:
    return "+84" + phone(number)[1:]


def taken(batch: Batch) -> BatchAnswer:
    return BatchAnswer(Done(Receipt(f"id-{batch.key[:8]}")))


@dataclass
class Gateway:
    """A horn to people. ``on_submit`` answers each call; what came is kept with its moment."""

    card: ChannelCard
    clock: Clock
    on_submit: Callable[[Batch], BatchAnswer] = taken
    on_look_up: Callable[[Batch], LookUp] = lambda _: CannotTell("nobody knows", final=True)
    calls: list[tuple[datetime, Batch]] = field(default_factory=list)
    _mutex: threading.Lock = field(default_factory=threading.Lock)

    def submit(self, batch: Batch) -> BatchAnswer:
        with self._mutex:
            self.calls.append((self.clock.now(), batch))
        return self.on_submit(batch)

    def look_up_batch(self, batch: Batch, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:  # noqa: ARG002 - the signature of the contract
        return self.on_look_up(batch)

    def rest(self) -> Rest | None:
        return None

    def preflight(self) -> list[Finding]:
        return []

    def publish(self, message: Message) -> Ending:
        raise NotImplementedError

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:
        raise NotImplementedError

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:
        raise NotImplementedError

    def insights(self, receipt: Receipt) -> Mapping[str, int]:  # noqa: ARG002 - the same
        return {}

    def ask(self, receipt: Receipt, key: str, numbers: tuple[str, ...]) -> Told:  # noqa: ARG002 - the same
        return Told()

    def read_webhook(self, call: WebhookCall) -> Told:
        raise NotImplementedError

    @property
    def numbers(self) -> list[str]:
        """Every number that came, in order."""
        return [number for _, batch in self.calls for number in batch.numbers]

    def twice(self) -> list[str]:
        """Numbers that came more than once with one text."""
        seen = Counter((batch.text, number) for _, batch in self.calls for number in batch.numbers)
        return [number for (_, number), count in seen.items() if count > 1]


@dataclass
class Crowd:
    """The office at work on a clock that the test moves."""

    root: Path
    clock: Any
    bulk: Bulk
    changes: Mapping[str, Any] = field(default_factory=dict)
    desk: Desk = field(init=False)
    service: Service = field(init=False)
    gateway: Gateway = field(init=False)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        """Start as a new process would; the gateway remembers."""
        desk = open_desk(open_workspace(self.root), self.clock, sandbox={})
        card = replace(desk.cards["sms"], bulk=lambda _: self.bulk, variants={}, **self.changes)
        self.gateway = getattr(self, "gateway", None) or Gateway(card, self.clock)
        horn: Any = self.gateway
        self.desk = replace(desk, cards={**desk.cards, "sms": card}, publisher_of=lambda _: horn)
        self.service = Service(self.desk, "test", 1)
        self.service.start()

    def reopen(self) -> None:
        self.close()
        self.open()

    def close(self) -> None:
        self.desk.book.close()

    def make_ready(self, until: datetime = SLOT + timedelta(days=30)) -> None:
        plan(self.desk, until)
        for reviewer in REVIEWERS:
            decide(self.desk, Selection(), reviewer, APPROVE, "Khẩn cấp, đã báo lãnh đạo")

    def go_to(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        self.service.beat()

    def run(self, until: datetime) -> None:
        """From moment to moment until nothing happens before ``until``."""
        while True:
            moment = next_moment(self.desk)
            if moment is None or moment > until:
                return
            self.go_to(max(moment, self.clock.now() + timedelta(microseconds=1)))

    def view(self, item: str = "tin") -> DeliveryView:
        [found] = [view for view in overview(self.desk.book, self.desk.workspace) if view.item_id == item]
        return found
