"""The journal: a chain of lines that survives torn ends, full disks and several writers, and tells what was changed."""

import json
import multiprocessing
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from loa.clock import SimulatedClock, SystemClock
from loa.errors import StoreError
from loa.store.journal import Line
from loa.store.journal_file import JournalFile
from loa.store.journal_read import Reading, tail_of

START = datetime(2027, 1, 31, 16, 59, tzinfo=UTC)


def _sealed(text: str) -> bytes:
    return text.encode()[::-1]


def journal(folder: Path, clock: SimulatedClock | None = None) -> JournalFile:
    made = JournalFile(folder, "may-mot", clock or SimulatedClock(START), _sealed)
    made.belongs_to("so-mot")
    return made


def lines(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.jsonl")):
        yield from path.read_text(encoding="utf-8").splitlines(keepends=True)


def kinds(folder: Path) -> tuple[list[str], list[str]]:
    """What can be read, and what is wrong."""
    reading = Reading(folder)
    found = [entry.kind for entry in reading.entries()]
    return found, [fault.why for fault in reading.faults]


def test_lines_are_read_back_as_they_were_written_in_one_chain_over_the_months(tmp_path: Path) -> None:
    clock = SimulatedClock(START)
    one = journal(tmp_path, clock)
    one.append([Line("intent", {"idem": "a", "at_what": START}), Line("result", {"idem": "a", "lời": "Đã đăng"})])
    clock.advance(timedelta(days=1))
    one.append([Line("intent", {"idem": "b"})])
    assert sorted(path.name for path in tmp_path.glob("*.jsonl")) == ["may-mot-2027-01.jsonl", "may-mot-2027-02.jsonl"]
    reading = Reading(tmp_path)
    found = list(reading.entries())
    assert [(each.number, each.kind, each.book) for each in found] == [
        (1, "intent", "so-mot"),
        (2, "result", "so-mot"),
        (3, "intent", "so-mot"),
    ]
    assert found[1].words == {"idem": "a", "lời": "Đã đăng"}
    assert reading.faults == []


def test_a_clock_that_went_back_opens_no_older_month(tmp_path: Path) -> None:
    journal(tmp_path, SimulatedClock(START + timedelta(days=40))).append([Line("one", {})])
    journal(tmp_path).append([Line("two", {})])
    assert kinds(tmp_path) == (["one", "two"], [])
    assert len(list(tmp_path.glob("*.jsonl"))) == 1


@pytest.mark.parametrize("torn", [b'{"n":2,"at":"20', b"\0\0\0\0"])
def test_half_a_line_after_a_crash_is_put_aside_and_the_chain_goes_on(tmp_path: Path, torn: bytes) -> None:
    journal(tmp_path).append([Line("one", {})])
    [path] = tmp_path.glob("*.jsonl")
    with path.open("ab") as file:
        file.write(torn)
    assert kinds(tmp_path) == (["one"], ["torn"])
    journal(tmp_path).append([Line("two", {})])
    assert kinds(tmp_path) == (["one", "two"], [])
    [aside] = tmp_path.glob("*.torn")
    assert aside.read_bytes() == torn + b"\n"


def test_a_changed_byte_and_a_missing_line_are_found(tmp_path: Path) -> None:
    journal(tmp_path).append([Line("one", {"x": 1}), Line("two", {"x": 1}), Line("three", {"x": 1})])
    [path] = tmp_path.glob("*.jsonl")
    whole = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(whole[0] + whole[1].replace('"x":1', '"x":2') + whole[2], encoding="utf-8")
    assert kinds(tmp_path) == (["one", "three"], ["changed"])
    path.write_text(whole[0] + whole[2], encoding="utf-8")
    assert kinds(tmp_path) == (["one", "three"], ["gap"])
    path.write_text(whole[1] + whole[2], encoding="utf-8")
    assert kinds(tmp_path) == (["two", "three"], ["gap"])


def test_two_writers_keep_one_chain(tmp_path: Path) -> None:
    one, two = journal(tmp_path), journal(tmp_path)
    for number in range(5):
        one.append([Line(f"one-{number}", {})])
        two.append([Line(f"two-{number}", {})])
    found, faults = kinds(tmp_path)
    assert (len(found), faults) == (10, [])


def _write_many(folder: str, name: str) -> None:
    made = JournalFile(Path(folder), "may-mot", SystemClock(), _sealed)
    for number in range(50):
        made.append([Line("intent", {"by": name, "number": number}, before_wire=number % 10 == 0)])


def test_processes_of_one_machine_append_to_one_chain(tmp_path: Path) -> None:
    work = [multiprocessing.Process(target=_write_many, args=(str(tmp_path), name)) for name in ("a", "b", "c")]
    for each in work:
        each.start()
    for each in work:
        each.join(timeout=60)
    reading = Reading(tmp_path)
    found = list(reading.entries())
    assert (len(found), reading.faults) == (150, [])
    for name in ("a", "b", "c"):
        assert [each.words["number"] for each in found if each.words["by"] == name] == list(range(50))


def test_what_could_not_be_written_is_owed_and_nothing_goes_on_before(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    one = journal(folder)
    folder.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StoreError) as refusal:
        one.append([Line("intent", {"idem": "a"}, before_wire=True)])
    assert refusal.value.code == "E950"
    with pytest.raises(StoreError):
        one.ready()
    folder.unlink()
    one.ready()
    one.append([Line("result", {"idem": "a"})])
    assert kinds(folder) == (["intent", "result"], [])


def test_what_is_to_be_sealed_is_in_no_file(tmp_path: Path) -> None:
    journal(tmp_path).append([Line("refusal", {"people": "opt_out", "sealed": ["cafe" * 8]})])
    text = "".join(lines(tmp_path))
    assert "cafe" not in text
    sealed = json.loads(text)["sealed"]
    assert json.loads(bytes.fromhex(sealed)[::-1]) == ["cafe" * 8]


def test_the_last_lines_are_found_without_reading_the_rest(tmp_path: Path) -> None:
    one = journal(tmp_path)
    one.append([Line(f"kind-{number}", {}) for number in range(100)])
    assert [entry.kind for entry in tail_of(tmp_path, 3)] == ["kind-97", "kind-98", "kind-99"]
