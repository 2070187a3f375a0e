"""Runs the groups of faults one after the other and puts their reports together."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

GROUPS = ("crash", "http", "disk", "corrupt", "schedulers", "clock", "edits")
"""In the order in which they run. Each is a module with ``main(argv) -> int`` that prints its report."""
_QUICK = {
    "crash": ["--kills", "24"],
    "http": ["--times", "3", "--ways", "facebook text,zalo article,x text,sms esms,sms speedsms"],
    "disk": ["--levels", "6", "--syncs", "8"],
    "corrupt": ["--times", "12"],
    "schedulers": ["--seconds", "15", "--pages", "20"],
    "clock": ["--jumps", "10", "--suspends", "2", "--items", "15"],
    "edits": ["--edits", "20"],
}
_WITH_SEED = ("crash", "corrupt", "clock", "edits")
_WITH_BOOK = ("crash", "schedulers")


def main(argv: list[str]) -> int:
    """Run what is asked for; exit 1 at any violation."""
    given = _options().parse_args(argv)
    chosen = given.only.split(",") if given.only else list(GROUPS)
    if strange := sorted(set(chosen) - set(GROUPS)):
        sys.exit(f"no such faults: {', '.join(strange)}; there are {', '.join(GROUPS)}")
    texts = [f"## Faults, {datetime.now(UTC):%Y-%m-%d}, {'quick' if given.quick else 'full'}, seed {given.seed}\n"]
    broken = []
    for name in chosen:
        begin = time.monotonic()
        code, text = _ran(name, _words(name, given))
        texts.append(f"{text.rstrip()}\n\n({time.monotonic() - begin:.0f} s)\n")
        print(texts[-1], flush=True)
        if code:
            broken.append(name)
    texts.append(f"Violations in: {', '.join(broken)}\n" if broken else "No violations.\n")
    print(texts[-1])
    if given.write:
        given.write.write_text("\n".join(texts), encoding="utf-8")
    return 1 if broken else 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks/faults", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--full", action="store_true", help="every fault at its full size (the default)")
    size.add_argument("--quick", action="store_true", help="a few of each")
    parser.add_argument("--only", help=f"some of {','.join(GROUPS)}")
    parser.add_argument("--book", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--seed", type=int, default=6, help="the same seed makes the same faults")
    parser.add_argument("--write", type=Path, help="keep the report in this file, too")
    return parser


def _words(name: str, given: argparse.Namespace) -> list[str]:
    words = list(_QUICK[name]) if given.quick else []
    words += ["--seed", str(given.seed)] if name in _WITH_SEED else []
    return words + (["--book", given.book] if name in _WITH_BOOK else [])


def _ran(name: str, words: list[str]) -> tuple[int, str]:
    """Run one group; its exit code and what it printed."""
    try:
        module = importlib.import_module(f"benchmarks.faults.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"benchmarks.faults.{name}":
            raise
        return 1, f"### {name}\n\nnot there\n"
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = module.main(words)
    return code, said.getvalue()
