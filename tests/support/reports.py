"""Report packs made from deliveries by hand, and what their files say when they are read back."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document
from docx.oxml.ns import qn

from loa.dispatch.views import DeliveryView
from loa.plan import LoadedPlan, Plan
from loa.progress import progress_of
from loa.progress.stand import Stand
from loa.report.paper import Period, Source
from loa.store.logbook import Entry
from loa.workspace import Workspace
from support.plans import FIRST, LAST, ground, plan

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


def source(
    workspace: Workspace,
    views: Sequence[DeliveryView] = (),
    entries: Sequence[Entry] = (),
    made: Plan | None = None,
    serves: dict[tuple[str, str], tuple[str, ...]] | None = None,
    period: tuple[date, date] = (FIRST, LAST),
    **more: Any,
) -> Source:
    """What a report on ``period`` is made from; the units are those of ``support.plans``."""
    basis = ground(made or plan(), serves or {("a", ""): (), ("b", ""): ()})
    ours = tuple(sorted((v for v in views if v.action == "publish" and v.campaign_id in "ab"), key=lambda v: v.due))
    loaded = LoadedPlan(basis.plan, "campaigns/plan.yaml", None)  # type: ignore[arg-type]  # no file was read
    stand = Stand(loaded, basis, ours, tuple(entries), progress_of(basis, ours, entries, period[1]))
    within = tuple(v for v in ours if period[0] <= v.due.astimezone(basis.zone).date() <= period[1])
    given: dict[str, Any] = {"figures": (), "feedback": (), "notes": {}, "now": NOW, "is_final": False}
    return Source(workspace, stand, Period(*period), within, **(given | more))


class Book:
    """A workbook, with its sums worked out by ourselves: SUM, SUMIFS and COUNTIFS as they stand in the cells."""

    def __init__(self, path: Path) -> None:
        self._book = openpyxl.load_workbook(path)
        self.names = self._book.sheetnames

    def sheet(self, name: str) -> Any:
        return self._book[name]

    def rows(self, name: str) -> list[list[Any]]:
        """The rows under the head, values only."""
        return [[self.value(name, cell.value) for cell in row] for row in self._book[name].iter_rows(min_row=2)]

    def value(self, sheet: str, written: object) -> Any:
        if not (isinstance(written, str) and written.startswith("=")):
            return written
        if match := re.fullmatch(r"=SUM\((\w+):(\w+)\)", written):
            return sum(self.value(sheet, value) or 0 for value in self._cells(sheet, f"{match[1]}:{match[2]}"))
        if match := re.fullmatch(r"=([A-Z]\d+)-([A-Z]\d+)", written):
            first, second = (self._book[sheet][match[number]].value for number in (1, 2))
            return first - second
        match = re.fullmatch(r"=(SUMIFS|COUNTIFS)\((.*)\)", written)
        assert match, written
        parts = [self._part(sheet, part) for part in match[2].split(",")]
        values = parts.pop(0) if match[1] == "SUMIFS" else [1] * len(parts[0])
        wanted = [each[0] for each in parts[1::2]]
        rows = zip(*parts[::2], strict=True)
        return sum(value or 0 for value, row in zip(values, rows, strict=True) if list(row) == wanted)

    def _part(self, sheet: str, part: str) -> list[Any]:
        if part.startswith('"'):
            return [part.strip('"')]
        other, _, cells = part.replace("$", "").rpartition("!")
        return list(self._cells(other.strip("'") or sheet, cells))

    def _cells(self, sheet: str, cells: str) -> Iterable[Any]:
        found = self._book[sheet][cells]
        rows = found if isinstance(found, tuple) else ((found,),)
        return [cell.value for row in rows for cell in row]


def lines_of(path: Path) -> list[str]:
    """The words of a Word file in their order: a paragraph or a row of a table a line."""
    return list(_lines(Document(str(path)).element.body))


def _lines(body: Any) -> Iterator[str]:
    for element in body.iterchildren():
        if element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                cells = ("/".join(filter(None, map(_words, cell.iter(qn("w:p"))))) for cell in row.iter(qn("w:tc")))
                yield " | ".join(cells)
        elif words := _words(element):
            yield words


def _words(element: Any) -> str:
    texts = ("\t" if each.tag == qn("w:tab") else each.text or "" for each in element.iter(qn("w:t")))
    return "".join(texts).strip()
