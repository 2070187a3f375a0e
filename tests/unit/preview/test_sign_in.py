"""Signing in at the review desk: names and PINs, sessions that end, and whose name stands under a decision."""

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from support.at_the_door import Answer, Browser
from support.browser import RunningDesk, running_desk
from support.office import make_office, replace_in
from support.processes import loa

from loa.clock import SimulatedClock, SystemClock
from loa.dispatch import Desk
from loa.preview.door.sessions import BROWSER_STAYS, LINK_LIVES, PERSON_IDLES, PERSON_STAYS, Sessions
from loa.store.audit import AuditRow, Wanted, audit_page
from loa.store.pins import pins
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

LANS, BINHS = "482915", "730164"
PEOPLE = """\
reviewers:
  - {id: lan, name: Nguyễn Thị Lan, roles: [admin]}
  - {id: binh, name: Trần Văn Bình, roles: [author]}
  - {id: tam, name: Phạm Tâm}
delegations:
  - {from: lan, to: binh, since: 2027-09-01, until: 2027-09-30}
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = make_office(tmp_path / "office")
    before = "reviewers:\n  - {id: lan, name: Nguyễn Thị Lan}\n  - {id: binh, name: Trần Văn Bình}\n"
    replace_in(root / "loa.yaml", before, PEOPLE)
    return root


@pytest.fixture
def desk(office: Path) -> Iterator[Desk]:
    """The same book, looked at from another process."""
    made = open_desk(open_workspace(office), SystemClock())
    yield made
    made.book.close()


@pytest.fixture
def running(office: Path, desk: Desk) -> Iterator[RunningDesk]:
    with running_desk(office) as found:
        yield found


def pin(office: Path, person: str, typed: str) -> "subprocess.CompletedProcess[str]":
    return loa("people", "pin", person, cwd=office, typed=f"{typed}\n")


def log(desk: Desk) -> list[AuditRow]:
    with desk.book.read() as connection:
        return audit_page(connection, Wanted())


def is_in(answer: Answer) -> bool:
    return answer.status == 303


def test_without_any_pin_a_name_is_enough_and_the_page_says_so(running: RunningDesk, desk: Desk) -> None:
    browser = Browser(running.link)

    page = browser.get("/sign-in").body
    assert "Cơ quan chưa đặt mã PIN" in page
    assert 'name="pin"' not in page
    assert is_in(browser.post("/sign-in", person="tam", to="/me"))
    assert "Phạm Tâm" in browser.get("/me").body
    assert (log(desk)[0].deed, log(desk)[0].person_id, log(desk)[0].origin) == ("sign in", "tam", "127.0.0.1")
    assert log(desk)[0].words == {"pin": "no"}


def test_once_somebody_has_a_pin_nobody_gets_in_without_one(office: Path, running: RunningDesk) -> None:
    assert pin(office, "lan", LANS).returncode == 0
    browser = Browser(running.link)

    assert "E810" not in browser.get("/sign-in").body
    refused = browser.post("/sign-in", person="tam", pin="")
    assert refused.status == 403
    assert "chưa có mã PIN" in refused.body
    assert browser.post("/sign-in", person="lan", pin=BINHS).status == 403
    assert is_in(browser.post("/sign-in", person="lan", pin=LANS))


def test_a_pin_is_sealed_and_never_told(office: Path, desk: Desk) -> None:
    done = pin(office, "lan", LANS)

    assert LANS not in done.stdout + done.stderr
    with desk.book.read() as connection:
        assert pins(connection)["lan"].sealed.startswith("$argon2id$")
    assert LANS not in str(log(desk))


@pytest.mark.parametrize("easy", ["12345", "123456", "987654", "000000", "1234567890123", "48291a", "４８２９１５", ""])
def test_a_pin_that_others_guess_is_refused(office: Path, easy: str) -> None:
    done = pin(office, "lan", easy)
    assert done.returncode != 0
    assert "E811" in done.stderr


def test_after_five_wrong_pins_the_name_is_locked_also_for_the_right_one_and_after_a_restart(
    office: Path, desk: Desk
) -> None:
    pin(office, "lan", LANS)
    with running_desk(office) as found:
        browser = Browser(found.link)
        for _ in range(4):
            assert "Mã PIN không đúng" in browser.post("/sign-in", person="lan", pin=BINHS).body
        assert "đang bị khóa đến" in browser.post("/sign-in", person="lan", pin=BINHS).body
        assert "đang bị khóa đến" in browser.post("/sign-in", person="lan", pin=LANS).body
    with running_desk(office) as found:
        browser = Browser(found.link)
        assert "đang bị khóa đến" in browser.post("/sign-in", person="lan", pin=LANS).body
        assert loa("people", "unlock", "Nguyễn Thị Lan", cwd=office).returncode == 0
        # the command unlocks at its own clock; the right one opens at once
        assert is_in(browser.post("/sign-in", person="lan", pin=LANS))

    assert [each.deed for each in log(desk)][:2] == ["sign in", "unlock"]
    assert sum(each.deed == "wrong pin" for each in log(desk)) == 5


def test_guesses_at_once_get_no_more_tries_than_guesses_in_turn(office: Path, running: RunningDesk, desk: Desk) -> None:
    pin(office, "lan", LANS)
    browser = Browser(running.link)
    word = browser.word()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: browser.post("/sign-in", person="lan", pin=BINHS), range(16)))

    assert word == browser.word()
    assert sum(each.deed == "wrong pin" for each in log(desk)) == 5, "the others were not even judged"


def test_with_another_person_the_session_has_another_name_and_another_word(running: RunningDesk) -> None:
    browser = Browser(running.link)
    cookie, word = browser.cookie, browser.word()
    browser.post("/sign-in", person="tam")

    assert browser.cookie != cookie
    assert browser.word() != word
    old = Browser.__new__(Browser)
    old.__dict__ = browser.__dict__ | {"cookie": cookie}
    assert old.get("/today").status == 403
    stale = browser.post("/sign-out", csrf=word)
    assert stale.status == 403
    assert "E871" in stale.body


def test_who_signs_out_may_still_look_and_decide_nothing(running: RunningDesk, desk: Desk) -> None:
    browser = Browser(running.link)
    browser.post("/sign-in", person="tam")
    assert is_in(browser.post("/sign-out"))

    assert browser.get("/today").status == 200
    assert "E806" in browser.post("/me/invite").body
    assert log(desk)[0].deed == "sign out"


@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: x", ""])
def test_nobody_is_sent_to_another_site_after_signing_in(running: RunningDesk, to: str) -> None:
    browser = Browser(running.link)
    answer = browser.post("/sign-in", person="tam", to=to)
    assert answer.headers["location"] == "/"


def test_only_an_administrator_makes_links_and_each_lets_one_more_browser_in(running: RunningDesk) -> None:
    browser = Browser(running.link)
    browser.post("/sign-in", person="tam")
    assert "E807" in browser.post("/me/invite").body

    browser.post("/sign-in", person="lan")
    page = browser.post("/me/invite").body
    link = page.partition('<code class="link">')[2].partition("</code>")[0]
    other = Browser(link)
    assert other.get("/today").status == 200
    assert "Nguyễn Thị Lan</span>" not in other.get("/today").body, "it is let in, not signed in"


def test_a_pin_is_changed_by_who_knows_the_present_one(office: Path, running: RunningDesk) -> None:
    pin(office, "lan", LANS)
    browser = Browser(running.link)
    browser.post("/sign-in", person="lan", pin=LANS)

    assert "Mã PIN không đúng" in browser.post("/me/pin", pin=BINHS, new=BINHS).body
    assert "phải gồm 6 đến 12 chữ số" in browser.post("/me/pin", pin=LANS, new="111111").body
    assert "Đã đổi mã PIN" in browser.post("/me/pin", pin=LANS, new=BINHS).body
    browser.post("/sign-out")
    assert browser.post("/sign-in", person="lan", pin=LANS).status == 403
    assert is_in(browser.post("/sign-in", person="lan", pin=BINHS))


def test_nobody_sets_a_first_pin_in_the_browser(running: RunningDesk) -> None:
    browser = Browser(running.link)
    browser.post("/sign-in", person="lan")
    answer = browser.post("/me/pin", pin="", new=BINHS)
    assert answer.status == 403
    assert "chưa có mã PIN" in answer.body


def test_who_stands_in_is_shown_with_both_names(running: RunningDesk) -> None:
    browser = Browser(running.link)
    browser.post("/sign-in", person="binh")

    page = browser.get("/me").body
    assert "Trần Văn Bình thay mặt Nguyễn Thị Lan" in page
    assert browser.post("/me/name", person="tam").status == 409, "only in the name of who asked for it"


def test_roles_are_those_of_the_file_as_it_is_now(office: Path, running: RunningDesk) -> None:
    browser = Browser(running.link)
    browser.post("/sign-in", person="lan")
    assert "Quản trị" in browser.get("/me").body
    done = loa("people", "list", "--json", cwd=office)
    assert '"admin"' in done.stdout


def test_links_sessions_and_people_have_an_end() -> None:
    clock = SimulatedClock(SystemClock().now())
    sessions = Sessions(clock.now)
    late = sessions.invite()
    name = sessions.enter(sessions.invite())
    assert name
    name = sessions.renew(name, "lan")

    def after(span: timedelta, *, is_deed: bool = False) -> str | None:
        clock.move_to(clock.now() + span)
        found = sessions.find(name, is_deed=is_deed)
        return found.person_id if found else None

    assert after(PERSON_IDLES - timedelta(seconds=1), is_deed=True) == "lan"
    assert after(PERSON_IDLES - timedelta(seconds=1)) == "lan", "a deed began the time anew"
    assert after(timedelta(seconds=2)) == "", "what a page asks by itself did not"
    name = sessions.renew(name, "lan")
    for _ in range(int(PERSON_STAYS / PERSON_IDLES) * 2 - 1):
        assert after(PERSON_IDLES / 2, is_deed=True) == "lan"
    assert after(PERSON_IDLES / 2, is_deed=True) == "", "not for ever, however busy"
    assert after(BROWSER_STAYS) is None
    assert LINK_LIVES < BROWSER_STAYS
    assert sessions.enter(late) is None
