from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.calendar import QuietWindow

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT = QuietWindow(time(22), time(7))
NOON = QuietWindow(time(11, 30), time(13, 30))
_MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
_MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(ZONE))  # noqa: DTZ001 - hypothesis adds the zone


def _at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 10, 10, hour, minute, second, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        (_at(6, 59, 59), True),
        (_at(7), False),
        (_at(21, 59, 59), False),
        (_at(22), True),
        (_at(0), True),
        (_at(12), False),
    ],
)
def test_a_night_window_crosses_midnight(moment: datetime, quiet: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    assert NIGHT.contains(moment) is quiet


def test_the_quiet_end_is_the_first_loud_moment() -> None:
    assert NIGHT.release(_at(23)) == _at(7) + timedelta(days=1)
    assert NIGHT.release(_at(3)) == _at(7)
    assert NIGHT.release(_at(9, 15)) == _at(9, 15)
    assert NOON.release(_at(12)) == _at(13, 30)


def test_equal_ends_mean_no_quiet_hours() -> None:
    assert not QuietWindow(time(7), time(7)).contains(_at(7))


@given(_MINUTES, _MINUTES, _MOMENTS)
def test_release_is_never_inside_the_window_nor_in_the_past(start: time, end: time, moment: datetime) -> None:
    window = QuietWindow(start, end)
    released = window.release(moment)
    assert not window.contains(released)
    assert moment <= released < moment + timedelta(days=1, minutes=1)


@given(_MINUTES, _MINUTES, _MOMENTS)
def test_every_moment_before_the_release_is_quiet(start: time, end: time, moment: datetime) -> None:
    window = QuietWindow(start, end)
    wait = window.release(moment) - moment
    assert all(window.contains(moment + wait * share) for share in (0.25, 0.5, 0.9) if wait)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        NIGHT.contains(_at(8).replace(tzinfo=None))
