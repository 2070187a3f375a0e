"""Edits while the scheduler runs: whatever the staff do to their files, nothing leaves that nobody approved.

``uv run python benchmarks/faults --only edits [--edits 200] [--seed 1]``. A real ``loa run`` sends to a sandbox while
texts, moments, accounts, items, campaigns, templates, lists and finished assets are changed, broken, taken away and
brought back, and approvals are given and withdrawn. The witness reads the book by sqlite3 at each approval, and holds
every effect in the sandbox's journal against the bytes that stood approved in that moment.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import signal
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from support.office import LOA_YAML, RECIPIENTS
from support.planted import phone
from support.processes import sandbox_process, start_loa

from benchmarks.faults.report import Report
from loa.clock import DEFAULT_ZONE, SystemClock
from loa.dispatch import APPROVE, RETURN, Selection, decide, plan, render_plan
from loa.errors import LoaError
from loa.sandbox import overrides
from loa.wiring.desks import open_desk
from loa.workspace import bundled, open_workspace

TEXTS, PICTURES, MESSAGES = 36, 5, 4
_WAIT_SECONDS = (0.02, 0.7)
_TEMPLATE = "templates/infographics/chi-so"
_HEAD = """\
id: thu-nghiem
title: Chiến dịch thử
author: Trần Văn Bình
lead: Văn phòng UBND tỉnh
basis: [Kế hoạch thử]
from: {year}-01-01
facts:
  truc-tuyen: {{value: "80", unit: "%", label: hồ sơ nộp trực tuyến, source: Kế hoạch thử}}
units: [tinh-mau, xa-mot]
items:
"""
_MAKE = """\
    make:
      - id: hinh
        template: infographics/chi-so
        formats: [square]
        facts: [truc-tuyen]
        data: {{title: Nộp hồ sơ {number}}}
"""


@dataclass(frozen=True)
class Approved:
    """What one approval lets out: words and media for an account, from a moment on."""

    key: str
    content_hash: str
    account: str
    text: str
    media: tuple[str, ...]


@dataclass
class Witness:
    """Knows the book by sqlite3 only."""

    book: Path
    packages: dict[str, Approved] = field(default_factory=dict)

    def look(self) -> None:
        """Keep the bytes of every package that stands in the book, by their hash, which is made here anew."""
        for key, account, package in self.rows("SELECT key, account_id, package FROM delivery WHERE package != ''"):
            sha256 = hashlib.sha256(package.encode()).hexdigest()
            if sha256 not in self.packages:
                content = json.loads(package)
                media = tuple(each["sha256"] for each in content["assets"])
                settings = content["account"]["settings"]
                shown = settings.get("page_id") or settings.get("brandname") or account
                self.packages[sha256] = Approved(key, sha256, shown, content["text"].strip(), media)

    def decisions(self) -> dict[str, list[tuple[float, str]]]:
        """By content hash and key: when it was approved and returned, in seconds, oldest first."""
        found: dict[str, list[tuple[float, str]]] = {}
        query = "SELECT delivery_key, content_hash, at, decision FROM approval ORDER BY id"
        for key, content_hash, at, decision in self.rows(query):
            found.setdefault(f"{content_hash} {key}", []).append((at / 1e6, decision))
        return found

    def accuse(self, effect: dict[str, Any]) -> str | None:
        """What is wrong with an effect; None when it was approved just so when it was seen."""
        moment = datetime.fromisoformat(effect["at"]).timestamp()
        decisions = self.decisions()
        media = tuple(effect["media_sha256"])
        words = [each for each in self.packages.values() if (each.text, each.media) == (effect["text"].strip(), media)]
        mine = [each for each in words if each.account == effect["account"]]
        for each in mine:
            before = [word for at, word in decisions.get(f"{each.content_hash} {each.key}", []) if at <= moment]
            if before and before[-1] == APPROVE:
                return None
        why = "never approved" if mine else "another account" if words else "bytes that no package holds"
        return f"{why}: {effect['kind']} {effect['account']} {effect['text'][:60]!r}"

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self.book}?mode=ro", uri=True, timeout=30)) as connection:
            return connection.execute(query).fetchall()


@dataclass
class Staff:
    """The people who edit, approve and return, at any moment."""

    root: Path
    url: str
    chance: random.Random
    witness: Witness
    done: Counter[str] = field(default_factory=Counter)
    version: int = 0
    later: list[Callable[[], None]] = field(default_factory=list)

    def edit(self) -> None:
        """One edit of a random kind; what an earlier one broke is mended first, mostly."""
        if self.later and self.chance.random() < 0.7:
            self.later.pop(0)()
        kind = self.chance.choices(list(_EDITS), [weight for weight, _ in _EDITS.values()])[0]
        _EDITS[kind][1](self)
        self.done[kind] += 1

    def mend(self) -> None:
        """Everything that was broken for a while is whole again."""
        while self.later:
            self.later.pop(0)()

    def waiting(self, *, with_picture: bool = False) -> list[str]:
        """The items of which something is not sent yet."""
        query = "SELECT DISTINCT item_id FROM delivery WHERE state IN ('awaiting_approval', 'approved')"
        query += """ AND package LIKE '%"sha256"%'""" if with_picture else ""
        return sorted(str(item) for (item,) in self.witness.rows(query))

    def office(self, work: Callable[[Any], object]) -> None:
        """Do something as a command of its own would: a fresh desk on files that may be broken just now."""
        with suppress(LoaError):
            desk = open_desk(open_workspace(self.root), SystemClock(), sandbox=overrides(self.url))
            try:
                work(desk)
            finally:
                desk.book.close()
        self.witness.look()

    def save(self, path: Path, text: str) -> None:
        """As editors save: in place, aside and renamed, or half of it first."""
        way = self.chance.choice(("in place", "aside", "half"))
        if way == "aside":
            aside = path.with_name(f".{path.name}.swp")
            aside.write_text(text, encoding="utf-8")
            aside.replace(path)
            return
        if way == "half":
            path.write_text(text[: len(text) // 2], encoding="utf-8")
            time.sleep(self.chance.uniform(0, 0.2))
        path.write_text(text, encoding="utf-8")


def _text(staff: Staff) -> None:
    staff.version += 1
    number = staff.chance.randrange(TEXTS + PICTURES)
    staff.save(staff.root / f"content/tin-{number}.md", _words(number, staff.version))


def _same_size_text(staff: Staff) -> None:
    """Another text of the same length in the same moment as the last: the times of the file may not tell."""
    path = staff.root / f"content/tin-{staff.chance.randrange(TEXTS)}.md"
    before = path.read_text(encoding="utf-8")
    stat = path.stat()
    path.write_text(before.replace("goi 1022", "goi 2201") if "1022" in before else before, encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _in_campaign(change: Callable[[Staff, str], str]) -> Callable[[Staff], None]:
    def edit(staff: Staff) -> None:
        path = staff.root / "campaigns/thu-nghiem.yaml"
        if path.exists():
            staff.save(path, change(staff, path.read_text(encoding="utf-8")))

    return edit


def _items_of(text: str) -> tuple[str, list[str]]:
    head, *items = re.split(r"^(?=  - id: )", text, flags=re.MULTILINE)
    return head, items


def _moment(staff: Staff, text: str) -> str:
    head, items = _items_of(text)
    if items:
        place = staff.chance.randrange(len(items))
        hour = f'at: "{_at(staff.chance.randrange(5, 50)):%H:%M}"'
        found = items[place].find('at: "')
        items[place] = items[place][:found] + hour + items[place][found + len(hour) :]
    return head + "".join(items)


def _removed(staff: Staff, text: str) -> str:
    head, items = _items_of(text)
    gone = items.pop(staff.chance.randrange(len(items))) if len(items) > TEXTS // 2 else ""
    path = staff.root / "campaigns/thu-nghiem.yaml"
    staff.later.append(lambda: path.exists() and path.write_text(path.read_text("utf-8") + gone, "utf-8"))  # type: ignore[arg-type,return-value]  # what it gives is nobody's business
    return head + "".join(items)


def _renamed(staff: Staff, text: str) -> str:
    staff.version += 1
    return re.sub(r"^  - id: ", f"  - id: ten{staff.version}-", text, count=1, flags=re.MULTILINE)


def _doubled(staff: Staff, text: str) -> str:
    """New posts, so that there is always something that may leave; every second one with a picture."""
    _, items = _items_of(text)
    staff.version += 1
    with_picture = [each for each in items if "make:" in each]
    twin = staff.chance.choice(with_picture if with_picture and staff.chance.random() < 0.5 else items or [""])
    return text + twin.replace("- id: ", f"- id: ban{staff.version}-", 1)


def _fact(staff: Staff, text: str) -> str:
    staff.version += 1
    return text.replace(text[text.index('value: "') :][:11], f'value: "{staff.version % 90 + 10}"', 1)


def _campaign_gone(staff: Staff) -> None:
    path = staff.root / "campaigns/thu-nghiem.yaml"
    if path.exists():
        aside = staff.root / "thu-nghiem.cat-di"
        path.replace(aside)
        staff.later.append(lambda: aside.replace(path) if aside.exists() else None)  # type: ignore[arg-type,return-value]  # the same


def _broken(staff: Staff) -> None:
    path = staff.root / "campaigns/thu-nghiem.yaml"
    if path.exists():
        whole = path.read_text(encoding="utf-8")
        path.write_text(whole[: staff.chance.randrange(len(whole))], encoding="utf-8")
        time.sleep(staff.chance.uniform(0, 0.4))
        path.write_text(whole, encoding="utf-8")


def _account(staff: Staff) -> None:
    """The page of an account is another; the account is away; it is there again as it was."""
    path = staff.root / "loa.yaml"
    whole = _settings()
    changed = staff.chance.choice(
        (
            whole.replace('page_id: "1001"', 'page_id: "1009"'),
            whole.replace("  - id: fb-xa\n", "  - id: fb-khac\n"),
            whole.replace("name: Tỉnh Mẫu\n    settings", "name: Tỉnh\n    settings"),
        )
    )
    staff.save(path, changed)
    staff.later.append(lambda: path.write_text(whole, encoding="utf-8"))  # type: ignore[arg-type,return-value]  # the same


def _template(staff: Staff) -> None:
    staff.version += 1
    with (staff.root / _TEMPLATE / "template.yaml").open("a", encoding="utf-8") as file:
        file.write(f"# {staff.version}\n")


def _asset(staff: Staff) -> None:
    """One byte of a picture that was just approved is another, with the times of the file as they were."""

    def approve_pictures(desk: Any) -> None:
        render_plan(desk, (), desk.clock.now() + timedelta(days=1), lambda _done, _all: None)
        plan(desk)
        staff.witness.look()
        for item in staff.waiting(with_picture=True):
            with suppress(LoaError):
                decide(desk, Selection(item=item), "lan", APPROVE)
        _flip(staff)

    staff.office(approve_pictures)


def _flip(staff: Staff) -> None:
    pictures = sorted(path for path in (staff.root / "var/assets").rglob("*.*") if path.suffix in (".jpg", ".png"))
    if pictures:
        path = staff.chance.choice(pictures)
        whole, stat = path.read_bytes(), path.stat()
        place = staff.chance.randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        staff.later.append(lambda: path.write_bytes(whole) and None)  # type: ignore[func-returns-value]  # the same


def _list(staff: Staff) -> None:
    staff.version += 1
    with (staff.root / "content/recipients/doi-ngu.csv").open("a", encoding="utf-8") as file:
        file.write(f"{phone(100 + staff.version)},tinh-mau\n")


def _returned(staff: Staff) -> None:
    staff.office(lambda desk: decide(desk, Selection(item=_some_item(staff)), "lan", RETURN, "xem lại"))


def _approved(staff: Staff) -> None:
    staff.office(lambda desk: _approve(staff, desk))


def _approve(staff: Staff, desk: Any) -> None:
    """As people do: make what is not made, look, approve; and sometimes somebody saves in the same breath."""
    if staff.chance.random() < 0.3:
        render_plan(desk, (), desk.clock.now() + timedelta(days=1), lambda _done, _all: None)
    plan(desk)
    staff.witness.look()
    for _ in range(3):
        with suppress(LoaError):
            decide(desk, Selection(item=_some_item(staff)), "lan", APPROVE)
    if staff.chance.random() < 0.4:
        _text(staff)


def _some_item(staff: Staff) -> str:
    return staff.chance.choice(staff.waiting() or ["khong-co"])


_EDITS: dict[str, tuple[int, Callable[[Staff], None]]] = {
    "text": (6, _text),
    "text of the same size and time": (3, _same_size_text),
    "moment": (3, _in_campaign(_moment)),
    "item removed": (2, _in_campaign(_removed)),
    "item renamed": (2, _in_campaign(_renamed)),
    "item doubled": (6, _in_campaign(_doubled)),
    "fact": (1, _in_campaign(_fact)),
    "campaign away": (2, _campaign_gone),
    "broken in the midst of a save": (3, _broken),
    "account": (3, _account),
    "template": (1, _template),
    "asset": (3, _asset),
    "list": (2, _list),
    "returned": (3, _returned),
}


def _settings() -> str:
    quiet = '{from: "21:00", to: "07:00"}'
    return LOA_YAML.replace(quiet, '{from: "00:00", to: "00:00"}').replace("limit: 2h", "limit: 20h")


def _at(minutes_ago: int) -> datetime:
    return max(datetime.now(DEFAULT_ZONE) - timedelta(minutes=minutes_ago), _midnight())


def _midnight() -> datetime:
    return datetime.now(DEFAULT_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)


def _words(number: int, version: int = 0) -> str:
    return f"---\ntitle: Tin {number}\n---\nUBND tinh Mau: viec so {number} lan {version}, goi 1022.\n"


def make_office(root: Path) -> Path:
    """Everything is due since a while: what is approved leaves at the next beat."""
    today = _at(5)
    when = f'    when: {{date: {today:%Y-%m-%d}, at: "{today:%H:%M}"}}\n'
    campaign = _HEAD.format(year=today.year)
    for number in range(TEXTS + PICTURES + MESSAGES):
        campaign += f"  - id: tin-{number}\n    title: Tin {number}\n    content: [content/tin-{number}.md]\n"
        if number < TEXTS:
            campaign += when + "    send: {facebook: {}}\n"
        elif number < TEXTS + PICTURES:
            campaign += when + _MAKE.format(number=number) + "    send: {facebook: {asset: hinh/square}}\n"
        else:
            sms = "    send: {sms: {recipients: doi-ngu, options: {class: operations}}}\n"
            campaign += "    units: [tinh-mau]\n" + when + sms
        _write(root / f"content/tin-{number}.md", _words(number))
    _write(root / "campaigns/thu-nghiem.yaml", campaign)
    _write(root / "loa.yaml", _settings())
    _write(root / "content/recipients/doi-ngu.csv", RECIPIENTS)
    (root / _TEMPLATE).mkdir(parents=True)
    for each in bundled(*_TEMPLATE.split("/")).iterdir():
        (root / _TEMPLATE / each.name).write_bytes(each.read_bytes())
    return root


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run(edits: int, seed: int) -> Report:
    """Edit ``edits`` times while the scheduler runs; the report."""
    report = Report(f"Edits while running: {edits}", ("what", "count"))
    report.how = f"uv run python benchmarks/faults --only edits --seed {seed}"
    with tempfile.TemporaryDirectory(prefix="loa-edits-") as folder:
        root = make_office(Path(folder) / "office")
        with sandbox_process(Path(folder) / "sandbox", clock="system") as url:
            staff = Staff(root, url, random.Random(seed), Witness(root / "var/book.sqlite"))  # noqa: S311 - repeatable, not secret
            staff.office(lambda desk: _approve(staff, desk))
            scheduler = start_loa("run", "--sandbox", url, "--every", "1", cwd=root)
            try:
                _work(staff, edits, Path(folder) / "sandbox/journal.jsonl")
                ended = scheduler.poll()
            finally:
                scheduler.send_signal(signal.SIGTERM)
                scheduler.wait(timeout=60)
        report.blame("the scheduler ended", [] if ended is None else [f"exit {ended}"])
        _judge(report, staff, edits, Path(folder) / "sandbox/journal.jsonl")
    return report


def _work(staff: Staff, edits: int, journal: Path) -> None:
    for _ in range(edits):
        if staff.chance.random() < 0.6:
            _approved(staff)
            time.sleep(staff.chance.uniform(*_WAIT_SECONDS))
        staff.edit()
        time.sleep(staff.chance.uniform(*_WAIT_SECONDS))
    staff.mend()
    staff.office(_approve_all)
    end = time.monotonic() + _PATIENCE_SECONDS
    while _lines(journal) < 2 * _least(edits) and time.monotonic() < end:
        time.sleep(0.5)
    time.sleep(4)


def _approve_all(desk: Any) -> None:
    """The day's last round: what waits is made, looked at and approved, so that something leaves on any machine."""
    render_plan(desk, (), desk.clock.now() + timedelta(days=1), lambda _done, _all: None)
    plan(desk)
    decide(desk, Selection(campaign="thu-nghiem"), "lan", APPROVE)


def _lines(journal: Path) -> int:
    return len(journal.read_text(encoding="utf-8").splitlines()) if journal.exists() else 0


def _judge(report: Report, staff: Staff, edits: int, journal: Path) -> None:
    staff.witness.look()
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()] if journal.exists() else []
    effects = [line for line in lines if line["kind"] in ("post", "photo_post", "sms")]
    report.blame("unapproved", filter(None, map(staff.witness.accuse, effects)))
    seen = Counter((e["account"], e["text"], tuple(e["media_sha256"]), e["recipient_hmac"]) for e in effects)
    for name, count in sorted(staff.done.items()):
        report.add(name, count)
    report.add("effects that citizens saw", len(effects))
    pictures = sum(bool(effect["media_sha256"]) for effect in effects)
    report.add("of these with a picture", pictures)
    report.add("packages that the witness knows", len(staff.witness.packages))
    report.add("approvals and returns", sum(map(len, staff.witness.decisions().values())))
    report.notes.append(f"judged {datetime.now(UTC):%Y-%m-%d}; the same words twice on an account: {_twins(seen)}")
    told = f"{len(effects)} effects, {pictures} pictures"
    enough = len(effects) >= _least(edits) and pictures >= edits // _EDITS_A_PICTURE
    report.blame("too little was sent to prove anything", [] if enough else [told])


_PATIENCE_SECONDS, _EDITS_A_PICTURE = 60, 50


def _least(edits: int) -> int:
    """How many effects must be there to judge."""
    return max(5, edits // 4)


def _twins(seen: Counter[tuple[Any, ...]]) -> str:
    """A renamed or doubled item is another post with the same words: approved as such, and told here."""
    return str(sum(count - 1 for count in seen.values()))


def main(argv: list[str]) -> int:
    """Print the report; 1 when a promise was broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(argv)
    report = run(given.edits, given.seed)
    print(report.markdown())
    return 1 if report.violations else 0
