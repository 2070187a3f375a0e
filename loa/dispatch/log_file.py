"""A table of what was done → the log of a plan: every row that is new, or none where a row is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import get_args

from loa.dispatch.desk import Desk
from loa.dispatch.logbook import KIND_NAMES, Kind, Told, evidence, log, require_believable
from loa.dispatch.sheet import Column, Sheet, SheetRow, day_in, read_sheet, whole_in
from loa.errors import LoaError, Problem, ProblemsFound
from loa.messages import sentence
from loa.plan import Plan
from loa.text import slug

COLUMNS = (
    Column("kind", "Loại việc", ("loai",), required=True),
    Column("target", "Mã", ("ma-chi-tieu", "chi-tieu", "ma-viec"), required=True),
    Column("day", "Ngày", ("ngay-thuc-hien",), required=True),
    Column("unit", "Đơn vị", ("ma-don-vi",)),
    Column("count", "Số lượng", ("so-nguoi", "so-ban")),
    Column("amount", "Số tiền", ("so-tien-dong",)),
    Column("value", "Giá trị"),
    Column("place", "Địa điểm", ("noi",)),
    Column("link", "Minh chứng", ("duong-dan", "lien-ket")),
    Column("photo", "Ảnh", ("anh-minh-chung",)),
    Column("note", "Ghi chú", ("dien-giai",)),
)
_KINDS = {slug(name): kind for kind, name in KIND_NAMES.items()}


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a file: new entries by their numbers, rows that were known, columns that nobody looked at."""

    numbers: tuple[int, ...]
    known: int
    unread: tuple[str, ...]


def bring_in_log(desk: Desk, plan: Plan, path: Path, person: str, *, origin: str = "") -> TakenIn:
    """Take the rows of a file into the log; a row that was taken in before is left out.

    Raises:
        ApprovalError: E501, nobody of that name is listed.
        LoaError: E350, E352 and those of ``read_sheet``.
        ProblemsFound: E351, E355 for every row that is wrong; nothing is written then.
    """
    told, unread = told_in(desk, plan, path)
    numbers = log(desk, plan, told, person, origin=origin)
    return TakenIn(tuple(numbers), len(told) - len(numbers), unread)


def told_in(desk: Desk, plan: Plan, path: Path, *, until: date | None = None) -> tuple[list[Told], tuple[str, ...]]:
    """What the rows of a file tell (those to ``until``), each judged, and the headings that nobody looked at.

    Raises:
        LoaError: E350, E352 and those of ``read_sheet``.
        ProblemsFound: E351, E355 for every row that is wrong.
    """
    sheet = read_sheet(path, COLUMNS)
    told: list[Told] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for row in sheet.rows:
        wrong = list(_wrong(sheet, row))
        day = day_in(row.get("day"))
        if until and day and day > until:
            continue
        if not wrong:
            each = _told(plan, row, seen)
            try:
                each = replace(each, words={**each.words, **_proof(desk, row)})
                require_believable(desk, plan, each)
            except LoaError as error:
                detail = sentence(error.code, error.params, "vi")
                wrong = [Problem("E355", {"file": sheet.file, "row": str(row.number), "detail": detail})]
            told.append(each)
        problems += wrong
    if problems:
        raise ProblemsFound(problems)
    return told, sheet.unread


def _wrong(sheet: Sheet, row: SheetRow) -> Iterator[Problem]:
    if _kind(row) is None:
        yield sheet.wrong(row, "kind", ", ".join(KIND_NAMES.values()))
    if day_in(row.get("day")) is None:
        yield sheet.wrong(row, "day", "2025-07-14, 14/7/2025")
    for name in ("count", "amount"):
        if row.get(name) and whole_in(row.get(name)) is None:
            yield sheet.wrong(row, name, "500, 20.000.000")
    if row.get("value") and _decimal(row.get("value")) is None:
        yield sheet.wrong(row, "value", "62.5, 62,5")


def _told(plan: Plan, row: SheetRow, seen: dict[str, int]) -> Told:
    kind, day = _kind(row), day_in(row.get("day"))
    assert kind is not None  # noqa: S101 - ``_wrong`` has looked
    assert day is not None  # noqa: S101 - the same
    words = {name: row.get(name) for name in ("place", "note") if row.get(name)}
    same = "\0".join((plan.id, *(f"{name}={value}" for name, value in sorted(row.cells.items()))))
    seen[same] = seen.get(same, 0) + 1  # two rows that say the same are two deeds; the same file twice is not
    source = hashlib.sha256(f"{same}\0{seen[same]}".encode()).hexdigest()
    return Told(
        kind=kind,
        target=row.get("target"),
        day=day,
        unit_code=row.get("unit"),
        count=whole_in(row.get("count")) or 0,
        amount=whole_in(row.get("amount")) or 0,
        value=_decimal(row.get("value")),
        words=words,
        source=source,
    )


def _proof(desk: Desk, row: SheetRow) -> dict[str, str]:
    photo = desk.workspace.inside(row.get("photo")) if row.get("photo") else None
    return evidence(desk, row.get("link"), photo) if row.get("link") or photo else {}


def _kind(row: SheetRow) -> Kind | None:
    written = slug(row.get("kind"))
    return next((kind for kind in get_args(Kind) if kind == _KINDS.get(written, written)), None)


def _decimal(written: str) -> Decimal | None:
    try:
        found = Decimal(written.replace("%", "").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
