"""The daily round as staff walk it, every step through the command line."""

import csv
import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from support.journal import ZONE, read
from support.office import make_office, replace_in
from support.processes import loa, sandbox_process

from loa import rules as loa_rules

RULES = Path(loa_rules.__file__).parent / "data/vn-2026-11.yaml"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The small office on a day when its posts are due at this minute, and no hour is quiet."""
    root = make_office(tmp_path / "office")
    now = datetime.now(ZONE)
    campaign = root / "campaigns/thu-nghiem.yaml"
    replace_in(campaign, "from: 2027-01-01", f"from: {now:%Y}-01-01")
    replace_in(campaign, '2027-03-01, at: "08:00"', f'{now:%Y-%m-%d}, at: "{now:%H:%M}"')
    replace_in(campaign, '2027-03-02, at: "09:00"', f'{now:%Y-%m-%d}, at: "{now:%H:%M}"')
    replace_in(root / "loa.yaml", '{from: "21:00", to: "07:00"}', '{from: "00:00", to: "00:00"}')
    # These tests run at any hour; by the rules that come with Loa no message leaves at night.
    rules = root / "rules/thu-nghiem.yaml"
    rules.parent.mkdir()
    shutil.copyfile(RULES, rules)
    replace_in(rules, "id: vn-2026-11\nvalid_from: 2026-01-01", "id: thu-nghiem\nvalid_from: 2026-01-02")
    replace_in(rules, 'hours: {from: "07:00", to: "22:00"}', "any_hour: có")
    return root


def _go(*words: str, cwd: Path) -> str:
    done = loa(*words, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _states(office: Path) -> dict[str, int]:
    return json.loads(_go("status", "--json", cwd=office))["counts"]


def test_the_round_from_check_to_report(office: Path, tmp_path: Path) -> None:
    assert "0 lỗi" in _go("check", cwd=office)
    _go("timetable", "--ics", "lich.ics", cwd=office)
    assert (office / "lich.ics").read_text(encoding="utf-8").count("BEGIN:VEVENT") == 3
    _go("render", cwd=office)
    assert _states(office) == {"awaiting_approval": 3}

    page = Path(_go("proof", "thu-nghiem", "--out", "xem-truoc", cwd=office).strip())
    assert "Xã Một mời bà con" in (office / page).read_text(encoding="utf-8")

    approved = json.loads(_go("approve", "thu-nghiem", "--as", "lan", "--json", cwd=office))
    assert {each["hash"] for each in approved} == {
        each["hash"] for each in json.loads(_go("status", "--json", cwd=office))["deliveries"]
    }
    with sandbox_process(tmp_path / "sandbox") as url:
        assert "gửi 7" in _go("run", "--once", "--sandbox", url, cwd=office)
    assert _states(office) == {"done": 3}
    assert len(read(tmp_path / "sandbox/journal.jsonl")) == 7

    _go("report", "--folder", "bao-cao", cwd=office)
    with (office / "bao-cao/deliveries.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 1 + 3
    [page] = (office / "bao-cao").glob("*.html")
    assert "không có nội dung nào dưới đây được phát thật" in page.read_text(encoding="utf-8")


def test_a_returned_item_waits_and_the_others_go_out(office: Path, tmp_path: Path) -> None:
    _go("render", cwd=office)
    _go("approve", "thu-nghiem", "--as", "lan", cwd=office)
    _go("return", "thu-nghiem", "--item", "tin-hai", "--as", "lan", "--note", "Sai đầu số", cwd=office)
    with sandbox_process(tmp_path / "sandbox") as url:
        _go("run", "--once", "--sandbox", url, cwd=office)
    assert _states(office) == {"done": 2, "awaiting_approval": 1}
    assert "Sai đầu số" in _go("status", cwd=office)


def test_stop_holds_everything_and_resume_lets_it_go(office: Path, tmp_path: Path) -> None:
    _go("render", cwd=office)
    _go("approve", "thu-nghiem", "--as", "lan", cwd=office)
    _go("stop", "--why", "quốc tang", cwd=office)
    assert "quốc tang" in _go("status", cwd=office)
    with sandbox_process(tmp_path / "sandbox") as url:
        assert "Đang dừng tất cả" in _go("run", "--once", "--sandbox", url, cwd=office)
        assert _states(office) == {"approved": 3}
        _go("resume", cwd=office)
        _go("run", "--once", "--sandbox", url, cwd=office)
    assert _states(office) == {"done": 3}


def test_a_real_run_without_secrets_says_which_one_is_missing_and_sends_nothing(office: Path) -> None:
    _go("render", cwd=office)
    _go("approve", "thu-nghiem", "--as", "lan", cwd=office)
    _go("sms", "arm", "sms-tinh", "--for", "all", "--as", "lan", cwd=office)
    _go("run", "--once", cwd=office)
    status = json.loads(_go("status", "--json", cwd=office))
    assert status["counts"] == {"retry_later": 2, "due": 1}
    assert {pause["code"] for pause in status["paused_accounts"]} == {"E704"}
    assert "fb-tinh" in _go("status", cwd=office)


def test_a_real_run_of_an_account_that_nobody_armed_holds_the_message(office: Path) -> None:
    _go("render", cwd=office)
    _go("approve", "thu-nghiem", "--item", "tin-hai", "--as", "lan", cwd=office)
    assert "giữ lại 1" in _go("run", "--once", cwd=office)
    assert "loa sms arm sms-tinh" in _go("status", cwd=office)


def test_a_person_gives_up_what_a_dead_account_holds(office: Path) -> None:
    replace_in(office / "loa.yaml", "limit: 2h", "limit: 1m")
    _go("render", cwd=office)
    _go("approve", "thu-nghiem", "--as", "lan", cwd=office)
    _go("run", "--once", cwd=office)
    asked = loa("decide", "1", "cancel", "--as", "Người Lạ", cwd=office)
    assert (asked.returncode, "[E501]" in asked.stderr) == (1, True)
