"""A whole plan is rehearsed and reported; every number of the report is counted again without Loa."""

import json
from pathlib import Path

from support.plan_counts import Files, differences
from support.processes import loa

PERIOD = ("--from", "2025-04-01", "--to", "2025-12-31")


def test_the_report_of_a_rehearsed_plan_equals_what_the_journal_the_hand_offs_and_the_log_hold(tmp_path: Path) -> None:
    office, rehearsal = tmp_path / "son-tay", tmp_path / "lan-mot"

    def done(*words: str | Path, cwd: Path = office) -> str:
        told = loa(*words, cwd=cwd)
        assert told.returncode == 0, told.stderr
        return told.stdout

    done("init", "--sample", "son-tay", office, cwd=tmp_path)
    played = json.loads(done("rehearse", *PERIOD, "--folder", rehearsal, "--json"))
    done("report", "--plan", "son-tay-de-an-1588", "--final", "--rehearsal", rehearsal, *PERIOD)
    stands = json.loads(done("plan", "--day", "2025-12-31", "--rehearsal", rehearsal, "--json"))

    assert set(played["states"]) == {"done"}
    assert played["duplicates"] == []
    assert differences(Files(office), rehearsal) == []
    assert {quota["standing"] for quota in stands["quotas"]} == {"reached"}
    assert stands["silent_units"] == []
