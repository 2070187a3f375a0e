"""What is wrong with events, each thing broken once, and what an item may say of its meeting."""

from __future__ import annotations

from typing import Any

import pytest

from loa.campaign import load_campaigns
from loa.campaign.events import meeting_of
from loa.campaign.fields import EVENT_FIELDS, fields

YAML = "campaigns/a.yaml"
EVENTS = """\
to: 2026-12-31
events:
  - id: hop
    title: Buổi tuyên truyền
    kind: session
    meetings:
      - {unit: xa-a, date: 2026-10-05, at: "07:30", until: "10:00", place: Nhà văn hóa, people: 40}
      - {id: toi, unit: xa-a, date: 2026-10-06, at: "19:00", place: Nhà văn hóa}
      - {unit: tinh, date: 2026-12-30, to: 2026-12-31, title: Tổng kết}
items:
"""
LATER = '{id: toi, unit: xa-a, date: 2026-10-06, at: "19:00"'
CASES = {
    "an event": ("{event: hop,", "{event: hopp,", "E337", "hop"),
    "a meeting": ("meetings: [toi]", "meetings: [tois]", "E345", "toi"),
    "meetings of no event": ("event: hop, ", "date: 2026-10-05, ", "E346", ""),
    "two of one name": ("{unit: tinh,", "{id: xa-a, unit: tinh,", "E338", ""),
    "a unit": ("{unit: tinh,", "{unit: tinhh,", "E228", "tinh"),
    "a unit that has ended": ("{unit: tinh,", "{unit: cu,", "E339", ""),
    "a day outside": ("to: 2026-12-31", "to: 2026-12-30", "E340", ""),
    "days backwards": ("to: 2026-12-31,", "to: 2026-12-29,", "E341", ""),
    "hours backwards": ('until: "10:00"', 'until: "07:00"', "E341", ""),
    "an end without a beginning": ("title: Tổng kết", 'until: "10:00"', "E341", ""),
    "two at one place": (LATER, '{id: toi, unit: xa-a, date: 2026-10-05, at: "09:00"', "E342", ""),
    "what a meeting lacks": ("{{ event.place }}", "{{ event.people }}", "E347", ""),
    "a field that there is not": ("{{ event.place }}", "{{ event.plaec }}", "E235", "event.place"),
}


@pytest.fixture
def with_events(office: Any) -> Any:
    """The small office with an event, and an item that counts from its meetings."""
    office.change("loa.yaml", "accounts:", "    - {code: cu, name: Xã Cũ, valid_to: 2026-11-30}\naccounts:")
    office.change(YAML, "items:\n", EVENTS)
    office.change(YAML, "{at: 8:00, anchor: moc, days: -7}", "{event: hop, at: 8:00, days: -7, meetings: [toi]}")
    office.change(YAML, "title: Mở đầu", 'title: "Tại {{ event.place }}"')
    return office


@pytest.mark.parametrize("name", CASES)
def test_each_broken_event_has_its_code_and_a_guess(with_events: Any, name: str) -> None:
    old, new, code, suggestion = CASES[name]
    assert with_events.problems() == []
    with_events.change(YAML, old, new)
    assert [(each.code, each.suggestion) for each in with_events.problems()] == [(code, suggestion)]


def test_an_item_may_say_all_of_its_meeting(with_events: Any) -> None:
    ws = with_events.open()
    (campaign,) = (each.campaign for each in load_campaigns(ws))
    (item,) = campaign.items

    def of(name: str) -> dict[str, str]:
        known = fields(ws, campaign, item, ws.units.get("xa-a"), 7, campaign.start, held=meeting_of(campaign, name))
        return {each.removeprefix("event."): known[each] for each in EVENT_FIELDS if each in known}

    assert of("hop.xa-a") == {
        "title": "Buổi tuyên truyền",
        "unit": "Xã A",
        "place": "Nhà văn hóa",
        "people": "40",
        "date": "05/10/2026",
        "long_date": "thứ Hai, ngày 05 tháng 10 năm 2026",
        "dates": "05/10/2026",
        "weekday": "thứ Hai",
        "day": "5",
        "month": "10",
        "year": "2026",
        "at": "7 giờ 30",
        "time": "7 giờ 30 – 10 giờ",
        "clock": "7h30",
    }
    long = of("hop.tinh")
    assert (long["meeting"], long["dates"], long["weekday"]) == ("Tổng kết", "30–31/12/2026", "thứ Tư – thứ Năm")
    assert (long["day"], "time" in long) == ("30–31", False)
