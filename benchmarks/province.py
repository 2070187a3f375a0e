"""One pack for 130 communes on two channels: checked, made, approved as a set, published to the sandbox, counted.

Three communes are broken (no account, a name that fits nowhere, a logo that is not there) and hold up nobody else.
What went out is counted a second time from the sandbox's own journal, without the code of Loa.

uv run python benchmarks/province.py [--communes 130] [--write]
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ROUNDS = 20


def main() -> None:
    """Walk the round and print a line a step; exits with 1 where a count is not what it must be."""
    from support.pack import BROKEN, CHANNELS, NO_ACCOUNT, make_pack  # noqa: PLC0415 (beside the tests)
    from support.processes import sandbox_process  # noqa: PLC0415 (the same)
    from table import write_section  # noqa: PLC0415 (beside this script)

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--communes", type=int, default=130)
    options.add_argument("--write", action="store_true")
    asked = options.parse_args()
    folder = Path(tempfile.mkdtemp())
    office = make_pack(folder / "office", asked.communes, datetime.now(ZONE))
    sound = asked.communes - len(BROKEN)
    lines = ["| bước | giây | kết quả |", "|---|---|---|"]

    def step(*words: str, code: int = 0) -> Any:
        began = time.monotonic()
        done = _loa(*words, cwd=office)
        if done.returncode != code:
            sys.exit(f"loa {' '.join(words)}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        lines.append(f"| `loa {' '.join(words[:5])}` | {time.monotonic() - began:.1f} | %s |")
        return done.stdout

    def told(text: str) -> None:
        lines[-1] = lines[-1].replace("%s", text)
        print(lines[-1], flush=True)

    problems = Counter(each["code"] for each in json.loads(step("check", "--format", "json", code=1)))
    told(", ".join(f"{count} × {name}" for name, count in sorted(problems.items())))
    made = json.loads(step("render", "--json", code=1))
    told(f"{len(made['assets'])} ảnh, {made['new']} lượt gửi, không làm được: {len(made['failed'])}")
    approved = json.loads(step("approve", "bo-tin", "--item", "tin", "--as", "lan", "--json"))
    told(f"{len(approved)} lượt duyệt một lần")
    began = time.monotonic()
    with sandbox_process(folder / "sandbox") as url:
        for _ in range(ROUNDS):
            _loa("run", "--once", "--sandbox", url, cwd=office)
            counts = json.loads(_loa("status", "--json", cwd=office).stdout)["counts"]
            if counts.get("done") == sound * len(CHANNELS):
                break
    lines.append(f"| `loa run --once --sandbox` | {time.monotonic() - began:.1f} | %s |")
    told(f"sổ phát: {counts}")
    plan = json.loads(step("plan", "--json"))
    silent = sorted(set(plan["silent_units"]) - {"tinh-mau"})
    told(f"xã chưa đăng: {', '.join(silent)}")
    seen = _published(office, folder / "sandbox/journal.jsonl")
    lines.append("| đếm độc lập từ nhật ký bãi tập | | %s |")
    told(f"{sum(seen.values())} bài của {len({unit for unit, _ in seen})} xã; lặp: {sum(n > 1 for n in seen.values())}")
    right = silent == sorted(BROKEN) and len(seen) == sound * len(CHANNELS) == sum(seen.values())
    right = right and not {unit for unit, _ in seen} & set(BROKEN) and plan["units_without_account"][-1] == NO_ACCOUNT
    if asked.write:
        write_section("province", lines)
    sys.exit(0 if right else "a count is wrong")


def _loa(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    from support.processes import LOA, clean_environment  # noqa: PLC0415 (beside the tests)

    return subprocess.run(
        [*LOA, *words], cwd=cwd, env=clean_environment(), capture_output=True, text=True, encoding="utf-8", check=False
    )


def _published(office: Path, journal: Path) -> Counter[tuple[str, str]]:
    """``(unit, channel)`` → posts, from the two files alone: who owns an account stands in accounts.csv."""
    with (office / "accounts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # A page stands in the journal by its own number, an account of X by the id that signed.
    owner = {row[name]: (row["unit"], row["channel"]) for row in rows for name in ("id", "page_id") if row[name]}
    effects = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    return Counter(owner[each["account"]] for each in effects)


if __name__ == "__main__":
    main()
