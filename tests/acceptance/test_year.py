"""A whole year of both sample campaigns, judged from the sandbox's journal and the YAML, never from the book."""

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from support.journal import duplicates, expected, in_quiet_hours, read
from support.processes import loa

FIRST, SECOND = ("--from", "2027-01-01", "--to", "2027-06-30"), ("--from", "2027-07-01", "--to", "2027-12-31")
"""Two halves, that two processors have beside each other."""
PLATFORM_WORK = timedelta(minutes=5)
"""How long a platform may process a post before citizens see it."""


@pytest.mark.slow
@pytest.mark.parametrize(("half", "campaigns"), [(FIRST, 1), (SECOND, 2)], ids=["first", "second"])
def test_a_year_of_both_campaigns_goes_out_once_in_order_and_never_at_night(
    tmp_path: Path, half: tuple[str, ...], campaigns: int
) -> None:
    office = tmp_path / "office"
    assert loa("init", office, cwd=tmp_path).returncode == 0
    slots = json.loads(loa("timetable", *half, "--json", cwd=office).stdout)["slots"]
    done = loa("rehearse", *half, "--folder", tmp_path / "year", "--json", cwd=office, timeout=900)
    assert done.returncode == 0, done.stderr
    seen = read(tmp_path / "year" / "journal.jsonl")
    wanted = expected(office, slots)

    assert len({slot["key"].split("/")[0] for slot in slots}) == campaigns
    assert duplicates(seen) == []
    assert in_quiet_hours(seen) == []
    assert [each.at for each in seen] == sorted(each.at for each in seen)
    per_account = Counter((each.platform, each.account) for each in seen)
    wanted_per_account: Counter[tuple[str, str]] = Counter()
    for (_, platform, account), count in wanted.items():
        wanted_per_account[platform, account] += count
    assert per_account == wanted_per_account
    for account in per_account:
        due = sorted(moment for (moment, *who), count in wanted.items() if tuple(who) == account for _ in range(count))
        came = [each.at for each in seen if (each.platform, each.account) == account]
        assert all(moment <= at <= moment + PLATFORM_WORK for moment, at in zip(due, came, strict=True)), account
    assert json.loads(done.stdout)["states"].keys() == {"done"}
