"""Recipient lists: CSV files with the columns phone and unit. Numbers are E.164 here and sealed in the book."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from loa.errors import Place, Problem, ProblemsFound
from loa.workspace import Workspace

Mark = Callable[[str], str]
"""A keyed mark of a number: the same number has the same mark, and the mark tells no number."""

_MOBILE = re.compile(r"(?:\+84|0084|84|0)?([35789]\d{8})")


@dataclass(frozen=True, slots=True)
class RecipientList:
    """A list by name: (E.164 number, unit code) in the order of the file, each number once."""

    name: str
    entries: tuple[tuple[str, str], ...]
    digest: str
    """Changes whenever a number is added or removed; tells no number."""

    def of_unit(self, unit_code: str) -> RecipientList:
        """The entries of one unit; an entry without a unit belongs to every unit."""
        return RecipientList(self.name, tuple(e for e in self.entries if e[1] in ("", unit_code)), self.digest)


def read_recipients(workspace: Workspace, name: str, mark: Mark) -> RecipientList:
    """Read ``var/recipients/<name>.csv``, or the sample list ``content/recipients/<name>.csv``.

    Raises:
        ProblemsFound: E520 no such list; E521 each row whose number is not a Vietnamese mobile number.
    """
    places = (workspace.var / "recipients" / f"{name}.csv", workspace.content / "recipients" / f"{name}.csv")
    path = next((path for path in places if path.is_file()), None)
    if path is None:
        raise ProblemsFound([Problem("E520", {"name": name}, Place(workspace.shown(places[0])))])
    shown = workspace.shown(path)
    found: dict[str, str] = {}
    problems = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in (reader := csv.DictReader(file)):
            number = normalised(row.get("phone") or "")
            if number is None:
                problems.append(Problem("E521", {"row": str(reader.line_num)}, Place(shown, reader.line_num, 1)))
            else:
                found.setdefault(number, (row.get("unit") or "").strip())
    if problems:
        raise ProblemsFound(problems)
    return RecipientList(name, tuple(found.items()), _digest(found, mark))


def normalised(written: str) -> str | None:
    """A Vietnamese mobile number as E.164, or None where it is none."""
    match = _MOBILE.fullmatch(re.sub(r"[\s.\-()]", "", written))
    return f"+84{match[1]}" if match else None


def _digest(numbers: dict[str, str], mark: Mark) -> str:
    marks = "".join(sorted(mark(number) + unit for number, unit in numbers.items()))
    return hashlib.sha256(marks.encode()).hexdigest()
