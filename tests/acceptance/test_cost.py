"""What a campaign costs before anybody approves it, against the budget of its plan."""

import json
from pathlib import Path

from support.office import make_office, replace_in
from support.processes import loa

PLAN = """\
id: ke-hoach
title: Kế hoạch thử
document: Kế hoạch 1/KH-UBND
from: 2027-01-01
to: 2027-12-31
body: {name: UBND tỉnh Mẫu, short_name: UBND, town: Mẫu, signer_title: CHỦ TỊCH, reports_to: [UBND tỉnh]}
tasks: [{id: nhan-tin, title: Nhắn tin, place: Mục I}]
budget:
  - {id: tin-nhan, title: Tin nhắn, amount: "6000", covers: [sms], place: Mục V}
  - {id: khac, title: Việc khác, amount: "200000", covers: [x, print, zalo], place: Mục V}
"""
ACCOUNTS = """\
  - {id: x-tinh, channel: x, unit: tinh-mau, name: X tỉnh, settings: {user_id: "9"}, secrets: {consumer_key: a,
     consumer_secret: b, access_token: c, access_token_secret: d}}
  - {id: in-tinh, channel: print, unit: tinh-mau, name: Nhà in, settings: {person: Lan, places: Một cửa}}
"""
PRINT = """\
    make:
      - {id: to-roi, template: infographics/chi-so, formats: [a4], facts: [truc-tuyen]}
    send:
      print: {asset: to-roi/a4, options: {copies: "100"}}
      x: {}
      facebook: {}
"""
PRICES = """\
channels:
  sms: {settings: {price_per_part: "750"}}
  x: {settings: {dong_per_dollar: "26000"}}
  print: {settings: {price_per_copy: "1500"}}
"""


def test_costs_are_told_by_item_and_channel_and_a_budget_that_does_not_reach_by_exit_code(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    (office / "campaigns/plan.yaml").write_text(PLAN, "utf-8")
    replace_in(office / "loa.yaml", "reviewers:\n", f"{ACCOUNTS}reviewers:\n")
    replace_in(office / "campaigns/thu-nghiem.yaml", "    send:\n      facebook: {}\n", PRINT)

    unpriced = loa("cost", "thu-nghiem", cwd=office)
    assert unpriced.returncode == 0, unpriced.stderr
    assert unpriced.stderr.count("E293") == 3

    with (office / "loa.yaml").open("a", encoding="utf-8") as file:
        file.write(PRICES)
    told = loa("cost", "--plan", "ke-hoach", "--json", cwd=office)
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    sums = {each["channel"]: (each["pieces"], int(each["amount"])) for each in found["costs"]}
    assert sums["print"] == (100, 150_000)
    assert sums["sms"] == (5, 3_750)  # 5 people × 1 part
    assert sums["x"] == (1, 390)  # 0.015 dollars
    assert int(found["total"]) == 154_140
    assert [(each["id"], int(each["cost"])) for each in found["budget"]] == [("tin-nhan", 3_750), ("khac", 150_390)]

    replace_in(office / "campaigns/plan.yaml", 'amount: "6000"', 'amount: "3749"')
    over = loa("cost", "--plan", "ke-hoach", cwd=office)
    assert over.returncode == 1
    assert "[E294]" in over.stderr
    assert "3.750" in over.stderr
