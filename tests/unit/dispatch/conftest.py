"""A desk on the small office, with a real sandbox on loopback and a clock that the test moves."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.office import make_office
from support.postgres import fresh_database

from loa import store
from loa.clock import SimulatedClock
from loa.delivery import State
from loa.dispatch import APPROVE, DeliveryView, Desk, Known, Selection, Service, decide, overview, plan, render_plan
from loa.dispatch.bulk.claim import next_moment as next_call
from loa.sandbox import Effect, Fault, Sandbox, overrides, read_journal
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

MORNING = datetime(2027, 2, 28, 23, 0, tzinfo=UTC)  # 06:00 on 1 March in Vietnam
FIRST_SLOT = datetime(2027, 3, 1, 1, 0, tzinfo=UTC)


@dataclass
class Stage:
    root: Path
    clock: SimulatedClock
    sandbox: Sandbox
    desk: Desk = field(init=False)
    service: Service = field(init=False)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        """Start as a new process would: a fresh desk on the same book."""
        if hasattr(self, "desk"):
            self.desk.book.close()
        self.desk = open_desk(
            open_workspace(self.root),
            self.clock,
            sandbox=overrides(self.sandbox.url),
            media_folder=self.sandbox.public,
        )
        self._known = Known()
        self.service = Service(self.desk, "test", 1)
        self.service.start()

    def make_ready(self, reviewer: str = "Nguyễn Thị Lan") -> None:
        """Render, plan and approve everything of March."""
        end = FIRST_SLOT + timedelta(days=30)
        render_plan(self.desk, (), end, lambda _done, _total: None)
        plan(self.desk, end)
        decide(self.desk, Selection(), reviewer, APPROVE)

    def go_to(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        self.service.beat()

    def views(self, item: str = "") -> list[DeliveryView]:
        """What people see; who looks again and again (the review desk) must see the same as who looks anew."""
        book, workspace, cards = self.desk.book, self.desk.workspace, self.desk.cards
        views = overview(book, workspace, cards=cards)
        assert overview(book, workspace, cards=cards, known=self._known) == views
        return [each for each in views if item in ("", each.item_id)]

    def states(self, item: str) -> dict[str, State]:
        return {view.account_id: view.state for view in self.views(item)}

    def effects(self, kind: str = "") -> list[Effect]:
        path = self.sandbox.journal
        return [e for e in (read_journal(path) if path.exists() else []) if kind in ("", e.kind)]

    def misbehave(self, kind: str, **values: object) -> None:
        self.sandbox.play([Fault(face="facebook", route="*/feed", kind=kind, **values)])

    def settle(self, days: int = 1) -> None:
        """Let time pass until nothing happens any more, at most ``days``."""
        end = self.clock.now() + timedelta(days=days)
        while True:
            with self.desk.book.read() as connection:
                moments = (store.next_moment(connection), next_call(self.desk))
            moment = min((each for each in moments if each is not None), default=None)
            if moment is None or moment > end:
                return
            self.go_to(max(moment, self.clock.now() + timedelta(seconds=1)))


PROVEN_ON_BOTH = (
    "test_beat",
    "test_bulk",
    "test_bulk_race",
    "test_bulk_troubles",
    "test_posts_deaths",
    "test_reviewing_at_once",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The beat is proven on both books; what the plan and approvals say does not depend on the book."""
    if "database" in metafunc.fixturenames:
        proven = metafunc.module.__name__.endswith(PROVEN_ON_BOTH)
        books = ("sqlite", "postgresql") if proven else ("sqlite",)
        metafunc.parametrize("database", books, indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOA_DATABASE_URL", raising=False)
    if request.param == "postgresql":
        monkeypatch.setenv("LOA_DATABASE_URL", fresh_database(request.getfixturevalue("server")))


@pytest.fixture
def stage(tmp_path: Path, database: None) -> Iterator[Stage]:
    clock = SimulatedClock(MORNING)
    root = make_office(tmp_path / "office")
    with Sandbox(tmp_path / "sandbox", clock=clock) as sandbox:
        made = Stage(root, clock, sandbox)
        yield made
        made.desk.book.close()
