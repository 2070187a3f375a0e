"""The clock jumps, stands still, starts in another year: nothing leaves while nobody knows what time it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.clocks import Machine
from support.office import make_office, replace_in

from loa import store
from loa.clock import SystemClock
from loa.clock.steady import SteadyClock
from loa.delivery import State
from loa.dispatch import APPROVE, BeatResult, Desk, Selection, Service, decide, overview, plan, take_down
from loa.dispatch.steady import PATIENCE, TOLERANCE, Watchman, accept_clock, doubt_of, present
from loa.errors import LoaError
from loa.sandbox import Effect, Fault, Sandbox, overrides, read_journal
from loa.store import tables
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

MORNING = datetime(2027, 2, 28, 23, 0, tzinfo=UTC)
FIRST_SLOT = datetime(2027, 3, 1, 1, 0, tzinfo=UTC)
"""08:00 in Vietnam, on two pages; it may be up to two hours late."""
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@dataclass
class Office:
    """The small office on a machine whose clocks the test drives."""

    root: Path
    machine: Machine
    sandbox: Sandbox
    desk: Desk = field(init=False)
    service: Service = field(init=False)

    def open(self) -> None:
        """A new process on the same book."""
        if hasattr(self, "desk"):
            self.desk.book.close()
        at, public = overrides(self.sandbox.url), self.sandbox.public
        self.desk = open_desk(open_workspace(self.root), self.machine.clock(), sandbox=at, media_folder=public)
        self.service = Service(self.desk, "pc", 1)
        self.service.start()

    def beat(self, after: timedelta = timedelta(0)) -> BeatResult:
        """One beat, when so much real time has passed."""
        self.machine.pass_by(after)
        return self.service.beat()

    def effects(self, kind: str = "") -> list[Effect]:
        path = self.sandbox.journal
        return [e for e in (read_journal(path) if path.exists() else []) if kind in ("", e.kind)]

    def states(self) -> set[State]:
        return {view.state for view in overview(self.desk.book, self.desk.workspace) if view.item_id == "tin-mot"}

    def causes(self) -> list[str]:
        with self.desk.book.read() as connection:
            query = sa.select(tables.event.c.cause).where(tables.event.c.cause.startswith("clock"))
            return list(connection.scalars(query.order_by(tables.event.c.id)))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    machine = Machine(MORNING)
    root = make_office(tmp_path / "office")
    campaign = root / "campaigns/thu-nghiem.yaml"
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(text[: text.index("  - id: tin-hai")], encoding="utf-8")
    with Sandbox(tmp_path / "sandbox", clock=machine.clock()) as sandbox:
        made = Office(root, machine, sandbox)
        made.open()
        plan(made.desk, FIRST_SLOT + 30 * DAY)
        decide(made.desk, Selection(), "lan", APPROVE)
        made.beat()
        yield made
        made.desk.book.close()


def test_a_sleep_is_no_jump_what_became_late_follows_its_policy(office: Office) -> None:
    office.beat(3 * HOUR)
    assert office.states() == {State.DONE}
    assert doubt_of(office.desk.book) is None


def test_a_sleep_past_the_limit_asks_a_person(office: Office) -> None:
    office.beat(9 * HOUR)
    assert office.states() == {State.HELD}
    assert office.effects() == []


@pytest.mark.parametrize("by", [7 * DAY, 3 * HOUR, -DAY, -5 * MINUTE])
def test_nothing_happens_while_the_clock_is_in_doubt(office: Office, by: timedelta) -> None:
    office.machine.pass_by(2 * HOUR - MINUTE)
    office.machine.jump(by)
    results = [office.beat(MINUTE) for _ in range(14)]
    assert all(result.doubted and not result.sent and not result.missed for result in results)
    assert office.states() == {State.APPROVED}
    doubt = doubt_of(office.desk.book)
    assert doubt is not None
    assert doubt.step == by
    assert office.causes() == ["clock_doubt"]


def test_a_clock_that_is_back_goes_on_at_once_as_if_nothing_had_been(office: Office) -> None:
    office.machine.pass_by(2 * HOUR - MINUTE)
    office.machine.jump(7 * DAY)
    assert office.beat(MINUTE).doubted
    office.machine.jump(-7 * DAY)
    assert office.beat(MINUTE).sent == 2
    assert office.states() == {State.DONE}
    assert doubt_of(office.desk.book) is None
    assert office.causes() == ["clock_doubt", "clock_back"]


def test_a_clock_that_runs_steadily_is_believed_and_lateness_follows_its_policy(office: Office) -> None:
    office.machine.jump(7 * DAY)
    office.beat()
    office.beat(PATIENCE - MINUTE)
    assert office.states() == {State.APPROVED}
    office.beat(MINUTE)
    assert office.states() == {State.HELD}
    assert office.causes() == ["clock_doubt", "clock_taken"]


def test_a_person_may_say_at_once_that_the_clock_is_right(office: Office) -> None:
    office.machine.jump(2 * HOUR + MINUTE)
    office.beat()
    accept_clock(office.desk, "hoa")
    assert office.beat(MINUTE).sent == 2
    with office.desk.book.read() as connection:
        said = connection.execute(
            sa.select(tables.event.c.actor).where(tables.event.c.cause.in_(("clock_word", "clock_taken")))
        )
        assert list(said.scalars()) == ["hoa", "hoa"]


def test_a_word_about_an_earlier_jump_says_nothing_of_the_next(office: Office) -> None:
    office.machine.jump(HOUR)
    office.beat()
    accept_clock(office.desk, "hoa")
    office.beat(MINUTE)
    office.machine.jump(HOUR)
    assert office.beat(MINUTE).doubted
    assert office.beat(MINUTE).doubted
    assert office.effects() == []


def test_nobody_can_confirm_a_clock_that_nobody_doubts(office: Office) -> None:
    with pytest.raises(LoaError, match="E985"):
        accept_clock(office.desk, "hoa")


def test_a_second_jump_begins_the_patience_anew(office: Office) -> None:
    office.machine.jump(HOUR)
    office.beat()
    office.machine.jump(3 * HOUR)
    office.beat(10 * MINUTE)
    assert office.beat(10 * MINUTE).doubted
    assert not office.beat(6 * MINUTE).doubted


def test_a_small_correction_is_followed_without_a_word(office: Office) -> None:
    office.machine.jump(TOLERANCE - timedelta(seconds=1))
    assert not office.beat(MINUTE).doubted
    assert office.desk.clock.now() == office.machine.wall
    assert office.causes() == []


def test_a_jump_between_two_processes_of_one_boot_is_seen_too(office: Office) -> None:
    office.machine.pass_by(2 * HOUR - MINUTE)
    office.machine.jump(7 * DAY)
    office.open()
    assert office.beat(MINUTE).doubted
    office.open()
    assert office.beat(MINUTE).doubted
    office.open()
    assert not office.beat(PATIENCE).doubted
    assert office.states() == {State.HELD}


def test_a_machine_that_starts_in_2019_waits_until_its_clock_has_caught_up(office: Office) -> None:
    office.machine.reboot(datetime(2019, 1, 1, tzinfo=UTC))
    office.open()
    assert office.beat().doubted
    assert office.beat(PATIENCE * 4).doubted
    doubt = doubt_of(office.desk.book)
    assert doubt is not None
    assert doubt.kind == "behind"
    office.open()
    assert office.beat(MINUTE).doubted
    office.machine.jump(FIRST_SLOT - office.machine.wall)
    assert office.beat().sent == 2
    assert office.states() == {State.DONE}


def test_a_clock_behind_the_book_may_be_right_all_the_same(office: Office) -> None:
    office.machine.jump(7 * DAY)
    office.beat()
    office.beat(PATIENCE)
    office.machine.reboot(MORNING + HOUR)
    office.open()
    assert office.beat().doubted
    accept_clock(office.desk, "hoa")
    assert not office.beat(MINUTE).doubted
    office.machine.reboot(MORNING + 2 * HOUR)
    office.open()
    assert not office.beat().doubted


def test_after_a_new_start_in_the_midst_of_a_doubt_the_clock_must_first_run_steadily(office: Office) -> None:
    office.machine.jump(7 * DAY)
    office.beat()
    office.machine.reboot(office.machine.wall)
    office.open()
    assert office.beat().doubted
    assert office.beat(PATIENCE - MINUTE).doubted
    assert not office.beat(MINUTE).doubted


def test_a_takedown_does_not_wait_for_the_clock(office: Office) -> None:
    office.beat(2 * HOUR)
    [first, _] = [view for view in overview(office.desk.book, office.desk.workspace) if view.item_id == "tin-mot"]
    office.machine.jump(-DAY)
    assert office.beat(MINUTE).doubted
    take_down(office.desk, first.key, "lan", "nhầm")
    assert office.beat(MINUTE).doubted
    assert [effect.kind for effect in office.effects()][2:] == ["remove"]


def test_a_takedown_at_the_command_line_goes_by_the_time_of_the_scheduler(office: Office) -> None:
    """Its own process only sees the machine's clock, by which it would be due in a week."""
    wall = [MORNING]
    real = SteadyClock().real
    begun = real()

    def shown() -> datetime:
        return wall[0] + timedelta(seconds=real() - begun)

    scheduler = replace(office.desk, clock=SteadyClock(shown))
    watchman = Watchman(scheduler, "pc")
    assert watchman.look() is None
    wall[0] += 7 * DAY
    assert watchman.look() is not None
    command = replace(office.desk, clock=Shown(shown))
    assert abs(present(command) - MORNING) < MINUTE
    accept_clock(command, "hoa")
    assert watchman.look() is None
    assert abs(present(command) - MORNING - 7 * DAY) < MINUTE


class Shown(SystemClock):
    """A clock that tells what a test shows it."""

    def __init__(self, shown: Callable[[], datetime]) -> None:
        self._shown = shown

    def now(self) -> datetime:
        return self._shown()


@pytest.mark.parametrize("ahead", [3 * HOUR, -3 * HOUR])
def test_a_clock_that_was_always_wrong_finds_its_doubtful_posts_by_the_time_of_their_platform(
    tmp_path: Path, ahead: timedelta
) -> None:
    """A search that began by our clock would begin after the post, and make it a second time."""
    machine = Machine(MORNING)
    with Sandbox(tmp_path / "sandbox", clock=Shown(lambda: machine.wall - ahead)) as sandbox:
        office = Office(make_office(tmp_path / "office"), machine, sandbox)
        office.open()
        plan(office.desk, FIRST_SLOT + 30 * DAY)
        decide(office.desk, Selection(), "lan", APPROVE)
        sandbox.play([Fault(face="facebook", route="*/feed", kind="error500_after", times=2)])
        office.beat(2 * HOUR)
        for _ in range(10):
            office.beat(10 * MINUTE)
        assert len(office.effects("post")) == 2
        assert office.states() == {State.DONE}
        office.desk.book.close()


@pytest.mark.parametrize("by", [7 * DAY, 3 * HOUR, -DAY])
def test_a_retry_waits_as_long_as_its_platform_asked_whatever_the_clock_does(office: Office, by: timedelta) -> None:
    busy = Fault(face="facebook", route="*/feed", kind="throttled_613", times=2)
    office.sandbox.play([busy])
    office.beat(2 * HOUR)
    asked = _next_tries(office)
    assert asked
    before = office.desk.clock.now()
    office.machine.jump(by)
    office.beat(MINUTE)
    accept_clock(office.desk, "hoa")
    office.beat(MINUTE)
    after = office.desk.clock.now()
    moved = _next_tries(office)
    assert [moment - after + 2 * MINUTE for moment in moved] == [moment - before for moment in asked]


def _next_tries(office: Office) -> list[datetime]:
    with office.desk.book.read() as connection:
        sendings = store.sendings(connection, states=(State.RETRY_LATER, State.UNKNOWN))
        return [each.next_try for each in sendings if each.next_try]


def test_a_doubtful_post_is_not_looked_up_too_early_by_a_clock_that_jumped(office: Office) -> None:
    """The platform accepts it after our time-out; by the new time the settle time would be over."""
    office.sandbox.play([Fault(face="facebook", route="*/feed", kind="error500_after", times=2)])
    office.beat(2 * HOUR)
    [first, second] = _next_tries(office)
    office.machine.jump(DAY)
    office.beat(timedelta(seconds=1))
    accept_clock(office.desk, "hoa")
    office.beat(timedelta(seconds=1))
    assert _next_tries(office) == [first + DAY, second + DAY]
    office.beat(first - (FIRST_SLOT + timedelta(0)))
    office.beat(HOUR)
    assert len(office.effects()) == 2
    assert office.states() == {State.DONE}


def test_the_zone_of_a_running_office_changes_with_loa_yaml(office: Office) -> None:
    replace_in(office.root / "loa.yaml", "body:\n", "time_zone: Asia/Tokyo\nbody:\n")
    office.beat(MINUTE)
    due = {view.due for view in overview(office.desk.book, office.desk.workspace)}
    assert due == {FIRST_SLOT - 2 * HOUR}
    assert office.states() == {State.AWAITING}
