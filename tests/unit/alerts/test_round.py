"""Each condition is told once, together with its like, again after a day, and once when it is over."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from support.booked import booked, moved

from loa import logs
from loa.alerts import Notice, Way, observe, tell_round
from loa.alerts.without_book import tell_of_book
from loa.clock import SimulatedClock
from loa.delivery import State
from loa.dispatch import Desk
from loa.errors import LoaError, StoreError
from loa.store.alerts import alerts_of, alerts_untold
from loa.wiring.desks import open_desk

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass
class Ear:
    """A way that remembers what it was told, or refuses."""

    id: str = "abcd1234"
    kinds: Sequence[str] = ("late", "unknown", "auth", "heartbeat", "stopped", "clock")
    broken: bool = False
    heard: list[Notice] = field(default_factory=list)

    def tell(self, notice: Notice) -> None:
        if self.broken:
            raise LoaError("E999", way="x", detail="y")
        self.heard.append(notice)

    @property
    def way(self) -> Way:
        return Way(self.id, self.id, self.kinds, self.tell)

    def new(self) -> list[str]:
        """The subjects since the last look."""
        subjects = [each.subject.removeprefix("[Loa] UBND tỉnh Mẫu: ") for each in self.heard]
        self.heard.clear()
        return subjects


def look(desk: Desk, *ears: Ear) -> None:
    tell_round(desk, [ear.way for ear in ears], observe(desk))


def test_a_condition_is_told_once_again_after_a_day_and_once_when_it_is_over(desk: Desk, clock: SimulatedClock) -> None:
    ear = Ear()
    booked(desk.book, State.HUMAN, clock.now() - HOUR, count=3, item="dong-loat")
    look(desk, ear)
    assert ear.new() == ["3 lượt gửi chưa rõ kết quả"]
    for hours in (1, 10, 12.9):
        clock.advance(hours * HOUR)
        look(desk, ear)
    assert ear.new() == []
    clock.advance(HOUR)
    look(desk, ear)
    assert ear.new() == ["VẪN CÒN: 3 lượt gửi chưa rõ kết quả"]
    moved(desk.book, "dong-loat", State.DONE, clock.now())
    look(desk, ear)
    look(desk, ear)
    assert ear.new() == ["ĐÃ HẾT: 3 lượt gửi chưa rõ kết quả"]
    with desk.book.read() as connection:
        assert alerts_of(connection) == []


def test_what_begins_together_is_told_together_with_counts_and_the_first_five(
    desk: Desk, clock: SimulatedClock
) -> None:
    ear = Ear()
    for number in range(7):
        booked(desk.book, State.APPROVED, clock.now() - (number + 1) * HOUR, count=20, item=f"tin-{number}")
    look(desk, ear)
    (notice,) = ear.heard
    assert notice.subject == "[Loa] UBND tỉnh Mẫu: 140 lượt gửi trễ hoặc bỏ lỡ"
    assert notice.data["count"] == 140
    assert len(notice.data["first"]) == 5
    assert notice.body.count("“Tin tin-") == 10  # in two languages
    assert "và 2 mục khác" in notice.body
    assert "→ Xem lý do" in notice.body


def test_a_second_machine_and_a_restart_do_not_tell_again(desk: Desk, clock: SimulatedClock) -> None:
    here, there = Ear(), Ear()
    booked(desk.book, State.HUMAN, clock.now() - HOUR)
    look(desk, here)
    other = open_desk(desk.workspace, clock)
    look(other, there)
    other.book.close()
    assert (len(here.new()), there.new()) == (1, [])


def test_what_could_not_be_told_is_tried_again_later_each_time_and_is_known(desk: Desk, clock: SimulatedClock) -> None:
    ear = Ear(broken=True)
    booked(desk.book, State.HUMAN, clock.now() - HOUR)
    tries = 0
    for _ in range(180):
        clock.advance(MINUTE)
        before = _tries(desk)
        look(desk, ear)
        tries += _tries(desk) > before
    assert 5 <= tries <= 9
    with desk.book.read() as connection:
        assert [each.params["telling_failed"] for each in alerts_untold(connection)] == ["E999"]
    ear.broken = False
    clock.advance(HOUR)
    look(desk, ear)
    assert ear.new() == ["1 lượt gửi chưa rõ kết quả"]
    with desk.book.read() as connection:
        assert alerts_untold(connection) == []


def _tries(desk: Desk) -> int:
    with desk.book.read() as connection:
        return sum(each.tries for each in alerts_of(connection))


def test_who_died_while_telling_is_followed_by_another(desk: Desk, clock: SimulatedClock) -> None:
    class Died(BaseException):
        pass

    def dying(_: Notice) -> None:
        raise Died

    booked(desk.book, State.HUMAN, clock.now() - HOUR)
    ear = Ear()
    try:
        tell_round(desk, [Way(ear.id, "", ear.kinds, dying)], observe(desk))
    except Died:
        look(desk, ear)
    assert ear.new() == []
    clock.advance(4 * MINUTE)
    look(desk, ear)
    assert len(ear.new()) == 1


def test_each_way_hears_of_its_kinds_only_and_a_way_that_is_gone_leaves_nothing(
    desk: Desk, clock: SimulatedClock
) -> None:
    all_kinds, only_late = Ear("aaaaaaaa"), Ear("bbbbbbbb", kinds=("late",))
    booked(desk.book, State.HUMAN, clock.now() - HOUR)
    look(desk, all_kinds, only_late)
    assert (len(all_kinds.new()), only_late.new()) == (1, [])
    look(desk, only_late)
    with desk.book.read() as connection:
        assert alerts_of(connection) == []


def test_what_comes_back_before_its_end_was_told_is_not_told_again(desk: Desk, clock: SimulatedClock) -> None:
    ear = Ear()
    booked(desk.book, State.HUMAN, clock.now() - HOUR, item="a")
    look(desk, ear)
    moved(desk.book, "a", State.UNKNOWN, clock.now())
    ear.broken = True
    moved(desk.book, "a", State.DONE, clock.now())
    look(desk, ear)
    moved(desk.book, "a", State.HUMAN, clock.now())
    look(desk, ear)
    ear.broken = False
    clock.advance(2 * HOUR)
    look(desk, ear)
    assert len(ear.new()) == 1


def test_what_was_missed_is_told_once_and_ends_without_a_word(desk: Desk, clock: SimulatedClock) -> None:
    ear = Ear()
    booked(desk.book, State.MISSED, clock.now() - HOUR, count=2)
    for _ in range(30):
        look(desk, ear)
        clock.advance(HOUR)
    assert ear.new() == ["2 lượt gửi trễ hoặc bỏ lỡ"]
    with desk.book.read() as connection:
        assert alerts_of(connection) == []


def test_no_number_and_no_secret_leaves_in_an_alert(desk: Desk, clock: SimulatedClock) -> None:
    logs.hide("mat-khau-rat-dai")
    ear = Ear()
    labels = {"item": "Gọi 0909 123 456", "account": "Trang mat-khau-rat-dai"}
    booked(desk.book, State.HUMAN, clock.now() - HOUR, labels=labels)
    look(desk, ear)
    (notice,) = ear.heard
    told = notice.subject + notice.body + str(notice.data)
    assert "123" not in told
    assert "mat-khau" not in told


def test_a_book_that_cannot_be_opened_is_told_once_a_day(desk: Desk, clock: SimulatedClock, tmp_path: Path) -> None:
    ear, error = Ear(), StoreError("E701", place="var/book.sqlite", detail="malformed")
    for hours in (0, 1, 22, 2):
        clock.advance(hours * HOUR)
        tell_of_book("UBND tỉnh Mẫu", [ear.way, Ear("c", kinds=("late",)).way], tmp_path, error, clock.now())
    assert ear.new() == ["không phát gì", "VẪN CÒN: không phát gì"]
