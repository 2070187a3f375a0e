"""Clock jumps and suspends over a schedule of fifty: nothing twice, nothing missed in silence.

``uv run python -m benchmarks.faults.clock [--jumps 40] [--suspends 10] [--items 50] [--seed 1]`` (with ``tests`` on the
path; the runner of this folder sees to it). One office in one process, on a machine whose two clocks are driven: days
pass in seconds. The sandbox keeps its own time, which is right. Jumps of −24 h to +7 d come between beats, in the
midst of a call, and right after calls whose answers were lost; a jump is set back, believed after a quarter of an
hour, or confirmed by a person; processes end and begin in between.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from support.clocks import Machine
from support.faulty_office import SETTLE
from support.history import check, read_history
from support.office import LOA_YAML, RECIPIENTS

from benchmarks.faults.report import Report
from loa.clock import SystemClock
from loa.delivery import State
from loa.dispatch import APPROVE, DeliveryView, Desk, Selection, Service, decide, overview, plan
from loa.dispatch.steady import PATIENCE, accept_clock, doubt_of
from loa.sandbox import Effect, Fault, Sandbox, overrides, read_journal
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

START = datetime(2027, 2, 28, 23, 0, tzinfo=UTC)
"""06:00 in Vietnam."""
STEP = timedelta(minutes=20)
_A_DAY = (("facebook", "08:00"), ("sms", "09:30"), ("facebook", "11:00"), ("facebook", "15:00"))
_LEAST_JUMP, _MOST_JUMP = timedelta(hours=-24), timedelta(days=7)
_TROUBLES = ("drop_after", "error500_after", "garbage", "error500_before", "drop_before")
_ENDED = (State.DONE, State.REFUSED, State.MISSED, State.CANCELLED)
_HEAD = """\
id: thu-nghiem
title: Chiến dịch thử
author: Trần Văn Bình
lead: Văn phòng UBND tỉnh
basis: [Kế hoạch thử]
from: 2027-01-01
units: [tinh-mau]
items:
"""


@dataclass
class Their(SystemClock):
    """The sandbox's own clock: it is right, and it never jumps."""

    machine: Machine
    begun: float

    def now(self) -> datetime:
        return START + timedelta(seconds=self.machine.seconds - self.begun)


@dataclass
class Course:
    """One office, its machine, and what happens to both."""

    root: Path
    machine: Machine
    sandbox: Sandbox
    chance: random.Random
    on_the_wire: list[timedelta] = field(default_factory=list)
    """Jumps that come in the midst of the next calls."""
    doubts: list[tuple[datetime, datetime]] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    desk: Desk = field(init=False)
    service: Service = field(init=False)

    def open(self) -> None:
        """A new process on the same book."""
        if hasattr(self, "desk"):
            self.desk.book.close()
        at, public = overrides(self.sandbox.url), self.sandbox.public
        desk = open_desk(open_workspace(self.root), self.machine.clock(), sandbox=at, media_folder=public)
        publisher_of = desk.publisher_of
        self.desk = replace(desk, publisher_of=lambda name: _Struck(publisher_of(name), self))  # type: ignore[arg-type,return-value]  # a horn in all that it is asked
        self.service = Service(self.desk, "pc", 1)
        self.service.start()

    def beat(self, after: timedelta) -> None:
        self.machine.pass_by(after)
        before = self.sandbox_time()
        if self.service.beat().doubted:
            self.doubts.append((before, self.sandbox_time()))

    def sandbox_time(self) -> datetime:
        return Their(self.machine, 1000.0).now()

    def views(self) -> list[DeliveryView]:
        return list(overview(self.desk.book, self.desk.workspace))

    def strike(self) -> None:
        if self.on_the_wire:
            self.machine.jump(self.on_the_wire.pop())
            self.happened["in the midst of a call"] += 1


class _Struck:
    """A horn under whose calls the clock jumps."""

    def __init__(self, horn: Any, course: Course) -> None:
        self._horn, self._course = horn, course

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._horn, name)
        return self._call(found) if name in ("publish", "submit") else found

    def _call(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def struck(*given: Any) -> Any:
            ending = call(*given)
            self._course.strike()
            return ending

        return struck


def make_office(root: Path, items: int) -> Path:
    """Fifty items, four a day, each with words of its own."""
    campaign = _HEAD
    for number in range(items):
        channel, at = _A_DAY[number % len(_A_DAY)]
        day = (START + timedelta(days=1 + number // len(_A_DAY))).date()
        way = "sms: {recipients: doi-ngu, options: {class: operations}}" if channel == "sms" else f"{channel}: {{}}"
        campaign += f"  - id: tin-{number}\n    title: Tin {number}\n    content: [content/tin-{number}.md]\n"
        campaign += f'    when: {{date: {day}, at: "{at}"}}\n    send: {{{way}}}\n'
        words = f"---\ntitle: Tin {number}\n---\nUBND tinh Mau: viec so {number} trong ngay, goi 1022.\n"
        _write(root / f"content/tin-{number}.md", words)
    _write(root / "campaigns/thu-nghiem.yaml", campaign)
    _write(root / "loa.yaml", LOA_YAML)
    _write(root / "content/recipients/doi-ngu.csv", RECIPIENTS)
    return root


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run(jumps: int, suspends: int, items: int, seed: int) -> Report:
    """Drive one office through all of it; the report."""
    report = Report(f"Clock: {jumps} jumps, {suspends} suspends, {items} deliveries", ("what", "count"))
    report.how = f"uv run python benchmarks/faults --only clock --seed {seed}"
    with tempfile.TemporaryDirectory(prefix="loa-clock-") as folder:
        machine = Machine(START)
        with Sandbox(Path(folder) / "sandbox", clock=Their(machine, machine.seconds)) as sandbox:
            root = make_office(Path(folder) / "office", items)
            course = Course(root, machine, sandbox, random.Random(seed))  # noqa: S311 - repeatable, not secret
            course.open()
            plan(course.desk, START + timedelta(days=2 + items // len(_A_DAY)))
            decide(course.desk, Selection(), "lan", APPROVE)
            _go(course, jumps, suspends, items)
            _judge(course, report, items)
            course.desk.book.close()
            book = root / "var/book.sqlite"
            back = (_MOST_JUMP - _LEAST_JUMP).total_seconds() * jumps
            history = read_history(book, sandbox.journal, settle=dict.fromkeys(SETTLE, 0.0), back=back)
            report.blame("history", check(history))
    return report


def _go(course: Course, jumps: int, suspends: int, items: int) -> None:
    """Spread what happens over the days of the schedule, and let it end."""
    days = timedelta(days=1 + items / len(_A_DAY))
    events = ["jump"] * jumps + ["suspend"] * suspends
    course.chance.shuffle(events)
    pause = days / (len(events) + 1)
    for event in events:
        _let_pass(course, pause * course.chance.uniform(0.6, 1.4))
        (_jump if event == "jump" else _suspend)(course)
    _let_pass(course, timedelta(days=1))
    for _ in range(400):
        if all(view.state in (*_ENDED, State.HELD, State.HUMAN) for view in course.views()):
            return
        _let_pass(course, timedelta(hours=6))


def _let_pass(course: Course, time: timedelta) -> None:
    while time > timedelta(0):
        step = min(STEP, time) * course.chance.uniform(0.5, 1.0)
        course.beat(step)
        time -= max(step, timedelta(minutes=1))


def _suspend(course: Course) -> None:
    course.happened["suspends"] += 1
    course.machine.pass_by(timedelta(hours=course.chance.uniform(0.5, 9)))
    course.beat(timedelta(0))


def _jump(course: Course) -> None:
    """One jump, and how it ends. Calls whose answers are lost go before every second one."""
    chance = course.chance
    by = timedelta(seconds=chance.uniform(_LEAST_JUMP.total_seconds(), _MOST_JUMP.total_seconds()))
    by = by if chance.random() < 0.5 else by / chance.choice((8, 40, 100))
    course.happened["jumps"] += 1
    if chance.random() < 0.5:
        faces = [(face, route) for face, route in (("facebook", "*/feed"), ("esms", "*"))]
        scenario = [Fault(face=face, route=route, kind=chance.choice(_TROUBLES)) for face, route in faces]  # type: ignore[arg-type]  # kinds by name
        course.sandbox.play(scenario)
        _until_something_left(course)
        course.happened["right after a lost answer"] += 1
    if chance.random() < 0.3:
        course.on_the_wire.append(by)
        _until_something_left(course)
    else:
        course.machine.jump(by)
    _ending(course, by, chance.choices(("back", "believed", "confirmed", "restarted"), (5, 3, 2, 2))[0])


def _until_something_left(course: Course) -> None:
    """Go to a moment just after the next thing has left, at most a day."""
    before = len(_effects(course))
    for _ in range(150):
        course.beat(STEP)
        if len(_effects(course)) > before:
            return


def _ending(course: Course, by: timedelta, how: str) -> None:
    course.beat(timedelta(seconds=5))
    course.beat(timedelta(minutes=course.chance.uniform(1, 9)))
    if how == "restarted":
        course.open()
        course.beat(timedelta(seconds=5))
    if how == "back" or (how == "restarted" and course.chance.random() < 0.5):
        course.machine.jump(-by)
    elif how == "confirmed" and doubt_of(course.desk.book):
        accept_clock(course.desk, "hoa")
    else:
        course.machine.pass_by(PATIENCE)
    course.happened[f"ended: {how}"] += 1
    course.beat(timedelta(seconds=5))


def _effects(course: Course) -> list[Effect]:
    path = course.sandbox.journal
    return list(read_journal(path)) if path.exists() else []


def _judge(course: Course, report: Report, items: int) -> None:
    effects = [effect for effect in _effects(course) if effect.kind in ("post", "sms")]
    seen = Counter((effect.account, effect.text, effect.recipient_hmac) for effect in effects)
    report.blame("twice", [f"{key[1]!r}: {count}" for key, count in seen.items() if count > 1])
    views = course.views()
    report.blame("lost from the book", [f"{items} → {len(views)}"] if len(views) != items else [])
    said = {view.text.strip() for view in views if view.state == State.DONE}
    report.blame("done without an effect", said - {effect.text.strip() for effect in effects})
    open_ones = [view.key for view in views if view.state not in (*_ENDED, State.HELD, State.HUMAN)]
    report.blame("no end", open_ones)
    report.blame("no reason", [view.key for view in views if view.state != State.DONE and not view.reason])
    in_doubt = [effect for effect in effects if any(a < effect.moment <= b for a, b in course.doubts)]
    report.blame("left while the clock was in doubt", [effect.text for effect in in_doubt])
    for name, count in sorted(course.happened.items()):
        report.add(name, count)
    for state, count in sorted(Counter(view.state for view in views).items()):
        report.add(f"in the end: {state}", count)
    report.add("duplicates", sum(count - 1 for count in seen.values()))


def main(argv: list[str]) -> int:
    """Print the report; 1 when a promise was broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--jumps", type=int, default=40)
    parser.add_argument("--suspends", type=int, default=10)
    parser.add_argument("--items", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(argv)
    report = run(given.jumps, given.suspends, given.items, given.seed)
    print(report.markdown())
    return 1 if report.violations else 0
