import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from loa.calendar import holidays_of, is_working_day, override_problems
from loa.errors import ProblemsFound


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ngay-nghi.csv"


def test_the_public_calendar_knows_holidays_and_swap_days() -> None:
    days = holidays_of(2026, None)
    assert days[date(2026, 9, 2)] == "Quốc khánh"
    assert not is_working_day(date(2026, 8, 31), days)
    assert is_working_day(date(2026, 8, 22), days), "a Saturday that is worked instead"
    assert is_working_day(date(2026, 8, 28), days)
    assert not is_working_day(date(2026, 8, 29), days)


def test_the_office_adds_and_removes_days(file: Path) -> None:
    file.write_text(
        'date,name,kind\n2026-11-23,"Nghỉ lũ, bão",holiday\n\n2026-11-28,Làm bù,working\n2026-09-01,,working\n',
        encoding="utf-8-sig",
    )
    days = holidays_of(2026, file)
    assert days[date(2026, 11, 23)] == "Nghỉ lũ, bão"
    assert is_working_day(date(2026, 11, 28), days)
    assert is_working_day(date(2026, 9, 1), days)
    assert date(2026, 11, 23) not in holidays_of(2027, file)
    assert date(2026, 11, 23) not in holidays_of(2026, None), "the file of one office must not reach another"


def test_all_wrong_cells_are_told_with_their_places(file: Path) -> None:
    file.write_text("date,name,kind\n02/09/2026,Quốc khánh,holiday\n2026-09-03,Nghỉ,nghi\n2026-09-04,x\n", "utf-8")
    with pytest.raises(ProblemsFound) as caught:
        holidays_of(2026, file, "ngay-nghi.csv")
    found = [(p.code, p.place.line, p.place.column) for p in caught.value.problems() if p.place]
    assert found == [("E305", 2, 1), ("E306", 3, 17), ("E304", 4, 1)]
    assert override_problems(file, "ngay-nghi.csv") == list(caught.value.problems())


@pytest.mark.parametrize(("content", "code"), [(b"", "E304"), (b"ngay,ten\n", "E304"), (b"\xff\xfed\x00", "E303")])
def test_a_file_that_is_no_table_is_refused(file: Path, content: bytes, code: str) -> None:
    file.write_bytes(content)
    assert [problem.code for problem in override_problems(file, "x.csv")] == [code]


def test_a_missing_file_is_told(file: Path) -> None:
    assert [problem.code for problem in override_problems(file, "x.csv")] == ["E303"]


def test_the_calendar_library_is_imported_only_when_asked() -> None:
    code = "import sys, loa.calendar; sys.exit('holidays' in sys.modules or 'lunar_vn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_the_calendar_loaded_alone_is_the_one_of_the_library(year: int) -> None:
    from holidays.countries import Vietnam  # noqa: PLC0415 - slow to import, wanted here only

    assert holidays_of(year, None) == dict(Vietnam(years=year, language="vi").items())
