"""The calendar's entries and days: what is seen together, what it says, and what it leaves out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from starlette.datastructures import QueryParams
from support.office import replace_in
from support.shown import attachment, view

from loa.delivery import State
from loa.preview.calendar.days import days_of, lunar_words
from loa.preview.calendar.entries import Entry, entries, not_in_book
from loa.preview.calendar.feed import states_words, units_words
from loa.preview.calendar.filters import Filter, filter_of
from loa.preview.calendar.plans import Shelf
from loa.preview.calendar.wall import month_of
from loa.workspace import Workspace, init_workspace, open_workspace

START, END = datetime(2027, 9, 1, tzinfo=UTC), datetime(2027, 11, 1, tzinfo=UTC)
NOW = datetime(2027, 9, 20, 1, tzinfo=UTC)
ALL = Filter()


@pytest.fixture
def sample(tmp_path: Path) -> Workspace:
    init_workspace(tmp_path / "office")
    return open_workspace(tmp_path / "office")


def test_deliveries_of_one_item_and_moment_are_one_entry(sample: Workspace, tmp_path: Path) -> None:
    plans = Shelf().plans(sample)
    key = "chuyen-doi-so/ngay-hoi/2027-10-10/{}/{}/tk"
    picture = attachment(tmp_path)
    found = entries(
        [
            view(1, key=key.format("xa-mot", "facebook"), state=State.APPROVED),
            view(2, key=key.format("xa-mot", "zalo"), channel="zalo", state=State.AWAITING, attachments=(picture,)),
            view(3, key=key.format("xa-hai", "zalo"), channel="zalo", unit_code="xa-hai", unit_name="Xã Hai"),
            view(4, key=key.format("xa-mot", "facebook") + "!1", action="remove"),
        ],
        [],
        plans,
        ALL,
    )

    one, removal = sorted(found, key=lambda each: each.occurrence is None)
    assert (one.channels, list(one.units.values()), one.delivery) == (["facebook", "zalo"], ["Xã Một", "Xã Hai"], 1)
    assert one.picture == picture.sha256
    assert one.state == State.AWAITING, "what asks for a person is seen"
    assert units_words(one, "vi") == "2 đơn vị"
    assert one.id == "chuyen-doi-so/ngay-hoi/2027-10-10"
    assert removal.occurrence is None
    assert not removal.can_move(NOW)


def test_what_is_said_of_a_meeting_is_one_entry_by_the_name_of_the_meeting_and_stays_where_it_is(
    sample: Workspace,
) -> None:
    key = "chuyen-doi-so/moi/hop.{}/xa-mot/{}/tk"
    deliveries = [
        view(1, key=key.format("thon-1", "facebook")),
        view(2, key=key.format("thon-1", "zalo"), channel="zalo"),
        view(3, key=key.format("thon-2", "facebook")),
    ]
    found = entries([replace(each, item_id="moi") for each in deliveries], [], Shelf().plans(sample), ALL)

    assert [each.id for each in found] == ["chuyen-doi-so/moi/hop.thon-1", "chuyen-doi-so/moi/hop.thon-2"]
    assert [each.channels for each in found] == [["facebook", "zalo"], ["facebook"]]
    assert not any(each.can_move(NOW) for each in found)


def test_only_what_is_still_a_plan_can_be_moved(sample: Workspace) -> None:
    plans = Shelf().plans(sample)

    def one(state: State) -> Entry:
        [found] = entries([view(state=state)], [], plans, ALL)
        return found

    due = one(State.APPROVED).due
    assert all(one(state).can_move(NOW) for state in (State.PLANNED, State.AWAITING, State.APPROVED, State.HELD))
    assert not any(one(state).can_move(NOW) for state in (State.DONE, State.SENDING, State.UNKNOWN, State.DUE))
    assert not one(State.AWAITING).can_move(due)


def test_a_filter_is_read_from_the_address_and_goes_back_into_it(sample: Workspace) -> None:
    wanted = filter_of(QueryParams("channel=facebook&state=wait&unknown=1"))
    plans = Shelf().plans(sample)
    views = [view(1, state=State.AWAITING), view(2, channel="zalo", state=State.AWAITING), view(3, state=State.DONE)]

    assert wanted.query == "channel=facebook&state=wait"
    [found] = entries(views, [], plans, wanted)
    assert (found.channels, found.states) == (["facebook"], {State.AWAITING: 1})


def test_what_the_files_plan_beyond_the_book_is_there_with_its_audience(sample: Workspace) -> None:
    shelf = Shelf()
    plans = shelf.plans(sample)
    slots = shelf.slots(plans, START, END)

    everything = entries([], not_in_book(slots, [], NOW), plans, ALL)
    assert len(everything) > 10
    assert all(entry.due > NOW for entry in everything), "what is past and in no book never was"
    assert {state for entry in everything for state in entry.states} == {State.PLANNED}
    assert states_words(everything[0], "vi") == "chưa vào sổ"
    elders = entries([], not_in_book(slots, [], NOW), plans, Filter(audience="nguoi-cao-tuoi"))
    assert {plans.audience_of(each.campaign_id, each.item_id) for each in elders} == {"nguoi-cao-tuoi"}
    in_book = [view(key=f"{slot.key}/facebook/x") for slot in slots]
    assert list(not_in_book(slots, in_book, NOW)) == []


def test_a_changed_file_is_read_anew_and_an_unchanged_one_is_not(sample: Workspace) -> None:
    shelf = Shelf()
    before = shelf.plans(sample)

    assert shelf.plans(sample) is before
    replace_in(sample.campaigns / "chuyen-doi-so-10-10.yaml", "days: -30", "days: -29")
    after = shelf.plans(sample)
    assert after is not before
    assert after.digests["chuyen-doi-so-10-10"] != before.digests["chuyen-doi-so-10-10"]
    assert shelf.slots(after, START, END) != shelf.slots(before, START, END)


def test_days_tell_their_lunar_date_their_holiday_and_the_swapped_weekend(sample: Workspace) -> None:
    (sample.root / "nghi.csv").write_text(
        "date,name,kind\n2027-10-12,Ngày hội tỉnh,holiday\n2027-10-16,,working\n", encoding="utf-8"
    )
    replace_in(sample.root / "loa.yaml", "policies:", "holidays_file: nghi.csv\npolicies:")
    office = open_workspace(sample.root)

    days = {each.date: each for each in days_of(office, date(2027, 9, 1), date(2027, 10, 31), [], date(2027, 9, 1))}

    assert days[date(2027, 9, 2)].holiday == "Quốc khánh"
    assert days[date(2027, 10, 12)].holiday == "Ngày hội tỉnh"
    assert days[date(2027, 10, 16)].is_worked
    assert days[date(2027, 9, 15)].lunar == "15/8", "Trung thu"
    assert lunar_words(date(2025, 7, 25)) == "1/6n", "a leap month"
    assert not any(each.is_empty for each in days.values()), "no campaign runs"


def test_a_working_day_that_a_running_campaign_forgot_is_marked(sample: Workspace) -> None:
    def due(day: int) -> Entry:
        return Entry(datetime(2027, 10, day, 1, tzinfo=UTC), "a", "tin", date(2027, 10, day), "Tin")

    planned, today = [due(4), due(13)], date(2027, 10, 6)
    days = days_of(sample, date(2027, 10, 1), date(2027, 10, 20), planned, today)

    empty = [each.date.day for each in days if each.is_empty]
    assert empty == [6, 7, 8, 11, 12], "from today on, between two posts, without weekends"
    far = [due(4), Entry(due(4).due + timedelta(days=30), "a", "tin", date(2027, 11, 3), "Tin")]
    assert not any(each.is_empty for each in days_of(sample, date(2027, 10, 6), date(2027, 10, 20), far, today))


def test_a_wall_plan_without_a_month_is_of_this_month() -> None:
    assert month_of("2027-11", NOW.date()) == date(2027, 11, 1)
    assert month_of("tháng mười", NOW.date()) == date(2027, 9, 1)
