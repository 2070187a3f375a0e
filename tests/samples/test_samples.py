"""The five sample plans as an office would get them: checked by the program, and enough for what the plans ask."""

import csv
import unicodedata
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.processes import loa

from loa.campaign import load_campaigns
from loa.plan import load_plans
from loa.timetable import build
from loa.workspace import PLAN_SAMPLES, Workspace, open_workspace

ROOT = Path(__file__).resolve().parents[2]
SEEDS = Path(__file__).parent / "seeds"
PLANS = sorted(PLAN_SAMPLES)
SLOGANS = {
    "Hành chính thông minh – Tận tâm phục vụ": "chung",
    "Dịch vụ công trực tuyến – Đơn giản thủ tục, tiết kiệm thời gian": "nguoi-dan",
    "Đăng ký khai sinh trực tuyến – Nhanh chóng, dễ dàng, mọi lúc mọi nơi": "nguoi-dan",
    "Cùng Hà Nội bước vào kỷ nguyên mới với dịch vụ công trực tuyến": "nguoi-dan",
    "Nộp thuế điện tử – Tiết kiệm chi phí, nâng cao hiệu quả kinh doanh": "doanh-nghiep",
    "Kết nối dữ liệu trực tuyến – Đồng hành phát triển doanh nghiệp": "doanh-nghiep",
    "Dịch vụ công trực tuyến: Giải pháp tiết kiệm thời gian, nâng cao chất lượng phục vụ": "can-bo",
}


@cache
def opened(plan: str) -> Workspace:
    return open_workspace(ROOT / "campaigns" / plan)


def raw(plan: str) -> Any:
    path = ROOT / "campaigns" / plan / "campaigns" / "plan.yaml"
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only, nothing is built


def logged(plan: str) -> list[dict[str, str]]:
    with (ROOT / "campaigns" / plan / "log" / "nhat-ky.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("plan", PLANS)
def test_a_sample_is_checked_over_its_whole_period_without_a_word_and_is_silent_afterwards(plan: str) -> None:
    folder, said = ROOT / "campaigns" / plan, raw(plan)

    for days in (("--from", said["from"], "--to", said["to"]), ("--from", "2031-01-01")):
        told = loa("check", *days, cwd=folder)
        assert (told.returncode, told.stdout.strip()) == (0, "0 lỗi, 0 cảnh báo."), told.stdout


@pytest.mark.parametrize("plan", PLANS)
def test_what_is_planned_and_logged_is_enough_for_every_quota(plan: str) -> None:
    workspace = opened(plan)
    campaigns, (loaded,) = load_campaigns(workspace), load_plans(workspace)
    days = (loaded.plan.start, loaded.plan.end + timedelta(days=1))
    slots = build(workspace, campaigns, *(datetime.combine(day, time(), workspace.zone) for day in days))
    planned = [(slot.campaign_id, slot.item_id, slot.due, slot.unit_code) for slot in slots]
    items = {(each.campaign.id, item.id): (each, item) for each in campaigns for item in each.campaign.items}
    events = {f"{each.campaign.id}/{event.id}": event.serves for each in campaigns for event in each.campaign.events}
    rows = logged(plan)
    for quota in loaded.plan.quotas:
        serving = {key for key, (each, item) in items.items() if quota.id in (item.serves or each.campaign.serves)}
        held = [row for row in rows if quota.id in events.get(row["target"].rpartition("/")[0], ())]
        found = {
            "items": len({slot[:3] for slot in planned if slot[:2] in serving}),
            "units": len({slot[3] for slot in planned if slot[:2] in serving}),
            "events": sum(row["kind"] == "event" for row in held),
            "people": sum(int(row["count"]) for row in held if row["kind"] == "people"),
            "copies": sum(int(row["count"]) for row in rows if row["target"] == quota.id),
        }
        if quota.unit != "%" and quota.count in found:
            assert found[quota.count] >= quota.target, quota.id


@pytest.mark.parametrize("plan", PLANS)
def test_every_task_that_a_campaign_can_do_is_done_by_an_item_or_a_meeting(plan: str) -> None:
    campaigns, (loaded,) = load_campaigns(opened(plan)), load_plans(opened(plan))
    served = {name for each in campaigns for item in each.campaign.items for name in item.serves}
    served |= {name for each in campaigns for name in each.campaign.serves}
    served |= {name for each in campaigns for event in each.campaign.events for name in event.serves}

    assert [task.id for task in loaded.plan.tasks if not task.beyond and task.id not in served] == []


@pytest.mark.parametrize("plan", PLANS)
def test_the_log_names_what_is_there_with_a_proof_and_keeps_to_the_budget(plan: str) -> None:
    file, units = raw(plan), opened(plan).units.codes()
    campaigns = load_campaigns(opened(plan))
    meetings = {
        f"{each.campaign.id}/{event.id}/{meeting.name}": meeting.date.isoformat()
        for each in campaigns
        for event in each.campaign.events
        for meeting in event.meetings
    }
    known = {entry["id"] for name in ("quotas", "indicators", "budget") for entry in file.get(name, [])}
    spent = {line["id"]: 0 for line in file.get("budget", [])}
    for row in logged(plan):
        assert row.get("unit", "") in {"", *units}
        assert file["from"] <= row["day"] <= file["to"]
        if row["kind"] in ("event", "people"):
            assert meetings[row["target"]] == row["day"]
        else:
            assert row["target"] in known
        assert row["kind"] in ("spent", "reading") or row["link"]
        if row["kind"] == "spent":
            spent[row["target"]] += int(row["amount"])
    assert all(spent[line["id"]] <= int(line["amount"]) for line in file.get("budget", []))


def test_the_slogans_of_chuong_my_are_letter_by_letter_those_of_the_text_for_the_same_audience() -> None:
    text = (SEEDS / "chuong-my-ke-hoach-176.txt").read_text("utf-8")
    for loaded in load_campaigns(opened("chuong-my")):
        bank = {slogan: each.id for each in loaded.campaign.audiences for slogan in each.slogans}
        assert bank == SLOGANS
    assert [slogan for slogan in SLOGANS if slogan not in text] == []


@pytest.mark.parametrize("plan", PLANS)
def test_people_and_accounts_say_that_they_are_samples_and_phones_are_nobodys(plan: str) -> None:
    workspace = opened(plan)

    assert all("mẫu" in reviewer.title for reviewer in workspace.settings.reviewers)
    assert [account.id for account in workspace.settings.accounts if "mẫu" not in account.name] == []
    for path in (workspace.root / "content").rglob("recipients/*.csv"):
        assert all(line.startswith("09000") for line in path.read_text("utf-8").splitlines()[1:])


@pytest.mark.parametrize("plan", PLANS)
def test_the_files_are_in_the_normal_form_and_no_content_lies_unused(plan: str) -> None:
    home = ROOT / "campaigns" / plan
    files = [path for path in home.rglob("*.*") if path.is_file() and "var" not in path.relative_to(home).parts]
    used = {name for each in load_campaigns(opened(plan)) for item in each.campaign.items for name in item.content}
    written = {path.relative_to(home).as_posix() for path in files if path.suffix == ".md"} - {"README.md"}

    assert [path for path in files if not unicodedata.is_normalized("NFC", path.read_text("utf-8"))] == []
    assert used == {name for name in written if not name.startswith("content/tieng-dan-toc/")}
