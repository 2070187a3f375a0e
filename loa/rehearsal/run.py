"""Running a rehearsal: from moment to moment, not from second to second, so that a month passes in seconds.

Its book, its clock and its journal lie in a folder of their own; killed and started again, it goes on where it was.
"""

from __future__ import annotations

import json
import os
import platform
import threading
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from loa import store
from loa.clock import SimulatedClock
from loa.delivery import TERMINAL, State
from loa.dispatch import (
    DeliveryView,
    Desk,
    Selection,
    Service,
    look_after,
    overview,
    plan,
    release_moment,
    render_what_can_be,
)
from loa.dispatch.approval import demands_of
from loa.dispatch.bulk.claim import next_moment as next_call
from loa.dispatch.bulk.control import release
from loa.dispatch.fates import with_fates
from loa.dispatch.handoff import confirm, open_handoffs
from loa.dispatch.person import show_hidden
from loa.recipients import let_all_go
from loa.rehearsal.log import take_in_log
from loa.sandbox import Sandbox, overrides
from loa.store import Approval
from loa.wiring.desks import open_desk
from loa.wiring.webhooks import desk_with_door
from loa.workspace import Workspace

Progress = Callable[[str, int, int], None]
"""Called with the name of the step (``render``, ``publish``), what is done and what there is to do."""

_STEP = timedelta(minutes=1)
_TAIL = timedelta(days=3)
"""How long after the last slot doubtful and pending sendings may still be settled."""
_RECEIPTS_COME = (timedelta(minutes=1), timedelta(hours=1), timedelta(hours=12), timedelta(days=2), timedelta(hours=73))
"""When to look for receipts after the last message has left."""
_PATIENCE_SECONDS = 150
_LONGEST_JUMP = timedelta(days=30)
"""A scheduler that runs looks after its accounts all the time; nothing that it keeps alive may die in a jump."""
_OPEN = (State.APPROVED, State.DUE, State.RETRY_LATER, State.SENDING, State.PENDING, State.UNKNOWN)
PROXY = "Diễn tập"


@dataclass(frozen=True, slots=True)
class RehearsalResult:
    """What there is to see after a rehearsal. ``assumed``: approvals were taken for granted, in its own book only."""

    views: tuple[DeliveryView, ...]
    journal: Path
    page: Path | None
    book: Path
    assumed: bool
    by_hand: int = 0
    """Packages that were laid out for people and, in the rehearsal, reported as done."""


@dataclass(frozen=True)
class Rehearsal:
    """One rehearsal of some campaigns over a span of time.

    With ``sandbox_url`` an outside sandbox process is used (its journal is its own); otherwise one is started here.
    ``only_approved`` takes the real approvals of the workspace's book instead of taking them for granted.
    """

    workspace: Workspace
    campaigns: tuple[str, ...]
    start: datetime
    end: datetime
    folder: Path
    sandbox_url: str = ""
    only_approved: bool = False

    def run(self, progress: Progress) -> RehearsalResult:
        """Rehearse to the end.

        Raises:
            StoreError: E703 the same rehearsal is already running.
            ProblemsFound: the campaign files have problems.
        """
        clock = SimulatedClock(self.start)
        self.folder.mkdir(parents=True, exist_ok=True)
        with (
            store.hold(self.folder, clock),
            self._sandbox(clock) as (url, sandbox),
            self._desk(clock, url, sandbox) as desk,
        ):
            try:
                self._prepare(desk, progress)
                # Only now: a rehearsal that was killed goes on at the moment kept in its book, and an outside
                # sandbox must be told of that moment before anything is sent to it.
                hands = _Hands(desk, clock, sandbox or url)
                self._play(desk, hands, progress)
                if clock.now() < self.end:
                    hands.move_to(self.end)
                take_in_log(desk)
                page = sandbox.write_page(self.folder / "citizens") if sandbox else None
                views = with_fates(
                    desk, overview(desk.book, self.workspace, campaigns=self.campaigns or None, cards=desk.cards)
                )
                by_hand = sum(view.state == State.DONE and desk.cards[view.channel].by_hand for view in views)
                let_all_go(desk.book, clock)  # what it showed is counts; nobody purges the books of rehearsals
            finally:
                desk.book.close()
        journal = sandbox.journal if sandbox else self.folder / "journal.jsonl"
        return RehearsalResult(views, journal, page, self.folder / "book.sqlite", not self.only_approved, by_hand)

    def _desk(self, clock: SimulatedClock, url: str, sandbox: Sandbox | None) -> AbstractContextManager[Desk]:
        """The rehearsal's own desk, with a door to which the imitated gateways report."""
        public = sandbox.public if sandbox else self.folder / "public"
        book, hosts = self.folder / "book.sqlite", overrides(url)
        return desk_with_door(
            self.workspace,
            lambda base: open_desk(
                self.workspace, clock, book=book, sandbox=hosts, media_folder=public, webhook_base=base
            ),
        )

    @contextmanager
    def _sandbox(self, clock: SimulatedClock) -> Iterator[tuple[str, Sandbox | None]]:
        if self.sandbox_url:
            yield self.sandbox_url, None
            return
        names = {account.id: account.name for account in self.workspace.settings.accounts}
        names |= {value: a.name for a in self.workspace.settings.accounts for value in a.settings.values()}
        with Sandbox(self.folder, clock=clock, names=names) as sandbox:
            yield sandbox.url, sandbox

    def _prepare(self, desk: Desk, progress: Progress) -> None:
        """Render, plan and approve; after a restart all of it is there already and costs little."""
        clock = desk.clock
        if isinstance(clock, SimulatedClock) and (kept := store.read_note(desk.book, "clock")):
            clock.move_to(datetime.fromisoformat(kept))
        if store.read_note(desk.book, "prepared"):
            return
        self._take_over_lists(desk)
        render_what_can_be(desk, self.campaigns, self.end, lambda done, total: progress("render", done, total))
        plan(desk, self.end)
        self._approve(desk)
        plan(desk, self.end)
        store.note(desk.book, "prepared", "yes")

    def _approve(self, desk: Desk) -> None:
        if self.only_approved:
            self._take_over_approvals(desk)
        else:
            _take_for_granted(desk, self.campaigns)

    def _take_over_lists(self, desk: Desk) -> None:
        """The lists of the office's book, as sealed as they are; both books share the key. Killed here, begun anew."""
        place = os.environ.get("LOA_DATABASE_URL") or self.workspace.book
        with desk.book.read() as connection:
            is_done = bool(store.lists(connection))
        if is_done or (isinstance(place, Path) and not place.is_file()):
            return
        real = store.open_book(place)
        try:
            store.copy_people(real, desk.book)
        finally:
            real.close()

    def _take_over_approvals(self, desk: Desk) -> None:
        real = store.open_book(os.environ.get("LOA_DATABASE_URL") or self.workspace.book)
        try:
            decisions = store.approvals_of(real)
        finally:
            real.close()
        with desk.book.write() as connection:
            for row in store.deliveries(connection):
                for each in decisions.get(row.key, []):
                    store.record_decision(connection, each, row.id)

    def _play(self, desk: Desk, hands: _Hands, progress: Progress) -> None:
        service = Service(desk, platform.node(), os.getpid(), self.end)
        service.start()
        total = _count(desk, self.campaigns, only_open=False)
        while True:
            service.beat()
            _play_the_person(desk)
            progress("publish", total - _count(desk, self.campaigns, only_open=True), total)
            moment = _next_moment(desk, self.campaigns)
            if moment is None or moment > self.end + _TAIL:
                break
            if moment - desk.clock.now() > _LONGEST_JUMP:
                moment = desk.clock.now() + _LONGEST_JUMP
                look_after(desk, threading.Event())
            hands.move_to(moment)
        _await_receipts(desk, hands, service)


class _Hands:
    """Moves the clocks: ours, the one kept in the book for a restart, and an outside sandbox's."""

    def __init__(self, desk: Desk, clock: SimulatedClock, sandbox: Sandbox | str) -> None:
        self._desk = desk
        self._clock = clock
        self._sandbox = sandbox
        self._show(clock.now())

    def move_to(self, moment: datetime) -> None:
        store.note(self._desk.book, "clock", moment.isoformat())
        self._clock.move_to(moment)
        self._show(moment)

    def _show(self, moment: datetime) -> None:
        """Every sandbox has told all receipts that are due by then when this returns."""
        if isinstance(self._sandbox, Sandbox):
            self._sandbox.deliver_receipts()
            return
        body = json.dumps({"now": moment.isoformat()}).encode()
        request = urllib.request.Request(  # noqa: S310 - the sandbox's loopback address
            f"{self._sandbox}/_loa/clock", data=body, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=_PATIENCE_SECONDS):  # noqa: S310 - the same
            pass


def _await_receipts(desk: Desk, hands: _Hands, service: Service) -> None:
    """Let the days pass in which receipts still come, as long as some are waited for."""
    begin = desk.clock.now()
    for wait in _RECEIPTS_COME:
        if not any(
            view.fates and view.fates.on_the_way for view in with_fates(desk, overview(desk.book, desk.workspace))
        ):
            return
        hands.move_to(begin + wait)
        service.beat()


def _take_for_granted(desk: Desk, campaigns: Sequence[str]) -> None:
    """Approve everything in the rehearsal's own book, in the name of the rehearsal."""
    now = desk.clock.now()
    with desk.book.write() as connection:
        for row in store.deliveries(connection, campaigns=campaigns or None, states=(State.AWAITING,)):
            demands = demands_of(desk.workspace, row.package)
            reason = PROXY if demands.reason else ""
            for number in range(demands.approvals):
                proxy = Approval(row.key, row.content_hash, f"rehearsal-{number}", PROXY, "approve", now, reason)
                store.record_decision(connection, proxy, row.id)


def _play_the_person(desk: Desk) -> None:
    """What people do by hand is done, in a rehearsal, at its moment; nothing proves it, as nothing was done."""
    now = desk.clock.now()
    for each in open_handoffs(desk):
        if each.due <= now:
            confirm(desk, each, PROXY, now)
    show_hidden(desk, PROXY)
    release(desk, Selection(), PROXY)


def _count(desk: Desk, campaigns: Sequence[str], *, only_open: bool) -> int:
    with desk.book.read() as connection:
        rows = store.deliveries(connection, campaigns=campaigns or None)
    return sum(row.state not in TERMINAL for row in rows) if only_open else len(rows)


def _next_moment(desk: Desk, campaigns: Sequence[str]) -> datetime | None:
    """The next moment at which something can happen; None when nothing is open any more."""
    now = desk.clock.now()
    with desk.book.read() as connection:
        rows = store.deliveries(connection, campaigns=campaigns or None)
        pauses = store.pauses(connection, now)
        stopped = [pause.account_id for pause in pauses if pause.until is None]
        moments = [store.next_moment(connection, stopped), *(pause.until for pause in pauses)]
    moments.append(next_call(desk))
    for row in rows:
        if row.state == State.APPROVED:
            moments.append(release_moment(desk, row, now))
        if row.state in (State.AWAITING, State.PLANNED) or row.state in _OPEN:
            moments.append(row.expires + timedelta(seconds=1))
    ahead = [moment for moment in moments if moment is not None and moment > now]
    waits = any(moment is not None and moment <= now for moment in moments)
    return min([*ahead, now + _STEP]) if waits else min(ahead, default=None)
