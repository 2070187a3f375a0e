"""The search for planted secrets finds them, in whatever shape, and fails the session without repeating them."""

import base64
import gzip
import os
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from support.leaks import search
from support.planted import PLANTED, STEM, X_ACCESS_TOKEN, found_in, phone

TESTS = Path(__file__).parents[1]
TOKEN = PLANTED["facebook-page-token"]


@pytest.fixture
def outside() -> Iterator[Path]:
    """A folder that the search at the end of this very session does not see."""
    with tempfile.TemporaryDirectory(prefix="loa-leaks-") as folder:
        yield Path(folder)


def _names(folder: Path) -> list[tuple[str, str]]:
    return [(leak.path.name, leak.name) for leak in search(folder).leaks]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f'{{"token": "{TOKEN}"}}', "facebook-page-token"),
        (f"GET /me?access_token={PLANTED[X_ACCESS_TOKEN]}", X_ACCESS_TOKEN),
        (f"{STEM}…", "a part of a planted secret"),
        (base64.b64encode(f"app:{PLANTED['x-consumer-secret']}".encode()).decode(), "Base64"),
        (base64.b64encode(f"ap:{PLANTED['x-consumer-secret']}".encode()).decode(), "Base64"),
        (base64.b64encode(f"a:{PLANTED['x-consumer-secret']}".encode()).decode(), "Base64"),
        (TOKEN.encode().hex(), "hex"),
        (phone(3), "a planted phone number"),
        (f'"+84{phone(3)[1:]}"', "a planted phone number"),
        (f"84{phone(3)[1:]}", "a planted phone number"),
        (f"{phone(3)[:3]}* *** {phone(3)[-3:]}", ""),
        (f"17{phone(3)}42", ""),
        ("sandbox-fb-tinh", ""),
    ],
)
def test_a_value_is_known_by_its_name(text: str, name: str) -> None:
    found = found_in(f"dòng trước {text}\nnữa".encode())
    assert [name in each for each in found] == ([True] if name else [])


def test_no_source_has_a_planted_value() -> None:
    assert search(TESTS / "support").leaks == []


def test_files_books_and_what_is_packed_are_searched(outside: Path) -> None:
    (outside / "nhat-ky.log").write_text(f"đăng nhập bằng {TOKEN}", encoding="utf-8")
    with closing(sqlite3.connect(outside / "so.sqlite")) as book:
        book.execute("PRAGMA journal_mode=WAL")
        book.execute("CREATE TABLE note (value TEXT)")
        book.execute("INSERT INTO note VALUES (?)", (TOKEN,))
        book.commit()
        assert ("so.sqlite-wal", "facebook-page-token") in _names(outside)
    with zipfile.ZipFile(outside / "bao-cao.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f"<p>{TOKEN}</p>" * 50)
    (outside / "cu.log.gz").write_bytes(gzip.compress(TOKEN.encode()))
    (outside / "trong.log").write_text("không có gì", encoding="utf-8")
    found = sorted(name for name, _ in _names(outside))
    assert found == ["bao-cao.docx", "cu.log.gz", "nhat-ky.log", "so.sqlite"]


def test_the_staffs_own_lists_of_numbers_may_hold_numbers(outside: Path) -> None:
    lists = outside / "content/recipients"
    lists.mkdir(parents=True)
    (lists / "doi-ngu.csv").write_text(phone(1), encoding="utf-8")
    (outside / "content/tin.md").write_text(phone(1), encoding="utf-8")
    assert _names(outside) == [("tin.md", "a planted phone number")]


LEAKY = """
from support.planted import PLANTED

def test_that_passes(tmp_path):
    pass

def test_that_leaks(tmp_path):
    (tmp_path / "nhat-ky.log").write_text("token: " + PLANTED["facebook-page-token"])
"""
CLEAN = """
def test_that_passes(tmp_path):
    (tmp_path / "nhat-ky.log").write_text("token: ***")
"""
SANDBOXED = """
import urllib.request
from loa.sandbox import Sandbox
from support.planted import PLANTED

def test_that_leaks(tmp_path):
    with Sandbox(tmp_path / "sandbox") as sandbox:
        try:
            urllib.request.urlopen(sandbox.url + "/facebook/me?access_token=" + PLANTED["facebook-page-token"])
        except OSError:
            pass
"""


def _session(folder: Path, source: str, *options: str) -> "subprocess.CompletedProcess[str]":
    """A whole pytest session of its own, with the search at its end."""
    (folder / "test_inner.py").write_text(source, encoding="utf-8")
    (folder / "conftest.py").write_text((TESTS / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--basetemp", folder / "left", *options]
    environment = os.environ | {"PYTHONPATH": str(TESTS)}
    environment.pop("PYTEST_XDIST_WORKER", None)
    return subprocess.run(
        [*command, folder], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120
    )


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "two workers"])
def test_a_leak_fails_a_session_whose_tests_all_pass(outside: Path, options: tuple[str, ...]) -> None:
    done = _session(outside, LEAKY, *options)
    assert "2 passed" in done.stdout
    assert done.returncode == 1
    assert "LEAK: facebook-page-token in " in done.stdout
    assert "nhat-ky.log" in done.stdout
    assert TOKEN not in done.stdout + done.stderr


def test_a_leak_into_an_address_fails_the_session(outside: Path) -> None:
    done = _session(outside, SANDBOXED)
    assert "1 passed" in done.stdout, done.stdout
    assert done.returncode == 1
    assert "request-targets.txt" in done.stdout


def test_a_clean_session_passes(outside: Path) -> None:
    done = _session(outside, CLEAN)
    assert (done.returncode, "planted secrets: 0 found" in done.stdout) == (0, True), done.stdout
