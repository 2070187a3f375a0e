"""``loa recipients`` as the keeper of a list uses it; and where 10,000 numbers may be found afterwards: nowhere."""

import json
import re
import sqlite3
from pathlib import Path

import pytest
from support.leaks import search
from support.office import make_office, replace_in
from support.planted import numbers_in, phone
from support.processes import loa

LIST = "content/recipients/doi-ngu.csv"
MANY = range(100, 10_100)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = make_office(tmp_path / "office")
    replace_in(root / "loa.yaml", f"    file: {LIST}\n", "")
    (root / "recipients").mkdir()
    return root


def lay(office: Path, text: str) -> Path:
    path = office / "recipients" / "nhap.csv"
    path.write_text(text, encoding="utf-8")
    return path


def told(office: Path, *words: str | Path, typed: str = "") -> str:
    done = loa("recipients", *words, cwd=office, typed=typed)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(office: Path, *words: str | Path, typed: str = "") -> str:
    done = loa("recipients", *words, cwd=office, typed=typed)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_list_is_brought_in_reviewed_and_forgotten_without_a_number_on_the_screen(office: Path) -> None:
    path = lay(office, f"Họ tên;SĐT;Xã\nA;{phone(1)};xa-mot\nB;087{phone(2)[3:]};\nC;12;\nD;{phone(3)};xa-la\n")
    screen = told(office, "import", "doi-ngu", path, "--as", "lan")
    assert "thêm 1, bớt 0, giữ nguyên 0" in screen
    assert "Cột không đọc, không lưu: Họ tên" in screen
    rows = json.loads(told(office, "review", "doi-ngu", "--json"))
    assert [(row["row"], row["code"]) for row in rows] == [(3, "E330"), (4, "E321"), (5, "E735")]
    told(office, "review", "doi-ngu", "--accept", "3")
    told(office, "review", "doi-ngu", "--correct", "4", typed=f"\ufeff{phone(4)}\r\n")
    told(office, "review", "doi-ngu", "--accept", "5", "--unit", "tinh-mau")
    stats = json.loads(told(office, "stats", "doi-ngu", "--json"))["lists"][0]
    assert (stats["members"], stats["imported_by"], stats["doubtful"]) == (4, "lan", {})
    assert "1 danh sách" in told(office, "forget", typed=f"{phone(1)}\n")
    assert json.loads(told(office, "import", "doi-ngu", path, "--json"))["skipped"] == 1
    screen += told(office, "stats") + told(office, "review", "doi-ngu") + json.dumps(rows)
    assert not any(phone(number)[1:] in screen for number in range(5))


def test_who_has_no_unit_in_a_list_of_units_is_told(office: Path) -> None:
    path = lay(office, f"SĐT;Xã\n{phone(1)};xa-mot\n{phone(2)};\n{phone(3)};\n")
    assert "2 dòng không ghi đơn vị nên sẽ nhận tin của mọi đơn vị" in told(office, "import", "doi-ngu", path)
    bare = lay(office, f"SĐT\n{phone(1)}\n")
    assert "đơn vị" not in told(office, "import", "doi-ngu", bare)


def test_what_is_wrong_is_told_with_what_to_do(office: Path) -> None:
    path = lay(office, f"SĐT\n{phone(1)}\n")
    assert "lists:\n  - id: khach\n" in refused(office, "import", "khach", path)
    assert "E715" in refused(office, "import", "doi-ngu", "khong-co.csv")
    assert "E712" in refused(office, "review", "doi-ngu")
    told(office, "import", "doi-ngu", path)
    assert "E733" in refused(office, "review", "doi-ngu", "--accept", "9")
    assert "E320" in refused(office, "forget", typed="\n")
    misuse = loa("recipients", "review", "doi-ngu", "--accept", "2", "--drop", "all", cwd=office)
    assert misuse.returncode == 2


def test_a_list_needs_a_consent_or_a_legal_basis(office: Path) -> None:
    replace_in(office / "loa.yaml", "    legal_basis: Kế hoạch thử\n", "")
    done = loa("check", cwd=office)
    assert done.returncode == 1
    assert "[E710]" in done.stderr + done.stdout


def test_a_campaign_writes_to_declared_lists_only(office: Path) -> None:
    replace_in(office / "campaigns/thu-nghiem.yaml", "recipients: doi-ngu", "recipients: doi-gnu")
    done = loa("check", cwd=office)
    assert done.returncode == 1
    assert "[E711]" in done.stderr + done.stdout
    assert "doi-ngu" in done.stderr + done.stdout


def test_a_do_not_call_file_is_taken_with_its_day(office: Path) -> None:
    path = lay(office, f"{phone(1)}\n{phone(2)}\n")
    assert "2 số" in told(office, "block", path, "--dated", "2026-11-01")
    assert "2 số Không quảng cáo (danh sách ngày 01/11/2026)" in told(office, "stats")
    assert "E738" in refused(office, "block", path, "--dated", "2099-01-01")
    assert loa("recipients", "block", path, "--dated", "hôm qua", cwd=office).returncode == 2


def in_clear(*folders: Path) -> dict[str, int]:
    """Files with numbers of the 10,000 in clear, in whatever spelling, and how many of them."""
    found = {}
    for folder in folders:
        for path in (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "recipients"):
            if numbers := numbers_in(path.read_bytes(), bare=True):
                found[path.relative_to(folder).as_posix()] = len(numbers)
    return found


def backup(book: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(book) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    source.close()
    copy.close()


def sealed_in(place: Path) -> list[bytes]:
    """Every sealed number and mark of the lists in a book."""
    with sqlite3.connect(place) as book:
        known = [each for row in book.execute("SELECT mark, sealed FROM person") for each in row]
    book.close()
    return known


def test_none_of_ten_thousand_numbers_is_found_in_clear(office: Path) -> None:
    settings = office / "loa.yaml"  # a gateway that takes a hundred at once
    replace_in(settings, "{brandname: TINHMAU}", "{brandname: TINHMAU, gateway: speedsms}")
    replace_in(settings, "{api_key: sms-key, secret_key: sms-secret}", "{access_token: sms-key}")
    path = lay(office, "SĐT,Xã\n" + "".join(f"{phone(number)},tinh-mau\n" for number in MANY))
    assert numbers_in(path.read_bytes(), bare=True) == set(MANY), "the search would find them"
    told(office, "import", "doi-ngu", path)
    backup(office / "var/book.sqlite", office / "backup/book.sqlite")
    known = sealed_in(office / "var/book.sqlite")
    done = loa("rehearse", "thu-nghiem", "--from", "2027-02-28", "--to", "2027-03-05", cwd=office)
    assert done.returncode == 0, done.stderr
    assert re.search(r"SMS +10000\b", done.stdout), "the messages went out"
    for words in (("render", "--to", "2027-03-05"), ("approve", "thu-nghiem", "--as", "lan"), ("report",), ("status",)):
        screen = loa(*words, cwd=office)
        assert numbers_in(screen.stdout.encode() + screen.stderr.encode(), bare=True) == set()
    assert in_clear(office) == {}
    assert not search(office).leaks
    assert left_of(known, office / "var/rehearsals") == 0, "a rehearsal lets go by itself"
    assert left_of(known, office / "var") == len(known)


def left_of(known: list[bytes], folder: Path) -> int:
    """How many of the sealed numbers and marks stand in the books below a folder."""
    books = b"".join(each.read_bytes() for each in folder.rglob("book.sqlite*"))
    assert len(books) > 100_000
    return sum(each in books for each in known)


def test_after_a_purge_none_of_ten_thousand_is_left_sealed(office: Path) -> None:
    told(office, "import", "doi-ngu", lay(office, "SĐT\n" + "".join(f"{phone(number)}\n" for number in MANY)))
    known = sealed_in(office / "var/book.sqlite")
    assert left_of(known, office / "var") == len(known) == 20_000
    assert "10000" in told(office, "purge", "--now")
    assert left_of(known, office / "var") == 0
