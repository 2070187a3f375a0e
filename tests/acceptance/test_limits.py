"""What ``loa check`` says before a platform would."""

import re
from pathlib import Path

import pytest
from support.office import make_office, replace_in
from support.processes import loa

from loa.clock import SystemClock

LONG = "dịch vụ công " * 200


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([("content/tin-hai.md", "UBND tinh Mau:", LONG)], "E772"),
        ([("campaigns/thu-nghiem.yaml", "sms: {recipients: doi-ngu}", "sms: {}")], "E241"),
        ([("campaigns/thu-nghiem.yaml", "recipients: doi-ngu", "recipients: khong-co")], "E711"),
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


def test_a_broadcast_too_many_is_refused_at_check_with_its_place_and_what_to_do(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    account = """\
  - id: gui-tinh
    channel: zalo-broadcast
    unit: tinh-mau
    name: Gửi bài
    settings: {oa_id: "1", app_id: "2", package: basic}
    secrets: {app_secret: ung-dung}
  - id: zalo-tinh
    channel: zalo
    unit: tinh-mau
    name: OA Tỉnh
    settings: {oa_id: "1", app_id: "2"}
    secrets: {app_secret: ung-dung}
reviewers:
"""
    replace_in(office / "loa.yaml", "reviewers:\n", account)
    campaign, year = office / "campaigns/thu-nghiem.yaml", SystemClock().now().year + 1
    monday = f"every: month, nth: '{{}}', weekday: monday, from: {year}-01-01"
    replace_in(campaign, "date: 2027-03-03", monday.format(1))
    replace_in(campaign, "date: 2027-03-01", monday.format(2))
    replace_in(campaign, "facebook: {asset: hinh/square}", "zalo: {asset: hinh/square}\n      zalo-broadcast: {}")
    assert loa("check", cwd=office).stderr == ""
    replace_in(campaign, "facebook: {}", "zalo-broadcast: {options: {articles: tin-ba}}")
    replace_in(
        campaign, "    content: [content/tin-mot.md]", "    units: [tinh-mau]\n    content: [content/tin-mot.md]"
    )
    done = loa("check", cwd=office)
    told = [line for line in done.stderr.splitlines() if "[E566]" in line]
    assert done.returncode == 1
    head = r"campaigns/thu-nghiem\.yaml:\d+:\d+ \[E566\] Zalo OA .*: tháng \d\d/\d{4} lên lịch 2 lượt"
    assert re.match(head, told[0])
    assert "hoặc mua gói cao hơn" in done.stderr
