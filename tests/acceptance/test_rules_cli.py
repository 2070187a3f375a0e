"""``loa rules`` shows what holds, and ``loa check`` tells of a file of rules that is wrong."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.office import make_office, replace_in
from support.processes import loa

BROUGHT = Path(__file__).parents[2] / "loa/rules/data/vn-2026-11.yaml"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_office(tmp_path / "office")


def own(office: Path, *changes: tuple[str, str]) -> None:
    text = (
        BROUGHT.read_text(encoding="utf-8")
        .replace("id: vn-2026-11", "id: tinh-mau")
        .replace("2026-01-01", "2026-01-02")
    )
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    (office / "rules").mkdir()
    (office / "rules/tinh-mau.yaml").write_text(text, encoding="utf-8")


def test_the_rules_in_force_are_shown_with_their_basis_and_every_class(office: Path) -> None:
    told = loa("rules", cwd=office)
    assert told.returncode == 0, told.stderr
    assert "vn-2026-11" in told.stdout
    assert "Nghị định 91/2020/NĐ-CP" in told.stdout
    for name in ("emergency", "public_info", "operations", "advertising"):
        assert f"({name})" in told.stdout


def test_the_offices_rules_are_shown_once_they_hold_and_old_ones_warn(office: Path) -> None:
    own(office, ("checked_on: 2026-11-22", "checked_on: 2020-01-31"))
    told = loa("rules", cwd=office)
    assert told.stdout.rstrip().endswith(str(Path("rules") / "tinh-mau.yaml"))
    assert "E797" in told.stderr
    assert told.returncode == 0


def test_machines_get_json(office: Path) -> None:
    found = json.loads(loa("rules", "--json", cwd=office).stdout)
    assert (found["id"], len(found["sha256"]), len(found["classes"])) == ("vn-2026-11", 64, 4)


def test_a_wrong_file_of_rules_is_told_by_check_with_its_line(office: Path) -> None:
    own(office, ("most_parts: 6", "most_parts: sáu"))
    told = loa("check", cwd=office)
    assert told.returncode == 1
    assert "rules/tinh-mau.yaml:" in told.stdout + told.stderr
    assert "sáu" in told.stderr


def test_who_approves_a_message_is_told_what_the_rules_have_against_it(office: Path) -> None:
    plan, today = office / "campaigns/thu-nghiem.yaml", datetime.now(UTC).date()
    replace_in(plan, "from: 2027-01-01", f"from: {today}")
    replace_in(plan, "date: 2027-03-02", f"date: {today + timedelta(days=7)}")
    (office / "content/tin-hai.md").write_text("Mời bà con đi họp. " * 20, encoding="utf-8")
    told = loa("approve", "thu-nghiem", "--item", "tin-hai", "--as", "lan", cwd=office)
    assert told.returncode == 0, told.stderr
    assert "nên xem lại trước giờ gửi: Tin dài" in told.stdout
