from datetime import UTC, datetime
from pathlib import Path

from loa.clock import SimulatedClock
from loa.rehearsal import judge
from loa.sandbox import Journal


def test_the_referee_counts_what_the_journal_holds(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl", SimulatedClock(datetime(2027, 3, 1, 1, tzinfo=UTC)))
    journal.append("facebook", "1001", "post", "1001_1", text="Một")
    journal.append("facebook", "1002", "post", "1002_1", text="Một")
    journal.append("esms", "TINHMAU", "sms", "a", text="Hai", recipient="+84900000001")
    journal.append("esms", "TINHMAU", "sms", "b", text="Hai", recipient="+84900000002")
    journal.close()
    verdict = judge(tmp_path / "journal.jsonl")
    assert (verdict.effects, verdict.accounts, verdict.duplicates) == (4, 3, ())
    assert verdict.by_kind == {"post": 2, "sms": 2}


def test_the_referee_sees_the_same_words_twice_on_one_account(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl", SimulatedClock(datetime(2027, 3, 1, 1, tzinfo=UTC)))
    for number in ("1", "2"):
        journal.append("facebook", "1001", "post", number, text="Một")
    journal.close()
    assert len(judge(tmp_path / "journal.jsonl").duplicates) == 1


def test_no_journal_is_nothing_seen(tmp_path: Path) -> None:
    assert judge(tmp_path / "none.jsonl").effects == 0
