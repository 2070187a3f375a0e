"""What a rehearsal of a sample plan did, counted from its journal, its hand-offs and the log's tables alone.

Nothing of Loa is used: files are read as JSON, CSV and plain YAML, a post is known by the words of its item.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import yaml

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_FIELD = re.compile(r"\\\{\\\{.+?\\\}\\\}")
_OWNERS = ("id", "page_id", "oa_id")
_LOGS = {"rows": "nhat-ky.csv", "feedback": "gop-y.csv"}
_CHANNELS = {
    "facebook": "Facebook",
    "zalo": "Zalo",
    "portal": "Cổng thông tin",
    "loudspeaker": "Loa truyền thanh",
    "print": "In ấn, niêm yết",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "letter": "Công văn",
}
"""As the report calls them."""


@dataclass(frozen=True)
class Published:
    """One publication: which item of which campaign, by which unit, on which channel and day."""

    campaign: str
    item: str
    unit: str
    channel: str
    day: str


@dataclass(frozen=True)
class Files:
    """The files of one sample, as they were written."""

    home: Path

    def read(self, path: Path) -> Any:
        return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only

    @property
    def plan(self) -> Any:
        return self.read(self.home / "campaigns" / "plan.yaml")

    @property
    def campaigns(self) -> list[Any]:
        found = sorted((self.home / "campaigns").glob("*.yaml"))
        return [self.read(path) for path in found if path.name != "plan.yaml"]

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.home / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def serving(self) -> dict[tuple[str, str], set[str]]:
        """``(campaign, item or event)`` → the quotas and tasks that it serves."""
        return {
            (campaign["id"], each["id"]): set(each.get("serves") or campaign.get("serves", ()))
            for campaign in self.campaigns
            for each in (*campaign["items"], *campaign.get("events", ()))
        }


def published(files: Files, rehearsal: Path) -> list[Published]:
    """Everything that was published, but messages to phones, which fill no quota of the five plans."""
    return [*_posts(files, rehearsal), *_handed_over(files, rehearsal)]


def _posts(files: Files, rehearsal: Path) -> Iterator[Published]:
    owner = {row[name]: row for row in files.table("accounts.csv") for name in _OWNERS if row.get(name)}
    words = [
        (campaign["id"], item["id"], set(item["send"]), _first_words(files.home / item["content"][0]))
        for campaign in files.campaigns
        for item in campaign["items"]
    ]
    for line in (rehearsal / "journal.jsonl").read_text("utf-8").splitlines():
        effect = json.loads(line)
        if effect["kind"] in ("sms", "comment"):
            continue
        account = owner[effect["account"]]
        (found,) = [
            (campaign, item)
            for campaign, item, channels, pattern in words
            if account["channel"] in channels and pattern.match(effect["text"])
        ]
        day = datetime.fromisoformat(effect["at"]).astimezone(ZONE).date()
        yield Published(*found, account["unit"], account["channel"], day.isoformat())


def _first_words(path: Path) -> re.Pattern[str]:
    """The first two paragraphs of a content file, up to where a list or bold words begin; fields may be anything."""
    body = path.read_text("utf-8").split("---\n", 2)[2]
    plain = re.split(r"\n- |\n1\. |\*\*|\n:::", body)[0].strip()
    return re.compile(_FIELD.sub(".+?", re.escape("\n\n".join(plain.split("\n\n")[:2]))), re.DOTALL)


def _handed_over(files: Files, rehearsal: Path) -> Iterator[Published]:
    unit_of = {row["id"]: row["unit"] for row in files.table("accounts.csv")}
    titles = {
        (campaign["title"], item["title"]): (campaign["id"], item["id"])
        for campaign in files.campaigns
        for item in campaign["items"]
    }
    for told in rehearsal.glob("handoff/*/*/*/xac-nhan.json"):
        job = json.loads((told.parent / "thong-tin.json").read_text("utf-8"))
        done = datetime.fromisoformat(json.loads(told.read_text("utf-8"))["done_at"]).astimezone(ZONE)
        found = titles[job["labels"]["campaign"], job["labels"]["item"]]
        yield Published(*found, unit_of[job["account"]], job["channel"], done.date().isoformat())


def quotas(files: Files, seen: list[Published]) -> dict[str, int]:
    """What each quota of the plan stands at."""
    serving, log = files.serving(), files.table("log/nhat-ky.csv")
    return {quota["id"]: _quota(files, quota, serving, seen, log) for quota in files.plan.get("quotas", ())}


def _quota(
    files: Files,
    quota: Any,
    serving: dict[tuple[str, str], set[str]],
    seen: list[Published],
    log: list[dict[str, str]],
) -> int:
    channels, units = quota.get("channels", ()), quota.get("units", ())
    ours = [
        each
        for each in seen
        if quota["id"] in serving[each.campaign, each.item]
        and (not channels or each.channel in channels)
        and (not units or each.unit in units)
    ]
    rows = [row for row in log if not units or row["unit"] in units]
    held = [row for row in rows if row["kind"] in ("event", "people") and quota["id"] in serving[_event(row["target"])]]
    accounts = files.table("accounts.csv")
    return {
        "items": len({(each.campaign, each.item, each.day) for each in ours}),
        "units": len({each.unit for each in ours}),
        "channels": len({row["unit"] for row in accounts if row["channel"] in channels and row["unit"] in units}),
        "events": len({(row["target"], row["unit"], row["day"]) for row in held if row["kind"] == "event"}),
        "people": sum(int(row["count"]) for row in held if row["kind"] == "people"),
        "copies": sum(int(row["count"]) for row in rows if row["target"] == quota["id"]),
    }[quota["count"]]


def _event(target: str) -> tuple[str, str]:
    campaign, event, _ = target.split("/")
    return campaign, event


def spent(files: Files) -> dict[str, int]:
    """Budget line → đồng."""
    found = Counter({line["id"]: 0 for line in files.plan.get("budget", ())})
    for row in files.table("log/nhat-ky.csv"):
        if row["kind"] == "spent":
            found[row["target"]] += int(row["amount"])
    return dict(found)


def readings(files: Files) -> dict[str, float]:
    """Indicator → its last value."""
    rows = sorted(
        (row for row in files.table("log/nhat-ky.csv") if row["kind"] == "reading"), key=lambda row: row["day"]
    )
    return {row["target"]: float(row["value"]) for row in rows}


def told_by_report(path: Path) -> dict[str, dict[str, float]]:
    """What the workbook of a report says: quotas by id, money by title, publications by channel, readings by title."""
    book = openpyxl.load_workbook(path)
    sheets: dict[str, list[Any]] = {
        name: [row for row in book[name].iter_rows(min_row=2, values_only=True) if row[0] != "Tổng cộng"]
        for name in book.sheetnames
    }
    out = [row for row in sheets["Danh sách phát"] if row[6] == "Đã phát"]
    return {
        "quotas": {row[0]: row[4] for row in sheets["Chỉ tiêu"]},
        "spent": {row[0]: row[3] for row in sheets["Kinh phí"]},
        "published": dict(Counter(row[3] for row in out)),
        "readings": {row[0]: row[3] for row in sorted(sheets["Chỉ số"], key=lambda row: str(row[2] or ""))},
        "log": {"rows": len(sheets["Nhật ký"]), "feedback": len(sheets["Góp ý"])},
    }


def counted_by_us(files: Files, rehearsal: Path) -> dict[str, dict[str, float]]:
    """The same as ``told_by_report``, from the journal, the hand-offs and the tables."""
    seen, plan = published(files, rehearsal), files.plan
    titles = {each["id"]: each["title"] for name in ("budget", "indicators") for each in plan.get(name, ())}
    return {
        "quotas": dict(quotas(files, seen)),
        "spent": {titles[name]: amount for name, amount in spent(files).items()},
        "published": dict(Counter(_CHANNELS[each.channel] for each in seen)),
        "readings": {titles[name]: value for name, value in readings(files).items()},
        "log": {name: len(files.table(f"log/{file}")) for name, file in _LOGS.items()},
    }


def differences(files: Files, rehearsal: Path) -> list[str]:
    """Where the report of a rehearsal and our own count part; messages to phones are counted elsewhere."""
    told, ours = told_by_report(rehearsal / "report" / "bao-cao.xlsx"), counted_by_us(files, rehearsal)
    told["published"].pop("SMS", None)
    return [f"{name}: report {told[name]}, counted {ours[name]}" for name in ours if told[name] != ours[name]]
