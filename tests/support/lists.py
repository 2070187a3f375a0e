"""A small office with two lists, and files of numbers as people bring them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from loa import store
from loa.clock import SimulatedClock
from loa.recipients import Imported, import_list
from loa.store import Book, Vault, open_book
from loa.workspace import Workspace, open_workspace

LOA_YAML = """\
body: {name: Tỉnh Mẫu, short_name: Mẫu, unit: tinh-mau}
lists:
  - {id: doi-ngu, name: Đội ngũ, legal_basis: Kế hoạch thử, keep_days: "30"}
  - {id: to-hai, name: Tổ hai, consent: "Phiếu đăng ký, lưu ở văn thư"}
units:
  list:
    - {code: tinh-mau, name: Tỉnh Mẫu}
    - {code: xa-mot, name: Xã Một, parent: tinh-mau}
    - {code: xa-hai, name: Xã Hai, parent: tinh-mau}
    - {code: xa-hai-cu, name: Xã Hai, parent: tinh-mau}
"""
START = datetime(2027, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Room:
    """Everything that lists are kept with."""

    workspace: Workspace
    book: Book
    vault: Vault
    clock: SimulatedClock

    @property
    def folder(self) -> Path:
        """Where the staff keep their files."""
        return self.workspace.root / "recipients"

    def file(self, content: str | bytes, name: str = "nhap.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def bring_in(self, content: str | bytes, name: str = "doi-ngu", by: str = "lan") -> Imported:
        path = self.file(content, "nhap.xlsx" if content[:2] == b"PK" else "nhap.csv")
        return import_list(self.workspace, self.book, self.vault, self.clock, name, path, by)

    def numbers(self, name: str = "doi-ngu", unit: str = "") -> list[str]:
        """What the list holds, opened, in the order of the file."""
        with self.book.read() as connection:
            return [self.vault.open(each.sealed) for each in store.people_of(connection, name, unit)]

    def units(self, name: str = "doi-ngu") -> dict[str, int]:
        with self.book.read() as connection:
            return {code: each.members for code, each in store.unit_counts(connection).get(name, {}).items()}


def make_room(root: Path, book: str | Path | None = None) -> Room:
    (root / "recipients").mkdir(parents=True)
    (root / "loa.yaml").write_text(LOA_YAML, encoding="utf-8")
    key = Vault.at(root / "vault.key")
    return Room(open_workspace(root), open_book(book or root / "book.sqlite"), key, SimulatedClock(START))


def xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    written = BytesIO()
    book.save(written)
    return written.getvalue()
