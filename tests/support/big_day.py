"""A day with many accounts in one slot: the whole way from the plan to the last answer, against the real sandbox."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import patch

import requests

from loa import store
from loa.clock import SimulatedClock
from loa.delivery import State
from loa.dispatch import (
    APPROVE,
    DeliveryView,
    Desk,
    Selection,
    Service,
    decide,
    overview,
    plan,
    render_plan,
    retry,
    settle,
)
from loa.dispatch.again import Retried
from loa.rehearsal import Verdict, judge
from loa.render import Asset, Order, Renderer
from loa.render.keys import Keys
from loa.sandbox import Effect, Fault, FaultKind, Sandbox, overrides, read_journal
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace
from support.many import make_many

BEFORE = datetime(2027, 2, 28, 23, 0, tzinfo=UTC)  # 06:00 in Vietnam
SLOT = datetime(2027, 3, 1, 1, 0, tzinfo=UTC)
CHANNELS = ("facebook", "zalo")
KINDS: Sequence[FaultKind] = ("drop_before", "drop_after", "error500_after", "429", "token_expired", "garbage")
PUBLISHED = ("post", "photo_post", "article")


def weather(share: float, seed: int) -> list[Fault]:
    """About ``share`` of all calls that write go wrong, in six ways.

    Logins are spared: a renewal whose answer is lost needs a person at a browser, and has tests of its own.
    """
    return [
        Fault(face=face, route=route, kind=kind, probability=share / len(KINDS), seed=seed)
        for face, route in (("facebook", "*"), ("zalo", "/zalo/v*"))
        for kind in KINDS
    ]


@dataclass
class Wire:
    """What the platforms' own meters told: the fullest of Facebook's, and Zalo's calls in each minute."""

    fullest: float = 0.0
    failed: int = 0
    """Connections that broke, and answers that said no."""
    zalo_calls: Counter[datetime] = field(default_factory=Counter)

    def note(self, answer: requests.Response, now: datetime) -> None:
        self.failed += not answer.ok
        # a "slow down" that the scenario made up says nothing of the true meter
        used = answer.headers.get("x-business-use-case-usage", "{}") if answer.ok else "{}"
        for page in json.loads(used).values():
            shares = [float(share) for use in page for name, share in use.items() if name in PERCENTS]
            self.fullest = max(self.fullest, *shares)
        if "/zalo" in str(answer.url):
            self.zalo_calls[now.replace(second=0, microsecond=0)] += 1


PERCENTS = ("call_count", "total_cputime", "total_time")


@contextmanager
def watched(clock: SimulatedClock) -> Iterator[Wire]:
    """Every answer that comes over the wire is looked at on its way."""
    wire = Wire()
    send = requests.adapters.HTTPAdapter.send

    def noting(adapter: Any, *given: Any, **named: Any) -> requests.Response:
        try:
            answer = send(adapter, *given, **named)
        except requests.RequestException:
            wire.failed += 1
            raise
        wire.note(answer, clock.now())
        return answer

    with patch.object(requests.adapters.HTTPAdapter, "send", noting):
        yield wire


class OnePicture(Renderer):
    """One picture serves every unit: this day is about the wire."""

    made: ClassVar[dict[Path, Asset]] = {}

    def render(self, order: Order) -> Asset:
        if self.ws.root not in self.made:
            self.made[self.ws.root] = super().render(order)
        return self.made[self.ws.root]

    def cached(self, order: Order, keys: Keys | None = None) -> Asset | None:  # noqa: ARG002 - the renderer's signature
        return self.render(order)

    def render_all(
        self,
        orders: Sequence[Order],
        progress: Callable[[int, int], None] = lambda _done, _all: None,  # noqa: ARG002 - the renderer's signature
    ) -> list[Asset]:
        return [self.render(order) for order in orders]


@dataclass
class BigDay:
    """An office of ``units`` units with a Page and an OA each; one item goes to all of them at eight."""

    folder: Path
    units: int
    clock: SimulatedClock = field(default_factory=lambda: SimulatedClock(BEFORE))

    @contextmanager
    def opened(self) -> Iterator["BigDay"]:
        root = make_many(self.folder / "office", self.units, CHANNELS)
        with Sandbox(self.folder / "sandbox", clock=self.clock) as self.sandbox:
            workspace = open_workspace(root)
            hosts, folder = overrides(self.sandbox.url), self.sandbox.public
            desk = open_desk(workspace, self.clock, sandbox=hosts, media_folder=folder)
            self.desk: Desk = replace(desk, renderer=OnePicture(workspace))
            self.service = Service(self.desk, "test", 1)
            self.service.start()
            try:
                yield self
            finally:
                self.desk.book.close()

    def make_ready(self) -> None:
        end = SLOT + timedelta(days=1)
        render_plan(self.desk, (), end, lambda _done, _total: None)
        plan(self.desk, end)
        decide(self.desk, Selection(), "lan", APPROVE)

    def run(self, hours: float = 1) -> None:
        """From the slot on, moment by moment, until nothing moves any more or the time is over."""
        end = max(SLOT, self.clock.now()) + timedelta(hours=hours)
        moment: datetime | None = max(SLOT, self.clock.now())
        while moment is not None and moment <= end:
            self.clock.move_to(moment)
            self.service.beat()
            moment = self._next()

    def _next(self) -> datetime | None:
        """When something can happen next: accounts that wait for a person cannot."""
        now = self.clock.now()
        with self.desk.book.read() as connection:
            pauses = {each.account_id: each.until for each in store.pauses(connection, now)}
            waiting = (*store.WAITING, State.PENDING, State.UNKNOWN)
            ahead = [
                max(filter(None, (each.next_try, pauses.get(each.account_id))))
                for each in store.sendings(connection, states=waiting)
                if each.next_try and pauses.get(each.account_id, now)
            ]
        return max(min(ahead), now + timedelta(seconds=1)) if ahead else None

    def decide_doubts(self) -> int:
        """A person looks at the platform: what is there is done, what is not is sent again. How many were asked."""
        there = {(each.platform, each.account) for each in self.effects()}
        doubts = [view for view in self.views() if view.state in (State.UNKNOWN, State.HUMAN)]
        for view in doubts:
            target = next(iter(self.desk.workspace.account(view.account_id).settings.values()))
            account = target if view.channel == "facebook" else view.account_id
            answer = "done" if (view.channel, account) in there else "again"
            settle(self.desk, Selection(keys=(view.key,)), "lan", answer)
        return len(doubts)

    def retry(self) -> Retried:
        return retry(self.desk, Selection("dot-lon"), "lan", late=True)

    def views(self) -> tuple[DeliveryView, ...]:
        return overview(self.desk.book, self.desk.workspace)

    def states(self) -> Counter[State]:
        return Counter(view.state for view in self.views())

    def effects(self) -> list[Effect]:
        return [each for each in read_journal(self.sandbox.journal) if each.kind in PUBLISHED]

    def seen_by_account(self) -> Mapping[tuple[str, str], int]:
        return Counter((each.platform, each.account) for each in self.effects())

    def finished(self) -> dict[str, tuple[str, datetime]]:
        """What is done: delivery → the platform's id and when."""
        done = [view for view in self.views() if view.state == State.DONE]
        return {view.key: (view.receipts[0].platform_id, view.receipts[0].at) for view in done}

    def verdict(self) -> Verdict:
        return judge(self.sandbox.journal)
