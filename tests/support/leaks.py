"""The search for planted secrets in everything that the tests left; a pytest plugin that fails the whole session.

It looks into the temporary folders of all workers (workspaces, books with their write-ahead logs, journals, receipts,
pages, reports, crash texts, the addresses that the sandboxes were asked for) and into the checkout's own ``var``.
"""

import gzip
import io
import os
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.planted import found_in
from support.targets import record_targets

ROOT = Path(__file__).parents[2]
_LEGITIMATE = "recipients"
"""The folder where the staff keep their lists of numbers: those must not go further."""
_OWN = ".tokens.json"
"""Where an imitation platform keeps the tokens that it gave."""


@dataclass(frozen=True)
class Leak:
    """A planted value in a file; the value itself is never told."""

    path: Path
    name: str


@dataclass
class Search:
    """What was searched, and what was found."""

    leaks: list[Leak]
    files: int = 0
    size: int = 0
    seconds: float = 0.0


def search(*folders: Path) -> Search:
    """Look into every file below ``folders``, and into what is packed in it."""
    started = time.perf_counter()
    found = Search([])
    for path in (path for folder in folders for path in _files(folder)):
        data = _read(path)
        found.files += 1
        found.size += len(data)
        for inner in (data, *_unpacked(data)):
            found.leaks += [Leak(path, name) for name in found_in(inner)]
    found.seconds = time.perf_counter() - started
    return found


def _files(folder: Path) -> Iterator[Path]:
    """Links lead to what is found anyway, or out of the folder."""
    for here, inner, names in os.walk(folder):
        inner[:] = [name for name in inner if name != _LEGITIMATE]
        yield from (path for path in map(Path(here).joinpath, names) if _is_searched(path))


def _is_searched(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and not path.name.endswith(_OWN)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # made unreadable by a test, or gone since
        return b""


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The members of a DOCX, XLSX or wheel; a compressed archive."""
    try:
        if data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                yield from (packed.read(name) for name in packed.namelist())
        elif data.startswith(b"\x1f\x8b"):
            yield gzip.decompress(data)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, RuntimeError, NotImplementedError):
        return  # broken on purpose by a test


_SEARCH = pytest.StashKey[Search]()


def _base(config: pytest.Config) -> Path:
    return config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # xdist asks the same way


@pytest.hookimpl
def pytest_collection_finish(session: pytest.Session) -> None:
    """From here on the sandboxes of this process write down what they are asked for."""
    if "loa.sandbox.server" in sys.modules:
        record_targets(_base(session.config) / "request-targets.txt")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Once, when all workers are done and before anything is cleared away."""
    if hasattr(session.config, "workerinput") or session.config.option.collectonly:
        return
    found = search(_base(session.config), ROOT / "var")
    session.config.stash[_SEARCH] = found
    if found.leaks:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    found = config.stash.get(_SEARCH, None)
    if found is None:
        return
    size = f"{found.files} files, {found.size / 1e6:.0f} MB, {found.seconds:.1f} s"
    terminalreporter.write_line(f"planted secrets: {len(found.leaks)} found ({size})")
    for leak in found.leaks:
        terminalreporter.write_line(f"LEAK: {leak.name} in {leak.path}", red=True)
