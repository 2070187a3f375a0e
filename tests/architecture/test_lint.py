"""ruff and mypy have nothing to say, and what they were told to overlook carries its reason."""

import io
import re
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TREES = ("loa", "publishers", "tests", "benchmarks", "tools", "scheduler.py")

_EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore|fmt:|ruff:|pragma:)")
# Codes, then a reason: after " - ", in brackets, or as a comment of its own.
_REASONED = re.compile(
    r"#\s*(noqa:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*|type:\s*ignore\[[a-z, -]+\])\s*(-|#|\()[^)]*\w{3}"
    r"|#\s*fmt:\s*(skip|off|on)"  # says itself what it is for: a table that stays a table
)


@pytest.mark.parametrize(
    "command",
    [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)],
    ids=" ".join,
)
def test_the_tools_find_nothing(command: tuple[str, ...]) -> None:
    result = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def _unreasoned(source: str) -> Iterator[int]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and _EXCEPTION.search(token.string) and not _REASONED.search(token.string):
            yield token.start[0]


def _files() -> Iterator[Path]:
    for tree in TREES:
        yield from [ROOT / tree] if tree.endswith(".py") else sorted((ROOT / tree).rglob("*.py"))


def test_every_exception_from_the_rules_carries_its_reason() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in _files()
        for line in _unreasoned(path.read_text(encoding="utf-8"))
    ]
    assert bare == []


@pytest.mark.parametrize(
    "line",
    ["x = 1  # noqa", "x = 1  # noqa: E501", "x = 1  # type: ignore[arg-type]", "x = 1  # noqa: E501 ()"],
)
def test_an_exception_without_a_reason_is_found(line: str) -> None:
    assert list(_unreasoned(line + "\n")) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # noqa: E501 - a table that stays a table",
        "x = 1  # noqa: PLR2004, S101 (two of the tools' own numbers)",
        "x = 1  # type: ignore[arg-type]  # the stub is wrong here",
        "x = '# noqa'",
    ],
)
def test_an_exception_with_a_reason_passes(line: str) -> None:
    assert list(_unreasoned(line + "\n")) == []


def test_every_rule_that_is_off_says_why() -> None:
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    off = [*lint["ignore"], *(rule for rules in lint["per-file-ignores"].values() for rule in rules)]
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    for rule in off:
        told = [line for line in lines if line.strip().startswith(f'"{rule}"')]
        assert told, f"{rule} does not stand on a line of its own"
        assert all(re.search(r",\s+# \S+ \S+", line) for line in told), told
