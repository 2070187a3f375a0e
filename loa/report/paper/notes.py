"""What people write for the report: ``bao-cao.md`` beside the plan, under headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from loa.errors import Place, Problem, ProblemsFound
from loa.report.blocks import Blank, Block, Words
from loa.text import nfc, slug

FILE = "bao-cao.md"
HEADINGS: Mapping[str, str] = {
    "assessment": "Đánh giá chung",
    "work": "Công tác chỉ đạo",
    "difficulties": "Khó khăn, vướng mắc",
    "proposals": "Đề xuất, kiến nghị",
    "outlook": "Phương hướng",
}
_HEADING = re.compile(r"#{1,3}\s+(.*?)\s*#*")
_LISTED = re.compile(r"[-*+]\s+(.*)")


def read_notes(path: Path, shown: str) -> dict[str, tuple[Block, ...]]:
    """The texts by the names of ``HEADINGS``; nothing where there is no file.

    Raises:
        ProblemsFound: E276 for each heading that no report has, E277 for words before the first one.
    """
    if not path.is_file():
        return {}
    known = {slug(heading): name for name, heading in HEADINGS.items()}
    found: dict[str, list[Block]] = {}
    problems: list[Problem] = []
    here: list[Block] | None = None
    for number, line in enumerate(nfc(path.read_text("utf-8-sig")).splitlines(), start=1):
        if heading := _HEADING.fullmatch(line.strip()):
            name = _named(known, heading[1])
            if not name:
                accepted = tuple(HEADINGS.values())
                problems.append(Problem("E276", {"name": heading[1]}, Place(shown, number), accepted))
            here = found.setdefault(name, [])
        elif line.strip() and here is None:
            problems.append(Problem("E277", {}, Place(shown, number)))
            here = []
        elif line.strip() and here is not None:
            here.append(_words(line.strip()))
    if problems:
        raise ProblemsFound(problems)
    return {name: tuple(blocks) for name, blocks in found.items()}


def noted(notes: Mapping[str, tuple[Block, ...]], name: str) -> tuple[Block, ...]:
    """What people wrote under a heading, else room for it."""
    return notes.get(name) or (Blank(),)


def _named(known: Mapping[str, str], heading: str) -> str:
    """A heading may be numbered, and go on after its fixed words."""
    bare = slug(re.sub(r"^[IVX\d]+[.)]\s*", "", heading))
    return next((name for start, name in known.items() if bare.startswith(start)), "")


def _words(line: str) -> Words:
    listed = _LISTED.fullmatch(line)
    return Words(listed[1], is_listed=True) if listed else Words(line)
