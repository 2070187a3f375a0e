"""What citizens say: taken in from forms and portals, answered, counted, and given on as questions and answers."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from loa.dispatch.audit import doer, note_deed
from loa.dispatch.desk import Desk
from loa.dispatch.log_file import TakenIn
from loa.dispatch.people import find_reviewer, today
from loa.dispatch.sheet import Column, Sheet, SheetRow, day_in, read_sheet
from loa.errors import LoaError, Problem, ProblemsFound
from loa.store.feedback import Feedback, add_feedback, change_feedback, feedback_of
from loa.text import nfc, slug
from loa.workspace import UnitTree

STATES = {
    "new": ("Chưa xử lý", "New"),
    "passed_on": ("Đã chuyển", "Passed on"),
    "answered": ("Đã trả lời", "Answered"),
    "closed": ("Đã khép lại", "Closed"),
}
LONGEST = 4_000
"""Characters of what was said, and of an answer."""
COLUMNS = (
    Column("id", "Mã phiếu", ("ma", "stt", "so-phieu")),
    Column("day", "Ngày", ("ngay-gui", "thoi-gian", "thoi-gian-gui", "ngay-gop-y", "timestamp", "dau-thoi-gian")),
    Column("topic", "Chủ đề", ("linh-vuc", "nhom", "thu-tuc")),
    Column("unit", "Đơn vị", ("xa-phuong", "xa", "phuong", "dia-phuong", "ma-don-vi")),
    Column("question", "Nội dung", ("gop-y", "y-kien", "cau-hoi", "noi-dung-gop-y", "phan-anh"), required=True),
    Column("answer", "Trả lời", ("phan-hoi", "noi-dung-tra-loi")),
    Column("state", "Trạng thái", ("tinh-trang",)),
)
_NO_TOPIC = "Chưa phân loại"
# What may identify somebody is not kept: the report needs what was said, not who said it.
_NUMBER = re.compile(r"(?<!\d)(?:\+?84|0)(?:[\s.\-]?\d){8,10}(?!\d)|(?<!\d)\d{9}(?:\d{3})?(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of feedback; every mapping adds up to ``total``."""

    total: int
    by_state: Counter[str]
    by_topic: Counter[str]
    by_unit: Counter[str]
    """By unit code; an empty one where none was told."""


def bring_in_feedback(
    desk: Desk, path: Path, person: str, *, plan_id: str = "", came_from: str = "", origin: str = ""
) -> TakenIn:
    """Take in the rows of a CSV or XLSX file; those known already are left out.

    Raises:
        ApprovalError: E501, nobody of that name is listed.
        LoaError: E350, E352 and those of ``read_sheet``.
        ProblemsFound: E351 for every cell that is wrong; nothing is written then.
    """
    by = find_reviewer(desk, person)
    made, unread = feedback_in(desk, path, by.id, by.name, plan_id, came_from or path.stem)
    with desk.book.write() as connection:
        numbers = add_feedback(connection, made)
        if numbers:
            words = {"file": path.name, "rows": str(len(numbers))}
            note_deed(desk, doer(by, origin), "feedback", plan_id, words=words, connection=connection)
    return TakenIn(tuple(numbers), len(made) - len(numbers), unread)


def add_one(desk: Desk, question: str, person: str, *, topic: str = "", unit_code: str = "", plan_id: str = "") -> int:
    """Write down what somebody said; its number.

    Raises:
        ApprovalError: E501, nobody of that name is listed.
        LoaError: E213 no such unit; E354 no words, or too many.
    """
    by, said = find_reviewer(desk, person), _words(question)
    if unit_code:
        desk.workspace.units.get(unit_code)
    made = Feedback(
        source=uuid.uuid4().hex,
        plan_id=plan_id,
        day=today(desk),
        topic=topic.strip() or _NO_TOPIC,
        unit_code=unit_code,
        question=said,
        state="new",
        person_id=by.id,
        person_name=by.name,
        at=desk.clock.now(),
    )
    with desk.book.write() as connection:
        (number,) = add_feedback(connection, [made])
        note_deed(desk, doer(by, ""), "feedback", plan_id, words={"number": str(number)}, connection=connection)
    return number


def answer(desk: Desk, number: int, words: str, person: str, *, is_public: bool = False) -> None:
    """Write the answer down; where ``is_public``, it may be shown to everybody.

    Raises:
        ApprovalError: E501, nobody of that name is listed.
        LoaError: E353 no such feedback; E354 no words, or too many.
    """
    _change(desk, number, person, {"answer": _words(words), "state": "answered", "is_public": int(is_public)})


def pass_on(desk: Desk, number: int, to: str, person: str) -> None:
    """Note to whom it was passed on.

    Raises:
        ApprovalError: E501, nobody of that name is listed.
        LoaError: E353 no such feedback.
    """
    found = _found(desk, number)
    _change(desk, number, person, {"state": "passed_on", "words": {**found.words, "passed_to": to.strip()}})


def close(desk: Desk, number: int, person: str) -> None:
    """Note that nothing more is to be done.

    Raises:
        ApprovalError: E501, nobody of that name is listed.
        LoaError: E353 no such feedback.
    """
    _change(desk, number, person, {"state": "closed"})


def told_by_citizens(desk: Desk, plan_id: str | None = None) -> list[Feedback]:
    """All feedback (of a plan), by day."""
    with desk.book.read() as connection:
        found = feedback_of(connection)
    return [each for each in found if plan_id is None or each.plan_id in ("", plan_id)]


def summary(found: Sequence[Feedback]) -> Summary:
    """What was said, counted."""
    return Summary(
        total=len(found),
        by_state=Counter(each.state for each in found),
        by_topic=Counter(each.topic for each in found),
        by_unit=Counter(each.unit_code for each in found),
    )


def faq(found: Sequence[Feedback], form: str) -> str:
    """The public questions with their answers, as Markdown by topic or as CSV that a chatbot loads."""
    shown = [each for each in found if each.is_public and each.answer]
    if form == "csv":
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(("topic", "question", "answer"))
        rows.writerows((each.topic, each.question, each.answer) for each in shown)
        return text.getvalue()
    lines = ["# Hỏi đáp về dịch vụ công trực tuyến", ""]
    for topic in dict.fromkeys(each.topic for each in shown):
        lines += [f"## {topic}", ""]
        for each in shown:
            if each.topic == topic:
                lines += [f"### {_one_line(each.question)}", "", each.answer, ""]
    return "\n".join(lines)


def feedback_in(
    desk: Desk, path: Path, person_id: str, person_name: str, plan_id: str, came_from: str
) -> tuple[list[Feedback], tuple[str, ...]]:
    """What the rows of a file say, without numbers and addresses of people, and the headings nobody looked at.

    Raises:
        LoaError: E350, E352 and those of ``read_sheet``.
        ProblemsFound: E351 for every cell that is wrong.
    """
    sheet = read_sheet(path, COLUMNS)
    units = _units_by_name(desk.workspace.units)
    if problems := [problem for row in sheet.rows for problem in _wrong(sheet, row, units)]:
        raise ProblemsFound(problems)
    made, day, seen = [], today(desk), Counter[str]()
    for row in sheet.rows:
        if not row.get("question"):
            continue
        same = "\0".join(
            f"{name}={value}" for name, value in sorted(row.cells.items()) if name not in ("answer", "state")
        )
        seen[same] += 1
        made.append(
            Feedback(
                source=hashlib.sha256(f"{came_from}\0{same}\0{seen[same]}".encode()).hexdigest(),
                plan_id=plan_id,
                day=day_in(row.get("day")) or day,
                topic=row.get("topic") or _NO_TOPIC,
                unit_code=units.get(slug(row.get("unit")), ""),
                question=without_people(row.get("question"))[:LONGEST],
                state=_state(row) or "new",
                person_id=person_id,
                person_name=person_name,
                at=desk.clock.now(),
                answer=without_people(row.get("answer"))[:LONGEST],
                words={"from": came_from},
            )
        )
    return made, sheet.unread


def without_people(words: str) -> str:
    """The words with numbers of phones, identity cards and addresses of mail taken out."""
    return _MAIL.sub("[thư điện tử]", _NUMBER.sub("[số]", words))


def _wrong(sheet: Sheet, row: SheetRow, units: dict[str, str]) -> Iterator[Problem]:
    if row.get("day") and day_in(row.get("day")) is None:
        yield sheet.wrong(row, "day", "2025-07-14, 14/7/2025")
    if row.get("unit") and slug(row.get("unit")) not in units:
        yield sheet.wrong(row, "unit", "units.csv")
    if row.get("state") and not _state(row):
        yield sheet.wrong(row, "state", ", ".join(name for name, _ in STATES.values()))


def _state(row: SheetRow) -> str:
    written = slug(row.get("state"))
    if not written:
        return "answered" if row.get("answer") else ""
    return next((state for state, names in STATES.items() if written in (slug(state), *map(slug, names))), "")


def _units_by_name(units: UnitTree) -> dict[str, str]:
    return {slug(name): unit.code for unit in units.units for name in (unit.code, unit.name)}


def _words(written: str) -> str:
    words = without_people(nfc(written).strip())
    if not words or len(words) > LONGEST:
        raise LoaError("E354", most=LONGEST)
    return words


def _found(desk: Desk, number: int) -> Feedback:
    with desk.book.read() as connection:
        found = feedback_of(connection, number)
    if not found:
        raise LoaError("E353", name=number)
    return found[0]


def _change(desk: Desk, number: int, person: str, values: dict[str, object]) -> None:
    by = find_reviewer(desk, person)
    with desk.book.write() as connection:
        if not change_feedback(connection, number, values):
            raise LoaError("E353", name=number)
        told = {"number": str(number), "state": str(values["state"])}
        note_deed(desk, doer(by, ""), "feedback", words=told, connection=connection)


def _one_line(words: str) -> str:
    return " ".join(words.split())
