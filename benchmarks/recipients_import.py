"""Bringing a list of numbers in: rows a second and memory, beside a bare csv.reader with one regular expression.

Each measurement runs in a process of its own, so that its peak memory is its own. The numbers are made up from a seed.
"""

import csv
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

SIZES = (100_000, 1_000_000)
XLSX_SIZES = (100_000,)
LOA_YAML = """\
body: {name: Tỉnh Mẫu, short_name: Mẫu, unit: tinh-mau}
lists: [{id: lon, name: Danh sách lớn, legal_basis: Đo tốc độ}]
units:
  list:
    - {code: tinh-mau, name: Tỉnh Mẫu}
    - {code: xa-mot, name: Xã Một, parent: tinh-mau}
"""
_MOBILE = re.compile(r"(?:\+84|84|0)([35789]\d{8})")


def rows_of(count: int) -> Iterator[tuple[str, str]]:
    """Numbers and units, the same at each run."""
    chance = random.Random(5)  # noqa: S311 - made-up numbers, no secret
    for _ in range(count):
        block = chance.choice(("032", "098", "091", "083", "090", "079", "052", "099"))
        yield f"{block}{chance.randrange(10**7):07}", chance.choice(("tinh-mau", "xa-mot", ""))


def write_csv(path: Path, count: int) -> None:
    """As Excel saves it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Số điện thoại", "Mã đơn vị"))
        writer.writerows(rows_of(count))


def write_xlsx(path: Path, count: int) -> None:
    """As Excel saves it, numbers as text."""
    from openpyxl import Workbook  # noqa: PLC0415 - no part of what the other processes use

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(("Số điện thoại", "Mã đơn vị"))
    for row in rows_of(count):
        sheet.append(row)
    book.save(path)


def bare(path: Path) -> int:
    """What any program must do: cut the file into cells and look at each number."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(_MOBILE.fullmatch(cells[0]) is not None for cells in csv.reader(file))


def imported(path: Path) -> int:
    """The whole import, with its imports: it is measured in a process of its own."""
    from loa.clock import SimulatedClock  # noqa: PLC0415 - the bare loop must not carry their memory
    from loa.recipients import import_list  # noqa: PLC0415 - the bare loop must not carry their memory
    from loa.store import Vault, open_book  # noqa: PLC0415 - the bare loop must not carry their memory
    from loa.workspace import open_workspace  # noqa: PLC0415 - the bare loop must not carry their memory

    root = path.parent
    book = open_book(root / f"book-{path.name}.sqlite")
    clock = SimulatedClock(datetime(2027, 3, 1, tzinfo=UTC))
    workspace = open_workspace(root)
    vault = Vault.at(root / "vault.key")
    return import_list(workspace, book, vault, clock, "lon", path, "đo").rows


def measure(what: str, path: Path) -> None:
    """In a process of its own: seconds, rows, peak memory in MB."""
    started = time.perf_counter()
    rows = {"bare": bare, "import": imported, "again": imported}[what](path)
    seconds = time.perf_counter() - started
    print(json.dumps([seconds, rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def run(what: str, path: Path) -> tuple[float, int, float]:
    """``measure`` in a process of its own."""
    told = subprocess.run([sys.executable, __file__, what, path], check=True, capture_output=True, text=True)
    seconds, rows, megabytes = json.loads(told.stdout)
    return seconds, rows, megabytes


def main() -> None:
    """Print the table."""
    print(f"{'file':<6}{'rows':>10}  {'what':<22}{'s':>7}{'rows/s':>10}{'MB':>6}")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "loa.yaml").write_text(LOA_YAML, encoding="utf-8")
        files = [(root / f"{size}.csv", size, write_csv) for size in SIZES]
        files += [(root / f"{size}.xlsx", size, write_xlsx) for size in XLSX_SIZES]
        for path, size, write in files:
            write(path, size)
            steps = ("bare", "import", "again") if path.suffix == ".csv" else ("import",)
            told = {}
            for what in steps:
                told[what] = seconds, rows, megabytes = run(what, path)
                assert rows >= size
                speed = rows / seconds
                print(
                    f"{path.suffix[1:]:<6}{rows:>10,}  {_NAMES[what]:<22}"
                    f"{seconds:>7.2f}{speed:>10,.0f}{megabytes:>6.0f}"
                )
            if "bare" in told:
                print(f"{'':<18}import takes {told['import'][0] / told['bare'][0]:.1f} times as long as the bare loop")


_NAMES = {"bare": "csv.reader + regex", "import": "import", "again": "the same file again"}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
