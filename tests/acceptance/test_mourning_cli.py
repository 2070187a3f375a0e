"""National mourning at the terminal: declared, listed, released one by one, ended."""

import json
from pathlib import Path

from support.office import make_office
from support.processes import loa

DAYS = ("--from", "2027-03-01", "--to", "2027-03-02")


def test_days_are_declared_listed_and_released_one_by_one(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    loa("render", "--to", "2027-03-31", cwd=office)
    loa("approve", "thu-nghiem", "--as", "lan", cwd=office)
    assert loa("stop", *DAYS, cwd=office).returncode == 2  # days without --mourning

    told = loa("stop", "--mourning", "--why", "Lễ Quốc tang", "--as", "lan", *DAYS, cwd=office)
    assert told.returncode == 0, told.stderr
    assert "đã giữ 3 lượt" in told.stdout
    assert loa("stop", "--list", cwd=office).stdout.count("Tin thứ nhất") == 2
    status = json.loads(loa("status", "--json", cwd=office).stdout)
    assert status["mourning"]["held"] == 3
    assert status["stopped"] is None  # days ahead stop nothing today
    held = [each for each in status["deliveries"] if each["state"] == "held"]
    assert all("Lễ Quốc tang" in each["reason"] for each in held)

    refused = loa("resume", "--only", str(held[0]["id"]), cwd=office)
    assert refused.returncode == 1  # nobody gave a name
    released = loa("resume", "--only", str(held[0]["id"]), "--as", "lan", cwd=office)
    assert "Vẫn giữ vì quốc tang: 2" in released.stdout
    ended = loa("resume", "--mourning", "--as", "lan", cwd=office)
    assert "Vẫn giữ vì quốc tang: 2" in ended.stdout
