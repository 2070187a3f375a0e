"""One pack for many communes through the command line: three broken ones are told, and hold up nobody else."""

import csv
import json
from datetime import datetime
from pathlib import Path

from support.journal import ZONE
from support.pack import BROKEN, CHANNELS, LONG_NAME, NO_ACCOUNT, NO_LOGO, make_pack
from support.processes import loa, sandbox_process

COMMUNES = 6


def test_a_pack_is_made_approved_as_a_set_and_published_and_broken_units_wait_alone(tmp_path: Path) -> None:
    office = make_pack(tmp_path / "office", COMMUNES, datetime.now(ZONE))
    checked = loa("check", "--format", "json", cwd=office)
    assert checked.returncode == 1
    told = {each["code"]: each for each in json.loads(checked.stdout)}
    assert set(told) == {"E232", "E285", "E524"}
    assert (told["E285"]["file"], told["E285"]["line"]) == ("units.csv", 5)
    assert LONG_NAME in told["E524"]["params"]["channel"]

    rendered = loa("render", "--json", cwd=office)
    assert rendered.returncode == 1  # somebody has to mend something; all others are done
    made = json.loads(rendered.stdout)
    assert {(each["unit"], each["code"]) for each in made["failed"]} == {(LONG_NAME, "E431"), (NO_LOGO, "E421")}
    assert [each["units"] for each in made["without_account"]] == [[NO_ACCOUNT]] * len(CHANNELS)
    approved = loa("approve", "bo-tin", "--item", "tin", "--as", "lan", "--json", cwd=office)
    sound = {f"xa-{number:03d}" for number in range(1, COMMUNES + 1)} - set(BROKEN)
    assert len(json.loads(approved.stdout)) == len(sound) * len(CHANNELS)

    with sandbox_process(tmp_path / "sandbox") as url:
        loa("run", "--once", "--sandbox", url, cwd=office)
    assert _published(office, tmp_path / "sandbox/journal.jsonl") == sorted(
        (unit, channel) for unit in sound for channel in CHANNELS
    )
    status = json.loads(loa("status", "--json", cwd=office).stdout)
    assert status["counts"] == {"done": len(sound) * len(CHANNELS), "planned": 4}
    assert all(each["reason"] for each in status["deliveries"] if each["state"] == "planned")
    assert [each["units"] for each in status["without_account"]] == [[NO_ACCOUNT]] * len(CHANNELS)
    silent = json.loads(loa("plan", "--json", cwd=office).stdout)["silent_units"]
    assert silent == ["tinh-mau", *BROKEN]  # the province takes no part: it is not below itself


def _published(office: Path, journal: Path) -> list[tuple[str, str]]:
    """``(unit, channel)`` of every post in the journal, twice where it is there twice."""
    with (office / "accounts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    owner = {row[name]: (row["unit"], row["channel"]) for row in rows for name in ("id", "page_id") if row[name]}
    return sorted(owner[json.loads(line)["account"]] for line in journal.read_text("utf-8").splitlines())
