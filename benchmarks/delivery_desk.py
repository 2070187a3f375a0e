"""An office with so many approved posts that are due now, and the two ways to send them: by the book, and bare.

``python benchmarks/delivery_desk.py bare|book|beat FOLDER URL [--threads 8]`` is one measurement in a process of its
own; it prints one line of JSON with its seconds of wall and CPU and the megabytes at its peak.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from loa import store
from loa.clock import DEFAULT_ZONE, SystemClock
from loa.delivery import Message, State
from loa.dispatch import APPROVE, Desk
from loa.dispatch.delivering import drain, next_moment
from loa.dispatch.posts.wire import message_of
from loa.dispatch.promote import next_due, promote
from loa.store import NewSending, Plan, tables
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

_HEAD = """\
body: {name: Tỉnh Mẫu, short_name: Tỉnh Mẫu, unit: tinh-mau}
units:
  list:
    - {code: tinh-mau, name: Tỉnh Mẫu, hotline: "1022", portal: "https://dichvucong.gov.vn"}
channels:
  facebook: {settings: {rate_per_second: "%s"}}
reviewers:
  - {id: lan, name: Nguyễn Thị Lan}
policies:
  approvals: "1"
  quiet_hours: {from: "%s", to: "%s"}
accounts:
"""
_ACCOUNT = """\
  - {id: fb-%d, channel: facebook, unit: tinh-mau, name: P%d, settings: {page_id: "%d"%s}, secrets: {page_token: t}}
"""
_WORDS = "Bà con nộp hồ sơ trực tuyến tại nhà, không phải đến cơ quan, không phải chờ. "
_CHUNK = 5_000


def office(root: Path, accounts: int, rate: str = "100000", more: str = "") -> Path:
    """An office with so many Pages; ``more`` goes into the settings of each account."""
    root.mkdir(parents=True)
    far = datetime.now(DEFAULT_ZONE) + timedelta(hours=12)  # the quiet hours of this office are never now
    quiet = (f"{far:%H}:00", f"{far:%H}:01")
    lines = [_ACCOUNT % (each, each, 1000 + each, more) for each in range(accounts)]
    (root / "loa.yaml").write_text(_HEAD % (rate, *quiet) + "".join(lines), encoding="utf-8")
    return root


def desk_of(root: Path, url: str) -> Desk:
    """The desk of an office whose posts go to the gateway at ``url``."""
    hosts = dict.fromkeys(("graph_host", "video_host", "rupload_host", "web_host"), url)
    book = root / "var" / "book.sqlite"
    desk = open_desk(open_workspace(root), SystemClock(), book=book, sandbox={"facebook": hosts})
    # Many Pages that speak in one moment are kept apart by their card: here it is their pace that is measured.
    card = replace(desk.cards["facebook"], stagger=timedelta(0))
    return replace(desk, cards={**desk.cards, "facebook": card})


def fill(root: Path, deliveries: int, accounts: int, *, state: State = State.DUE, after: float = 0.0) -> None:
    """Lay out so many approved posts that are due ``after`` seconds from now, spread over the accounts."""
    desk = desk_of(root, "http://127.0.0.1:1")
    now = datetime.now(UTC)
    due = now + timedelta(seconds=after)
    for first in range(0, deliveries, _CHUNK):
        plans = [_plan(n, n % accounts, state, due) for n in range(first, min(first + _CHUNK, deliveries))]
        with desk.book.write() as connection:
            rows = [{name: getattr(plan, name) for name in Plan.__slots__} for plan in plans]
            connection.execute(sa.insert(tables.delivery), rows)
            connection.execute(sa.insert(tables.approval), [_yes(plan, now) for plan in plans])
            ids = {key: id_ for id_, key in connection.execute(sa.select(tables.delivery.c.id, tables.delivery.c.key))}
            if state == State.DUE:
                new = [NewSending(ids[each.key], 0, f"{each.key}#0", each.account_id, due) for each in plans]
                store.add_sendings(connection, new)
    desk.book.close()


def _plan(number: int, account: int, state: State, due: datetime) -> Plan:
    expires = due + timedelta(days=2)
    content = {
        "channel": "facebook",
        "account": {"id": f"fb-{account}", "settings": {"page_id": str(1000 + account)}},
        "window": [due.isoformat(), expires.isoformat(), "ask"],
        "text": f"{_WORDS * 6}Tin số {number}.",
        "title": "",
        "summary": "",
        "link": "",
        "options": {},
        "assets": [],
        "recipients": {},
        "renderer": "1",
        "sources": {"content/tin.md": hashlib.sha256(str(number).encode()).hexdigest()},
    }
    package = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    labels = {"author": "binh", "account": f"Trang {account}", "unit": "Tỉnh Mẫu", "item": "Tin", "campaign": "Thử"}
    return Plan(
        key=f"c/{number:07}/facebook/fb-{account}",
        campaign_id="c",
        item_id=f"i{number}",
        unit_code="tinh-mau",
        channel="facebook",
        account_id=f"fb-{account}",
        due=due,
        expires=expires,
        when_late="ask",
        state=state,
        content_hash=hashlib.sha256(package.encode()).hexdigest(),
        package=package,
        labels=labels,
    )


def _yes(plan: Plan, now: datetime) -> dict[str, Any]:
    who = {"reviewer_id": "lan", "reviewer_name": "Nguyễn Thị Lan", "decision": APPROVE, "at": now}
    return {"delivery_key": plan.key, "content_hash": plan.content_hash, **who}


def by_the_book(desk: Desk) -> int:
    """Everything that waits, until nothing does."""
    return drain(desk, datetime.now(UTC) + timedelta(hours=1))


def bare(desk: Desk, threads: int) -> int:
    """The same horns and messages in so many threads, with no book at all."""
    shares = _shares(desk, threads)
    return _timed(lambda: _sent_bare(desk, shares))


def _shares(desk: Desk, threads: int) -> list[list[tuple[str, list[Message]]]]:
    with desk.book.read() as connection:
        rows = {row.id: row for row in store.deliveries(connection)}
        lanes: dict[str, list[Message]] = {}
        for each in store.sendings(connection):
            lanes.setdefault(each.account_id, []).append(message_of(desk, rows[each.delivery_id], each))
    portions = list(lanes.items())
    return [portions[first::threads] for first in range(threads)]


def _timed(work: Any) -> int:
    global _begun  # noqa: PLW0603 - the loading before it is not what is measured
    _begun = (time.perf_counter(), time.process_time())
    sent: int = work()
    return sent


_begun = (0.0, 0.0)


def _sent_bare(desk: Desk, shares: list[list[tuple[str, list[Message]]]]) -> int:
    def send(share: list[tuple[str, list[Message]]]) -> None:
        for account_id, messages in share:
            horn = desk.publisher_of(account_id)
            for message in messages:
                horn.publish(message)

    running = [threading.Thread(target=send, args=(share,)) for share in shares]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return sum(len(messages) for share in shares for _, messages in share)


_NOTICE_SECONDS = 2.0


def late_book(desk: Desk) -> float:
    """Everything comes due in one moment, and is laid out and sent as ``loa run`` does it between two beats."""
    due = datetime.now(UTC) + timedelta(seconds=_NOTICE_SECONDS)
    moment = time.monotonic() + _NOTICE_SECONDS
    with desk.book.write() as connection:
        connection.execute(sa.update(tables.delivery).values(due=due))
    while (nearest := min(filter(None, (next_due(desk), next_moment(desk))), default=None)) is not None:
        desk.clock.pause((nearest - desk.clock.now()).total_seconds())
        promote(desk, desk.clock.now())
        drain(desk, desk.clock.now() + timedelta(seconds=5))
    return moment


def late_bare(desk: Desk, threads: int) -> float:
    """The same posts, ready in memory, when their moment has come."""
    moment = time.monotonic() + _NOTICE_SECONDS
    shares = _shares(desk, threads)
    time.sleep(moment - time.monotonic())
    _sent_bare(desk, shares)
    return moment


def main() -> None:
    """One measurement."""
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=("bare", "book", "late-bare", "late-book"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("url")
    parser.add_argument("--threads", type=int, default=8)
    given = parser.parse_args()
    desk = desk_of(given.folder, given.url)
    for account in desk.workspace.settings.accounts:
        desk.publisher_of(account.id)
    if given.way.startswith("late"):
        due = late_bare(desk, given.threads) if given.way == "late-bare" else late_book(desk)
        json.dump({"due": due}, sys.stdout)
        return
    sent = bare(desk, given.threads) if given.way == "bare" else _timed(lambda: by_the_book(desk))
    wall, cpu = time.perf_counter() - _begun[0], time.process_time() - _begun[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"sent": sent, "wall": wall, "cpu": cpu, "megabytes": peak}, sys.stdout)


if __name__ == "__main__":
    main()
