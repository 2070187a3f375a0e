"""When messages may leave, and when the last part of many has left."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.calendar import QuietWindow
from loa.rules import ALLOW, MessageClass, RuleSet, cost, course_of, finish_of, judge_moment
from loa.rules.estimate import parts_per_second, price_per_part

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NONE = timedelta(0)
HOUSE = (QuietWindow(time(21), time(7)),)
NOON = (QuietWindow(time(11, 30), time(13)), QuietWindow(time(20), time(6)))
OPEN = MessageClass(
    "public_info",
    "",
    "",
    time(7),
    time(22),
    3,
    timedelta(days=1),
    *(("free",) * 2),
    *((False,) * 2),
    0,
    3,
    1,
    needs_reason=False,
)  # type: ignore[arg-type]  # the names of the tuple are known
WINDOWS = st.lists(
    st.builds(QuietWindow, st.times().map(lambda t: t.replace(microsecond=0)), st.times()).filter(
        lambda window: _length(window) < timedelta(hours=8)
    ),
    max_size=2,
)
STARTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda moment: moment.replace(tzinfo=HANOI))  # noqa: DTZ001 - the zone follows


def _length(window: QuietWindow) -> timedelta:
    day = datetime(2027, 1, 1, tzinfo=HANOI)
    span = datetime.combine(day, window.end) - datetime.combine(day, window.start)
    return span % timedelta(days=1)


def at(hour: int, minute: int = 0, second: int = 0, day: int = 2) -> datetime:
    return datetime(2027, 3, day, hour, minute, second, tzinfo=HANOI)


def until(start: datetime, takes: timedelta = NONE, quiet: Sequence[QuietWindow] = ()) -> datetime | None:
    return judge_moment(start, takes, OPEN, quiet).until


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (at(6, 59, 59), at(7)),
        (at(7), None),
        (at(21, 59, 59), None),
        (at(22), at(7, day=3)),
        (at(0), at(7)),
    ],
)
def test_messages_leave_from_seven_until_before_ten(start: datetime, expected: datetime | None) -> None:
    assert until(start) == expected


def test_a_machine_in_utc_asks_in_local_time() -> None:
    early = datetime(2027, 3, 1, 23, 59, 59, tzinfo=UTC)
    assert until(early.astimezone(HANOI)) == datetime(2027, 3, 2, 0, 0, tzinfo=UTC)
    assert until((early + timedelta(seconds=1)).astimezone(HANOI)) is None


def test_a_call_that_would_run_past_the_closing_waits_for_the_morning() -> None:
    assert until(at(21, 59, 59), timedelta(seconds=1)) is None
    assert until(at(21, 59, 59), timedelta(seconds=2)) == at(7, day=3)


def test_a_call_never_runs_through_a_short_rest_of_the_house() -> None:
    rest = (QuietWindow(time(12), time(12, 30)),)
    assert until(at(11, 50), timedelta(minutes=45), rest) == at(12, 30)


def test_the_hours_of_the_house_hold_on_top() -> None:
    assert until(at(21), quiet=HOUSE) == at(7, day=3)
    assert until(at(20, 59, 59), quiet=HOUSE) is None


def test_an_emergency_goes_at_any_hour(rules: RuleSet) -> None:
    assert judge_moment(at(3), timedelta(minutes=5), rules.of("emergency"), HOUSE) == ALLOW


def test_operations_keep_to_the_hours_of_the_house_alone(rules: RuleSet) -> None:
    operations = rules.of("operations")
    assert judge_moment(at(5), NONE, operations, ()) == ALLOW
    assert judge_moment(at(5), NONE, operations, HOUSE).until == at(7)


def test_hours_that_leave_no_time_are_said_and_do_not_hang() -> None:
    never = (QuietWindow(time(7), time(22)),)
    assert judge_moment(at(9), NONE, OPEN, never).code == "E794"
    assert course_of(at(9), 1, Decimal(20), OPEN, never) is None
    assert judge_moment(at(9), timedelta(minutes=30), OPEN, (QuietWindow(time(7, 20), time(22)),)).code == "E794"


@pytest.mark.parametrize(
    ("recipients", "parts", "pace", "days"),
    [(1_000_000, 1, 20, 1), (3_000_000, 2, 50, 3), (879_000, 6, 20, 5), (879_000, 6, 1000, 1), (1, 1, 20, 1)],
)
def test_the_table_of_hours_in_the_reference(recipients: int, parts: int, pace: int, days: int) -> None:
    course = course_of(at(7), recipients * parts, Decimal(pace), OPEN, ())
    assert course is not None
    assert len(course.days) == days
    nights = timedelta(hours=9) * (days - 1)
    assert course.finish - course.start - nights == timedelta(seconds=recipients * parts / pace)


def test_it_ends_as_the_hours_close_and_not_a_part_later() -> None:
    whole_day = 15 * 3600 * 3
    assert finish_of(at(7), whole_day, Decimal(3), OPEN, ()) == at(22)
    assert finish_of(at(7), whole_day + 3, Decimal(3), OPEN, ()) == at(7, 0, 1, day=3)


def test_a_start_in_the_past_or_at_night_begins_when_the_hours_open() -> None:
    course = course_of(at(23), 20, Decimal(20), OPEN, ())
    assert course is not None
    assert (course.start, course.finish, course.days) == (at(7, day=3), at(7, 0, 1, day=3), (date(2027, 3, 3),))


def test_an_emergency_runs_through_the_night(rules: RuleSet) -> None:
    course = course_of(at(23), 20 * 7200, Decimal(20), rules.of("emergency"), HOUSE)
    assert course is not None
    assert (course.finish, course.days) == (at(1, day=3), (date(2027, 3, 2), date(2027, 3, 3)))


@given(STARTS, st.integers(0, 20_000_000), st.integers(1, 1000), WINDOWS)
def test_no_last_part_leaves_in_closed_hours(start: datetime, parts: int, pace: int, quiet: list[QuietWindow]) -> None:
    course = course_of(start, parts, Decimal(pace), OPEN, quiet)
    if course is None:
        return
    just_before = course.finish - timedelta(microseconds=1) if course.finish > course.start else course.finish
    for window in (*quiet, QuietWindow(time(22), time(7))):
        assert not window.contains(just_before)
        assert not window.contains(course.start)
    assert course.finish - course.start >= timedelta(seconds=float(Decimal(parts) / pace)) - timedelta(microseconds=9)
    assert course.days[0] == course.start.date()
    assert course.days == tuple(sorted(set(course.days)))


@given(STARTS, st.integers(0, 5_000_000), st.integers(0, 5_000_000), st.integers(1, 500), WINDOWS)
def test_more_parts_never_end_earlier(
    start: datetime, fewer: int, more: int, pace: int, quiet: list[QuietWindow]
) -> None:
    first = finish_of(start, fewer, Decimal(pace), OPEN, quiet)
    second = finish_of(start, fewer + more, Decimal(pace), OPEN, quiet)
    assert first is None or second is None or first <= second


@given(STARTS, st.timedeltas(NONE, timedelta(hours=1)), WINDOWS)
def test_a_call_that_may_go_touches_no_closed_hour(start: datetime, takes: timedelta, quiet: list[QuietWindow]) -> None:
    verdict = judge_moment(start, takes, OPEN, quiet)
    if verdict.code == "E794":
        return
    begin = verdict.until or start
    assert begin >= start
    assert judge_moment(begin, takes, OPEN, quiet) == ALLOW
    for window in (*quiet, QuietWindow(time(22), time(7))):
        for step in range(13):
            moment = begin + takes * step / 12
            assert not window.contains(moment) or moment == begin + takes


def test_cost_and_settings() -> None:
    assert cost(2, 1_000_000, Decimal(350)) == 700_000_000
    assert cost(1, 3, Decimal("149.5")) == 449
    assert parts_per_second({}) == 20
    assert parts_per_second({"parts_per_second": "50"}) == 50
    assert parts_per_second({"parts_per_second": "0"}) == 20
    assert price_per_part({"price_per_part": "350"}) == 350
    assert price_per_part({"price_per_part": ""}) is None
