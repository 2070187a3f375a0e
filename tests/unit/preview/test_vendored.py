"""What others made is in the tree just as it came, with its licence."""

import hashlib
import re
from pathlib import Path

import pytest

from loa.preview.frame import STATIC

FOLDERS = (STATIC / "vendor", Path(__file__).parents[2] / "browser" / "vendor")
ROW = re.compile(r"^\| (\S+) \| .+ \| ([0-9a-f]{64}) \|$", re.MULTILINE)


def _taken_over(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix in (".js", ".css", ".json")]


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_every_vendored_file_has_the_bytes_that_were_taken_over(folder: Path) -> None:
    named = dict(ROW.findall((folder / "README.md").read_text(encoding="utf-8")))
    assert named == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in _taken_over(folder)}


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_every_vendored_program_has_its_licence_beside_it(folder: Path) -> None:
    assert {path.stem for path in folder.glob("*.LICENSE")} == {
        path.name.partition(".")[0] for path in _taken_over(folder)
    }
