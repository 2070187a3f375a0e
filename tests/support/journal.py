"""The independent check: what citizens saw, from the sandbox's journal, against what the YAML says.

Reads files only (JSON lines and YAML by the plain loader); imports nothing of the program under test.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PLATFORM_OF = {"facebook": "facebook", "zalo": "zalo", "zalo-broadcast": "zalo", "x": "x", "sms": "esms"}
TARGET_OF = {"facebook": "page_id", "zalo": "oa_id", "zalo-broadcast": "oa_id", "sms": "brandname"}
"""The setting by which a platform knows an account; the sandbox knows the others by the account's own id."""


@dataclass(frozen=True)
class Seen:
    """One line of a journal."""

    at: datetime
    platform: str
    account: str
    what: str


def read(journal: Path) -> list[Seen]:
    """Every accepted effect, oldest first."""
    lines = (json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines())
    return [
        Seen(
            datetime.fromisoformat(each["at"]),
            each["platform"],
            each["account"],
            "|".join([each["title"], each["text"], ",".join(each["media_sha256"]), each["recipient"], each["key"]]),
        )
        for each in lines
    ]


def expected(workspace: Path, slots: Iterable[dict[str, str]]) -> Counter[tuple[datetime, str, str]]:
    """(moment, platform, account) → how many effects there must be for these slots of ``loa timetable --json``."""
    settings = yaml.safe_load((workspace / "loa.yaml").read_text(encoding="utf-8"))
    campaigns = [yaml.safe_load(p.read_text(encoding="utf-8")) for p in (workspace / "campaigns").rglob("*.yaml")]
    sends = {(c["id"], item["id"]): item["send"] for c in campaigns for item in c["items"]}
    wanted: Counter[tuple[datetime, str, str]] = Counter()
    for slot in slots:
        campaign, item, _, unit = slot["key"].split("/")
        due = datetime.fromisoformat(slot["due"])
        for channel, send in sends[campaign, item].items():
            if channel not in PLATFORM_OF:
                continue  # a person serves it: no platform sees anything of it
            for account in settings["accounts"]:
                if (account["channel"], account["unit"]) == (channel, unit):
                    target = str(account["settings"][TARGET_OF[channel]] if channel in TARGET_OF else account["id"])
                    wanted[due, PLATFORM_OF[channel], target] += _receivers(workspace, send, unit)
    return wanted


def _receivers(workspace: Path, send: dict[str, Any], unit: str) -> int:
    """One post, or the people of the list and of the trial before it, each once."""
    if not send.get("recipients"):
        return 1
    lists = filter(None, (send["recipients"], send.get("options", {}).get("canary")))
    return len({number for name in lists for number in _numbers(workspace, name, unit)})


def _numbers(workspace: Path, name: str, unit: str) -> set[str]:
    lines = (workspace / "content/recipients" / f"{name}.csv").read_text(encoding="utf-8-sig").split()
    rows = [line.split(",") for line in lines[1:]]
    return {row[0] for row in rows if len(row) == 1 or row[1] in ("", unit)}


def duplicates(seen: Iterable[Seen]) -> list[Seen]:
    """Effects that a citizen would see a second time on the same day."""
    counts = Counter((each.platform, each.account, each.at.date(), each.what) for each in seen)
    return [each for each in seen if counts[each.platform, each.account, each.at.date(), each.what] > 1]


def in_quiet_hours(seen: Iterable[Seen], start: time = time(21), end: time = time(7)) -> list[Seen]:
    """Effects between ``start`` in the evening and ``end`` in the morning, Vietnamese time."""
    return [each for each in seen if (local := each.at.astimezone(ZONE).time()) >= start or local < end]
