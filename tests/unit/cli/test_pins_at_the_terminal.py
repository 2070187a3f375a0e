"""A name at the terminal takes the person's PIN, as at the review desk; in a file and on PostgreSQL."""

import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.office import make_office, replace_in
from support.postgres import fresh_database
from support.processes import clean_environment
from support.warm import run_warm

from loa import store
from loa.store.audit import Wanted, audit_page

LANS, BINHS = "482915", "730164"


@dataclass
class Office:
    root: Path
    book: str

    def loa(self, *words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a verb to its end; ``typed`` is what a script hands over."""
        environment = clean_environment() | ({"LOA_DATABASE_URL": self.book} if self.book else {})
        return run_warm(list(words), self.root, environment, 120, typed)

    def refused(self, *words: str, typed: str = "") -> str:
        """Run a verb that is refused; what it says."""
        done = self.loa(*words, typed=typed)
        assert done.returncode == 1, done.stdout + done.stderr
        return done.stderr

    def done(self, *words: str, typed: str = "") -> str:
        """Run a verb that goes well; what it says."""
        done = self.loa(*words, typed=typed)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def log(self) -> list[tuple[str, str]]:
        """Who did what, first things first."""
        with closing(store.open_book(self.book or self.root / "var/book.sqlite")) as book, book.read() as connection:
            return [(each.person_name, each.deed) for each in reversed(audit_page(connection, Wanted()))]


@pytest.fixture(params=["file", "PostgreSQL"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    """An office whose first item goes out in ten days; Lan is a publisher, Bình reviews."""
    root = make_office(tmp_path / "office")
    day = datetime.now(UTC) + timedelta(days=10)
    replace_in(root / "campaigns/thu-nghiem.yaml", "from: 2027-01-01", f"from: {datetime.now(UTC):%Y-%m-%d}")
    replace_in(root / "campaigns/thu-nghiem.yaml", "date: 2027-03-01", f"date: {day:%Y-%m-%d}")
    replace_in(root / "loa.yaml", "name: Nguyễn Thị Lan}", "name: Nguyễn Thị Lan, roles: [reviewer, publisher]}")
    book = "" if request.param == "file" else fresh_database(request.getfixturevalue("server"))
    return Office(root, book)


def test_where_nobody_has_a_pin_a_name_is_enough(office: Office) -> None:
    office.done("approve", "thu-nghiem", "--as", "binh")
    office.done("stop")
    office.done("resume")


def test_where_somebody_has_a_pin_each_name_takes_its_own(office: Office) -> None:
    office.done("people", "pin", "lan", typed=LANS)
    assert "[E841]" in office.refused("approve", "thu-nghiem", "--as", "lan")
    assert "[E808]" in office.refused("approve", "thu-nghiem", "--as", "lan", typed=BINHS)
    assert "[E810]" in office.refused("approve", "thu-nghiem", "--as", "binh", typed=LANS)
    office.done("approve", "thu-nghiem", "--as", "lan", typed=f"{LANS}\n")
    assert "[E841]" in office.refused("return", "thu-nghiem", "--as", "lan", "--note", "sai")
    told = office.log()
    assert [each for each in told if each[1] in ("wrong pin", "approve")] == [
        ("Nguyễn Thị Lan", "wrong pin"),
        ("Nguyễn Thị Lan", "approve"),
        ("Nguyễn Thị Lan", "approve"),
    ]
    assert "E953" not in office.loa("verify").stdout


def test_a_name_is_locked_at_the_terminal_after_wrong_pins(office: Office) -> None:
    office.done("people", "pin", "lan", typed=LANS)
    told = [office.refused("approve", "thu-nghiem", "--as", "lan", typed=BINHS) for _ in range(5)]
    assert "[E808]" in told[0]
    assert "[E809]" in told[-1]
    assert "[E809]" in office.refused("approve", "thu-nghiem", "--as", "lan", typed=LANS)
    office.done("people", "unlock", "lan")
    office.done("approve", "thu-nghiem", "--as", "lan", typed=LANS)


def test_anybody_may_stop_and_only_a_publisher_lets_go_on(office: Office) -> None:
    for person, pin in (("lan", LANS), ("binh", BINHS)):
        office.done("people", "pin", person, typed=pin)
    office.done("stop", "--why", "thử")
    assert "[E842]" in office.refused("resume")
    assert "[E807]" in office.refused("resume", "--as", "binh", typed=BINHS)
    assert "[E807]" in office.refused("stop", "--as", "binh", typed=BINHS)
    office.done("resume", "--as", "lan", typed=LANS)
    told = [each for each in office.log() if each[1] in ("stop", "resume")]
    assert told == [("", "stop"), ("Nguyễn Thị Lan", "resume")]
