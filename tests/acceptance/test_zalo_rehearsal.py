"""A province's article lies hidden until a person has said yes; only then its followers get it."""

import json
from pathlib import Path

from support.office import make_office, replace_in
from support.processes import loa

ACCOUNTS = """accounts:
  - id: oa-tinh
    channel: zalo
    unit: tinh-mau
    name: Tỉnh Mẫu
    settings: {oa_id: "2000000000000000009", app_id: "9000000000000000001", hidden_first: có}
    secrets: {app_secret: zalo-ung-dung}
  - id: oa-tinh-gui
    channel: zalo-broadcast
    unit: tinh-mau
    name: Tỉnh Mẫu
    settings: {oa_id: "2000000000000000009", app_id: "9000000000000000001", package: basic}
    secrets: {app_secret: zalo-ung-dung}
"""
ITEM = """      facebook: {asset: hinh/square}
      zalo: {asset: hinh/square}
  - id: gui-tin-ba
    title: Gửi tin thứ ba
    content: [content/tin-mot.md]
    units: [tinh-mau]
    when: {date: 2027-03-03, at: "08:30"}
    send:
      zalo-broadcast: {options: {articles: tin-ba, ages: "18-24, 65+"}}
"""
LATER = """  - id: {name}
    title: Tin của {name}
    content: [content/tin-mot.md]
    units: [tinh-mau]
    when: {{date: {day}, at: "08:30"}}
    make:
      - {{id: hinh, template: infographics/chi-so, formats: [square], facts: [truc-tuyen], data: {{title: Nộp hồ sơ}}}}
    send:
      zalo: {{asset: hinh/square}}
"""


def office_with_oa(folder: Path) -> Path:
    office = make_office(folder)
    replace_in(office / "loa.yaml", "accounts:\n", ACCOUNTS)
    replace_in(
        office / "loa.yaml",
        "reviewers:",
        "channels:\n  zalo:\n    settings: {media_base_url: https://x.vn/anh}\nreviewers:",
    )
    replace_in(office / "campaigns/thu-nghiem.yaml", "      facebook: {asset: hinh/square}\n", ITEM)
    return office


def test_a_hidden_article_is_shown_and_then_sent_to_followers(tmp_path: Path) -> None:
    office = office_with_oa(tmp_path / "office")
    day = ("--from", "2027-03-03", "--to", "2027-03-03")
    done = loa("rehearse", *day, "--folder", tmp_path / "day", "--json", cwd=office)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["states"] == {"done": 3}
    lines = [json.loads(line) for line in (tmp_path / "day/journal.jsonl").read_text(encoding="utf-8").splitlines()]
    seen = [line for line in lines if line["platform"] == "zalo"]
    assert [line["kind"] for line in seen] == ["article", "broadcast"]
    assert seen[1]["extra"] == {"articles": [seen[0]["id"]], "aimed": {"gender": "0", "ages": "2,7"}}
    assert seen[1]["text"] == seen[0]["title"]


def test_an_account_that_says_nothing_for_half_a_year_still_speaks_in_a_rehearsal(tmp_path: Path) -> None:
    office = office_with_oa(tmp_path / "office")
    later = LATER.format(name="thang-nam", day="2027-05-03") + LATER.format(name="thang-chin", day="2027-09-03")
    replace_in(office / "campaigns/thu-nghiem.yaml", ITEM, ITEM.partition("  - id: gui-tin-ba")[0] + later)
    days = ("--from", "2027-03-03", "--to", "2027-09-03")
    done = loa("rehearse", *days, "--folder", tmp_path / "half", "--json", cwd=office)

    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)["states"]) == {"done"}, "a refresh token of Zalo lives for 90 days"


def test_a_second_broadcast_in_a_month_of_the_smallest_package_is_refused_at_check(tmp_path: Path) -> None:
    office = office_with_oa(tmp_path / "office")
    campaign = office / "campaigns/thu-nghiem.yaml"
    assert loa("check", cwd=office).returncode == 0
    replace_in(campaign, 'when: {date: 2027-03-03, at: "08:30"}', 'when: {date: 2027-03-04, at: "08:30"}')
    second = campaign.read_text(encoding="utf-8").partition("  - id: gui-tin-ba\n")[2]
    again = "  - id: gui-lai\n" + second.replace("2027-03-04", "2027-03-05")
    campaign.write_text(campaign.read_text(encoding="utf-8") + again, encoding="utf-8")
    told = loa("check", cwd=office)
    assert told.returncode != 0
    assert "E566" in told.stdout + told.stderr
