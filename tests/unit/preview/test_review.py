"""Duyệt over HTTP: two reviewers at two desks on one book, and what a page may not be made to do."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

import pytest
from support.at_the_door import Answer, Browser, ask
from support.browser import running_desk
from support.office import make_office, replace_in

from loa import store
from loa.clock import SystemClock
from loa.delivery import State
from loa.dispatch import Desk, plan
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

NOW = "2027-02-27T09:00:00+07:00"


class Reviewer(Browser):
    """Somebody who has signed in at a desk of their own."""

    def __init__(self, link: str, person: str) -> None:
        super().__init__(link)
        assert self.post("/sign-in", person=person, to="/review").status == 303

    def act(self, path: str, *fields: tuple[str, str]) -> Answer:
        """A form as htmx sends it."""
        headers = [
            *self.own(),
            ("Origin", self.origin),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("X-CSRF", self.word()),
            ("HX-Request", "true"),
        ]
        return ask(self.host, "POST", path, headers, urlencode(fields))

    def shown(self, number: int) -> str:
        """What the page lets this person decide about, as its form says it."""
        found = re.search(rf'name="seen" value="({number}:[^"]+)"', self.get(f"/review/{number}?state=all").body)
        assert found
        return found[1]

    def decide(self, token: str, decision: str = "approve", note: str = "") -> Answer:
        number = token.partition(":")[0]
        fields = (("decision", decision), ("at", number), ("seen", token), ("note", note))
        return self.act("/review/decide?state=all", *fields)


@dataclass
class Office:
    """One book, and two people at two desks."""

    desk: Desk
    lan: Reviewer
    binh: Reviewer

    def ids(self) -> list[int]:
        with self.desk.book.read() as connection:
            return [row.id for row in store.deliveries(connection) if row.item_id == "tin-mot"]

    def state(self, number: int) -> State:
        with self.desk.book.read() as connection:
            return store.delivery_by_id(connection, number).state

    def decisions(self) -> list[tuple[str, str]]:
        found = store.approvals_of(self.desk.book)
        return [(each.reviewer_id, each.decision) for some in found.values() for each in some]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_office(tmp_path / "office")


@pytest.fixture
def office(root: Path) -> Iterator[Office]:
    with ExitStack() as stack:
        first = stack.enter_context(running_desk(root, NOW))
        second = stack.enter_context(running_desk(root, NOW))
        desk = open_desk(open_workspace(root), SystemClock())
        stack.callback(desk.book.close)
        yield Office(desk, Reviewer(first.link, "lan"), Reviewer(second.link, "binh"))


def at_once(office: Office, number: int, choices: tuple[str, str]) -> list[Answer]:
    """Both saw the same page; both press at the same moment."""
    people = (office.lan, office.binh)
    tokens = [each.shown(number) for each in people]
    gate = Barrier(2)

    def press(which: int) -> Answer:
        gate.wait(timeout=20)
        return people[which].decide(tokens[which], choices[which], "Sai số điện thoại")

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(press, range(2)))


def test_of_two_reviewers_at_once_no_decision_is_lost_and_the_loser_reads_who_decided_what_and_when(
    office: Office,
) -> None:
    for number in office.ids():
        before = len(office.decisions())
        approved, gave_back = at_once(office, number, ("approve", "return"))
        assert gave_back.status == 200
        assert office.state(number) == State.AWAITING
        assert len(office.decisions()) - before == [approved.status, gave_back.status].count(200)
        if approved.status == 409:
            assert "Trần Văn Bình vừa trả lại" in approved.body
            assert re.search(r"lúc \d\d:\d\d \d\d/\d\d/\d{4}: Sai số điện thoại", approved.body)
        else:
            page = office.lan.get(f"/review/{number}?state=all").body
            assert "Trần Văn Bình" in page
            assert "Sai số điện thoại" in page
            assert "không còn hiệu lực" in page


def test_who_comes_after_a_return_reads_it_and_approves_only_knowingly(office: Office) -> None:
    number = office.ids()[0]
    stale = office.lan.shown(number)
    assert office.binh.decide(office.binh.shown(number), "return", "Sai ngày").status == 200
    told = office.lan.decide(stale)
    assert told.status == 409
    assert told.headers["hx-retarget"] == "#told"
    assert "Sai ngày" in told.body
    assert office.decisions() == [("binh", "return")]
    assert office.lan.decide(office.lan.shown(number)).status == 200
    assert office.state(number) == State.APPROVED


def test_bytes_that_changed_since_are_refused_with_a_way_to_compare(office: Office, root: Path) -> None:
    number = office.ids()[0]
    stale = office.lan.shown(number)
    replace_in(root / "content/tin-mot.md", "bà con", "mọi người")
    plan(office.desk)
    told = office.lan.decide(stale)
    assert told.status == 409
    assert "đã đổi sau khi bạn mở" in told.body
    assert f'href="/compare/{number}"' in told.body
    assert office.decisions() == []


def test_an_open_page_hears_of_a_change_and_gives_no_button_for_bytes_it_does_not_show(
    office: Office, root: Path
) -> None:
    number = office.ids()[0]
    page = office.lan.get(f"/review/{number}?state=all").body
    renewal = re.search(r'hx-get="([^"]+part=standing[^"]+)"', page)
    assert renewal
    again = office.lan.get(unescape(renewal[1])).body
    assert "Nội dung vừa đổi" not in again
    assert 'value="approve"' in again
    replace_in(root / "content/tin-mot.md", "bà con", "mọi người")
    plan(office.desk)
    again = office.lan.get(unescape(renewal[1])).body
    assert "Nội dung vừa đổi" in again
    assert f'href="/compare/{number}"' in again
    assert 'name="seen"' not in again


def test_a_set_is_approved_only_after_this_person_opened_each(office: Office) -> None:
    tokens = [office.lan.shown(number) for number in office.ids()]
    whole = [("seen", token) for token in tokens]
    told = office.lan.act("/review/decide?state=all", ("decision", "approve"), ("at", ""), *whole)
    assert told.status == 409
    assert "còn 2 bản bạn chưa mở" in told.body
    assert office.binh.act("/review/looked", *whole).status == 204
    assert office.lan.act("/review/decide", ("decision", "approve"), ("at", ""), *whole).status == 409
    assert office.lan.act("/review/looked", *whole).status == 204
    assert office.lan.act("/review/decide", ("decision", "approve"), ("at", ""), *whole).status == 200
    assert {office.state(number) for number in office.ids()} == {State.APPROVED}


def test_a_form_that_no_page_made_decides_nothing(office: Office) -> None:
    for seen in ("", "x", "1", "1:ab", "1:ab:x", "-1:ab:0", "1:ab:0:9" * 99, "²:ab:0"):
        answer = office.lan.act("/review/decide", ("decision", "approve"), ("at", ""), ("seen", seen))
        assert 400 <= answer.status < 500, seen
    assert office.decisions() == []


def test_only_the_three_decisions_exist_and_a_return_needs_a_reason(office: Office) -> None:
    token = office.lan.shown(office.ids()[0])
    assert office.lan.decide(token, "publish").status == 409
    assert office.lan.decide(token, "return", " ").status == 409
    assert office.decisions() == []


def test_who_has_not_signed_in_may_look_and_decides_and_remarks_nothing(office: Office) -> None:
    number = office.ids()[0]
    token = office.lan.shown(number)
    assert office.lan.post("/sign-out").status == 303
    page = office.lan.get(f"/review/{number}?state=all").body
    assert "Đăng nhập để duyệt" in page
    assert 'name="decision"' not in page
    assert "E806" in office.lan.decide(token).body
    assert "E806" in office.lan.act("/review/remark", ("seen", token), ("words", "Sửa")).body
    assert office.lan.act("/review/looked", ("seen", token)).status == 204
    assert office.decisions() == []


def test_a_delivery_that_is_not_there_and_addresses_that_make_no_sense_are_answered_calmly(office: Office) -> None:
    assert office.lan.get("/review/999999").status == 404
    assert office.lan.get("/review?state=x&look=y&page=z&sheet=9&mode=q").status == 200
    assert office.lan.get("/review?page=99999&state=all").status == 200
