"""What ``loa check`` says before a platform would."""

from pathlib import Path

import pytest
from support.office import make_office, replace_in
from support.planted import phone
from support.processes import loa

LONG = "dịch vụ công " * 200


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([("content/tin-hai.md", "UBND tinh Mau:", LONG)], "E524"),
        ([("campaigns/thu-nghiem.yaml", "sms: {recipients: doi-ngu}", "sms: {}")], "E241"),
        ([("campaigns/thu-nghiem.yaml", "recipients: doi-ngu", "recipients: khong-co")], "E520"),
        ([("content/recipients/doi-ngu.csv", phone(1), "0241234567")], "E521"),
        (
            [
                ("campaigns/thu-nghiem.yaml", "formats: [square]", "formats: [squere]"),
                ("campaigns/thu-nghiem.yaml", "hinh/square", "hinh/squere"),
            ],
            "E544",
        ),
    ],
)
def test_a_limit_is_found_at_check(tmp_path: Path, changes: list[tuple[str, str, str]], code: str) -> None:
    office = make_office(tmp_path / "office")
    for file, before, after in changes:
        replace_in(office / file, before, after)
    done = loa("check", cwd=office)
    assert done.returncode == 1, done.stdout
    assert f"[{code}]" in done.stderr
