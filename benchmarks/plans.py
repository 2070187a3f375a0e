"""The five sample plans over their whole periods: laid out, checked, made, rehearsed, reported, and counted again.

Their days are past, so what they need is made by the rehearsal, whose clock stands at those days.
What the reports say is counted a second time from the sandbox's journal, the hand-offs and the log's tables, without
the code of Loa (tests/support/plan_counts.py).

uv run python benchmarks/plans.py [--only son-tay] [--keep FOLDER] [--write]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]
ABOUT = (
    "`uv run python benchmarks/plans.py`: each of the five sample plans over its whole period. The last column is how "
    "many tables of the report differ from what an independent program counts from the sandbox's journal, the "
    "hand-offs and the log."
)
HEAD = ("kế hoạch", "kỳ", "dựng và diễn tập, giây", "lượt phát", "chỉ tiêu đạt", "báo cáo lệch số đếm lại")


def main() -> None:
    """Walk the five and print a line for each; exits with 1 where anything is missing, doubled or counted otherwise."""
    from table import rows, write_section  # noqa: PLC0415 (beside this script)

    from loa.workspace import PLAN_SAMPLES  # noqa: PLC0415 (the program is asked for its samples only)

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", choices=PLAN_SAMPLES)
    options.add_argument("--keep", type=Path)
    options.add_argument("--write", action="store_true")
    asked = options.parse_args()
    folder = asked.keep or Path(tempfile.mkdtemp())
    lines = []
    for name in [asked.only] if asked.only else PLAN_SAMPLES:
        line, is_right = _walk(name, folder / name)
        lines.append(line)
        print(" | ".join(line), flush=True)
        if not is_right:
            sys.exit(f"{name}: a count is wrong")
    if asked.write:
        write_section("plans", [ABOUT, "", *rows(HEAD, lines)])


def _walk(name: str, office: Path) -> tuple[list[str], bool]:
    """One plan from its files to its report; the line of the table, and whether every count is right."""
    from support.plan_counts import Files, differences  # noqa: PLC0415 (beside the tests)

    _loa("init", "--sample", name, str(office), cwd=ROOT)
    plan = Files(office).plan
    period, rehearsal = ("--from", plan["from"], "--to", plan["to"]), office / "var" / "lan-mot"
    checked = _loa("check", *period, cwd=office).strip()
    playing, told = _timed("rehearse", *period, "--folder", str(rehearsal), "--json", cwd=office)
    played = json.loads(told)
    _loa("report", "--plan", plan["id"], "--final", "--rehearsal", str(rehearsal), *period, cwd=office)
    stands = json.loads(_loa("plan", "--day", plan["to"], "--rehearsal", str(rehearsal), "--json", cwd=office))
    parted = differences(Files(office), rehearsal)
    print(*parted, sep="\n", end="\n" if parted else "")
    reached = [quota["id"] for quota in stands["quotas"] if quota["standing"] == "reached"]
    days = f"{plan['from']} – {plan['to']}"
    counts = [str(sum(played["states"].values())), f"{len(reached)}/{len(stands['quotas'])}", str(len(parted))]
    is_right = checked == "0 lỗi, 0 cảnh báo." and set(played["states"]) == {"done"} and not played["duplicates"]
    is_right = is_right and not parted and len(reached) == len(stands["quotas"]) and not stands["silent_units"]
    return [name, days, f"{playing:.0f}", *counts], is_right


def _timed(*words: str, cwd: Path) -> tuple[float, str]:
    """Seconds, and what the program prints."""
    began = time.monotonic()
    told = _loa(*words, cwd=cwd)
    return time.monotonic() - began, told


def _loa(*words: str, cwd: Path) -> str:
    """What the program prints; the script ends where it fails."""
    from support.processes import LOA, clean_environment  # noqa: PLC0415 (beside the tests)

    done = subprocess.run(
        [*LOA, *words], cwd=cwd, env=clean_environment(), capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        sys.exit(f"loa {' '.join(words)}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
