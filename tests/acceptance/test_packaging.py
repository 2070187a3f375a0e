"""What leaves the house: a wheel and a source archive with the samples only, and a program that works elsewhere.

The environment of the installed wheel is a new one, outside of the checkout, with the locked dependencies (linked from
uv's cache, where ``uv run`` has put them) and without the tools of the developers; nothing is fetched.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.books import first_version
from support.checkout import copy_checkout, known_files
from support.office import make_office
from support.processes import clean_environment

from loa.workspace import CARRIED

OF_THE_OFFICE = (
    "campaigns/secret.yaml",
    "campaigns/dot/secret.yaml",
    "campaigns/son-tay/var/book-secret.sqlite",
    "content/secret/tin.md",
    "content/recipients/secret.csv",
    "var/book.sqlite",
    "rieng_secret.py",
    ".env",
)
PUBLIC = {
    ".gitignore",
    "LICENSE",
    "PKG-INFO",
    "README.md",
    "benchmarks",
    "campaigns",
    "content",
    "docs",
    "loa",
    "loa.yaml",
    "publishers",
    "pyproject.toml",
    "scheduler.py",
    "templates",
    "tests",
    "tools",
    "units.csv",
    "uv.lock",
}


@dataclass(frozen=True)
class Built:
    """A checkout with an office's own files in it, and what was built from it."""

    checkout: Path
    wheel: Path
    archive: Path

    @property
    def in_wheel(self) -> set[str]:
        with zipfile.ZipFile(self.wheel) as opened:
            return set(opened.namelist())

    @property
    def in_archive(self) -> set[str]:
        with tarfile.open(self.archive) as opened:
            return {name.partition("/")[2] for name in opened.getnames()}


def _uv(*words: str | Path, cwd: Path, **environment: str | Path) -> None:
    """From the cache; a cache that was emptied since ``uv run`` filled it is filled again."""
    uv = os.environ.get("UV") or shutil.which("uv")
    assert uv, "uv is not installed: pip install uv"
    for network in ("--offline", "--no-progress"):
        told = subprocess.run(
            [uv, *map(str, words), network, "--quiet"],
            cwd=cwd,
            env=clean_environment() | {name: str(value) for name, value in environment.items()},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if told.returncode == 0:
            return
    pytest.fail(told.stderr)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    checkout = copy_checkout(tmp_path_factory.mktemp("checkout"))
    for name in OF_THE_OFFICE:
        path = checkout / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("SECRET = 'of the office'\n", encoding="utf-8")
    _uv("build", "--out-dir", "dist", cwd=checkout)
    (wheel,), (archive,) = checkout.glob("dist/*.whl"), checkout.glob("dist/*.tar.gz")
    return Built(checkout, wheel, archive)


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of an environment in which the wheel is installed."""
    environment = tmp_path_factory.mktemp("elsewhere") / "env"
    locked = ("--frozen", "--no-dev", "--no-install-project", "--python", sys.executable)
    _uv("sync", *locked, cwd=built.checkout, UV_PROJECT_ENVIRONMENT=environment)
    _uv("pip", "install", "--no-deps", "--python", environment, built.wheel, cwd=environment)
    return environment / ("Scripts" if os.name == "nt" else "bin")


def _sample(name: str) -> bool:
    return any(name == sample or name.startswith(f"{sample}/") for sample in ("templates", *CARRIED))


def test_a_wheel_carries_the_program_and_the_samples_and_nothing_else(built: Built) -> None:
    bundled = {name.removeprefix("loa/_bundled/") for name in built.in_wheel if name.startswith("loa/_bundled/")}
    assert bundled == {name for name in known_files() if _sample(name)}
    rest = {name for name in built.in_wheel if not name.startswith("loa/_bundled/") and ".dist-info/" not in name}
    assert rest == {name for name in known_files() if name.startswith(("loa/", "publishers/"))}


def test_a_source_archive_carries_the_samples_and_nothing_else_of_the_office(built: Built) -> None:
    assert {name.partition("/")[0] for name in built.in_archive} <= PUBLIC
    of_staff = {name for name in built.in_archive if name.startswith(("campaigns/", "content/"))}
    assert of_staff == {name for name in known_files() if _sample(name) and name.startswith(("campaigns/", "content/"))}


@pytest.mark.parametrize("own", OF_THE_OFFICE)
def test_nothing_of_an_office_leaves_the_house(built: Built, own: str) -> None:
    assert not [name for name in built.in_archive | built.in_wheel if name.endswith(own)]


@pytest.mark.slow
def test_an_installed_wheel_makes_a_workspace_that_works(installed: Path, tmp_path: Path) -> None:
    def loa(*words: str, cwd: Path) -> str:
        told = subprocess.run(
            [installed / "loa", *words],
            cwd=cwd,
            env=clean_environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert told.returncode == 0, told.stdout + told.stderr
        return told.stdout

    loa("init", "x", cwd=tmp_path)
    office = tmp_path / "x"
    assert "0 lỗi" in loa("check", cwd=office)
    told = loa("rehearse", "chuyen-doi-so-10-10", "--from", "2027-10-09", "--to", "2027-10-09", cwd=office)
    assert "Trùng lặp" in told
    journals = list(office.glob("var/rehearsals/*/journal.jsonl"))
    assert len(journals) == 1
    assert len(journals[0].read_text("utf-8").splitlines()) == 8
    assert list(office.glob("var/rehearsals/*/citizens/index.html"))


def test_an_installed_wheel_brings_a_book_of_an_earlier_version_up(installed: Path, tmp_path: Path) -> None:
    """What migrates is no Python only: its SQL is in the wheel too."""
    office = make_office(tmp_path / "office")
    (office / "var").mkdir(exist_ok=True)
    first_version(office / "var/book.sqlite", rows=0)
    told = subprocess.run(
        [installed / "loa", "stop"], cwd=office, env=clean_environment(), capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    assert "0001 → 0004" in told.stderr


def test_the_developers_tools_are_not_installed_with_it(installed: Path) -> None:
    assert not (installed / "pytest").exists()
    where = subprocess.run(
        [installed / "python", "-c", "import loa, publishers; print(loa.__file__)"],
        cwd=installed,
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(installed.parent)
