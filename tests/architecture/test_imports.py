"""The import contracts of pyproject.toml: they hold, and each of them can fail."""

import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = Path(sysconfig.get_path("scripts")) / "lint-imports"


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINTER, "--no-cache", "--no-logo"], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code base, to be spoilt."""
    for package in ("loa", "publishers"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _add(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")


def test_every_contract_is_kept() -> None:
    result = _lint(ROOT)
    assert result.returncode == 0, result.stdout
    assert " 0 broken" in result.stdout


SPOILT = [
    (
        "loa/clock/__init__.py",
        "import loa.campaign",
        "Imports only go down, and every room has a floor",
        "loa.clock is not allowed to import loa.campaign",
    ),
    (
        "loa/store/book.py",
        "import loa.timetable",
        "Imports only go down, and every room has a floor",
        "loa.store is not allowed to import loa.timetable",
    ),
    ("loa/attic/__init__.py", "import json", "Imports only go down, and every room has a floor", "loa.attic"),
    (
        "publishers/facebook/__init__.py",
        "import publishers.zalo",
        "A channel knows no other channel",
        "publishers.facebook is not allowed to import publishers.zalo",
    ),
    ("loa/dispatch/desk.py", "import publishers.sms", "Only wiring sees the horns", "loa.dispatch.desk"),
    ("publishers/common.py", "import loa.store", "The horns see only the contract", "loa.store"),
    ("loa/engine/threads.py", "import apscheduler", "APScheduler is the clock only", "loa.engine.threads"),
    ("loa/report/__init__.py", "import sqlalchemy", "SQL stays in the book", "loa.report"),
    ("loa/timetable/ics.py", "import yaml", "YAML is read in one place", "loa.timetable.ics"),
    (
        "loa/dispatch/rescheduling.py",
        "import ruamel.yaml",
        "Words are put into the staff's YAML in one place",
        "loa.dispatch.rescheduling",
    ),
    ("loa/preview/__init__.py", "import PIL", "Pictures and clips are made in one room", "loa.preview"),
    ("loa/sandbox/transport.py", "import requests", "HTTP requests leave through one session", "loa.sandbox.transport"),
    ("loa/store/told.py", "import structlog", "structlog makes the lines of the log", "loa.store.told"),
    (
        "loa/report/__init__.py",
        "import prometheus_client",
        "Figures for monitors are made in one room",
        "loa.report",
    ),
    ("loa/preview/acts.py", "import argon2", "PINs are sealed in one place", "loa.preview.acts"),
    ("loa/report/__init__.py", "import keyring", "Keyrings are asked in one room", "loa.report"),
    ("publishers/common.py", "import tweepy", "tweepy belongs to X", "publishers.common"),
    (
        "loa/workers/life.py",
        "import procrastinate",
        "Jobs for many machines are made and taken in one room",
        "loa.workers.life",
    ),
    ("loa/report/__init__.py", "import openpyxl", "Spreadsheets of numbers are read in one room", "loa.report"),
    (
        "loa/report/__init__.py",
        "import starlette",
        "Pages are served by the preview and the sandbox",
        "loa.report",
    ),
]


@pytest.mark.parametrize(("module", "line", "contract", "told"), SPOILT, ids=[f"{m}: {line}" for m, line, *_ in SPOILT])
def test_a_wrong_import_breaks_its_contract(copy: Path, module: str, line: str, contract: str, told: str) -> None:
    _add(copy / module, line)
    result = _lint(copy)
    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{contract} BROKEN" in result.stdout
    assert told in result.stdout.partition("Broken contracts")[2]


def test_every_contract_was_broken_once() -> None:
    listed = _lint(ROOT).stdout
    names = [line.removesuffix(" KEPT") for line in listed.splitlines() if line.endswith(" KEPT")]
    assert sorted(names) == sorted({contract for _, _, contract, _ in SPOILT})
