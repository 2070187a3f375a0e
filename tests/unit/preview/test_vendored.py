"""What others made is in the tree just as it came, with its licence."""

import hashlib
import re
from pathlib import Path

from loa.preview.frame import STATIC

VENDOR = STATIC / "vendor"
ROW = re.compile(r"^\| (\S+) \| .+ \| ([0-9a-f]{64}) \|$", re.MULTILINE)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_vendored_file_has_the_bytes_that_were_taken_over() -> None:
    named = dict(ROW.findall((VENDOR / "README.md").read_text(encoding="utf-8")))
    there = {path.name: _digest(path) for path in VENDOR.iterdir() if path.suffix in (".js", ".css")}
    assert named == there


def test_every_vendored_program_has_its_licence_beside_it() -> None:
    programs = {path.name.partition(".")[0] for path in VENDOR.iterdir() if path.suffix in (".js", ".css")}
    assert {path.stem for path in VENDOR.glob("*.LICENSE")} == programs
