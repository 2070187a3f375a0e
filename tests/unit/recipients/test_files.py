"""Every way in which an office's programs write a list, and every file that is no list."""

import io
import re
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from support.lists import Room, make_room, xlsx
from support.planted import phone

from loa.errors import LoaError
from loa.recipients import import_list

TABLE = f"Số điện thoại,Mã đơn vị\n{phone(1)},xa-mot\n{phone(2)},tinh-mau\n"
E164 = ["+84" + phone(number)[1:] for number in range(10)]
HEADINGS = [
    "so_dien_thoai",
    "Số điện thoại",
    "SỐ ĐIỆN THOẠI (*)",
    "SĐT",
    "Điện thoại",
    "phone",
    "Mobile number",
    "ĐTDĐ",
]


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return make_room(tmp_path / "office")


def windows_1258(text: str) -> bytes:
    """As old Vietnamese programs write it: a letter, then its tone."""
    written = []
    for character in text:
        parts = unicodedata.normalize("NFD", character)
        tones = "".join(part for part in parts[1:] if part in "\u0300\u0301\u0303\u0309\u0323")
        written.append(unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + tones)
    return "".join(written).encode("cp1258")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_a_list_is_read_in_each_encoding_in_which_excel_and_old_programs_write_it(room: Room, encoding: str) -> None:
    written = f"Tên người nhận,Số điện thoại,Xã\nNguyễn Thị Ổn,{phone(1)},Xã Một\n"
    done = room.bring_in(windows_1258(written) if encoding == "cp1258" else written.encode(encoding))
    assert room.units() == {"xa-mot": 1}
    assert done.unread == ("Tên người nhận",)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_may_be_separated_by_comma_semicolon_or_tab(room: Room, separator: str) -> None:
    room.bring_in(TABLE.replace(",", separator))
    assert room.numbers(unit="xa-mot") == [E164[1]]


def test_the_line_that_excel_puts_in_front_is_no_row(room: Room) -> None:
    assert room.bring_in("sep=;\n" + TABLE.replace(",", ";")).rows == 2


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_column_of_numbers_is_found_by_each_of_its_names(room: Room, heading: str) -> None:
    room.bring_in(f"STT,Họ và tên,{heading}\n1,Nguyễn Thị A,{phone(1)}\n2,Trần B,{phone(2)}\n")
    assert room.numbers() == E164[1:3]


@pytest.mark.parametrize("heading", ["don_vi", "Mã đơn vị", "Đơn vị", "unit", "xã", "Xã/phường", "commune"])
def test_the_column_of_units_is_found_by_each_of_its_names(room: Room, heading: str) -> None:
    room.bring_in(f"{heading},phone\nxa-mot,{phone(1)}\n")
    assert room.units() == {"xa-mot": 1}


@pytest.mark.parametrize("heading", ["Số điện thoại liên hệ", "SĐT (Zalo)", "Điện thoại di động 1", "ĐT"])
def test_a_longer_heading_of_numbers_does_not_hide_the_column_of_units(room: Room, heading: str) -> None:
    done = room.bring_in(
        xlsx(
            [["TT", "Điện thoại bàn", heading, "Xã, phường"], [1, None, phone(1), "Xã Lạ"], [2, None, phone(2), "Một"]]
        )
    )
    assert room.units() == {"xa-mot": 1}
    assert done.doubtful == {"E735": 1}, "somebody of an unknown unit is not taken for one of every unit"
    assert done.unread == ("TT", "Điện thoại bàn")


def test_a_column_of_units_is_found_where_the_column_of_numbers_has_no_known_name(room: Room) -> None:
    done = room.bring_in(f"Họ tên,Liên hệ,Xã\nA,{phone(1)},Xã Lạ\nB,{phone(2)},xa-mot\n")
    assert (room.units(), done.doubtful, done.unread) == ({"xa-mot": 1}, {"E735": 1}, ("Họ tên",))


def test_a_list_whose_units_are_all_unknown_is_told_so(room: Room) -> None:
    with pytest.raises(LoaError, match="E726"):
        room.bring_in(f"SĐT,Xã\n{phone(1)},Xã Lạ\n{phone(2)},Xã Lạ\n")


def test_a_title_above_the_table_is_passed_over(room: Room) -> None:
    room.bring_in(f"UBND tỉnh Mẫu,,\nDANH SÁCH THÀNH VIÊN,,\n,,\n{'STT,SĐT,Xã'}\n1,{phone(1)},xa-mot\n")
    assert room.units() == {"xa-mot": 1}


def test_a_list_without_headings_is_read_from_its_first_row_on(room: Room) -> None:
    done = room.bring_in(f"A,{phone(1)},xa-mot\nB,{phone(2)},tinh-mau\n")
    assert room.units() == {"xa-mot": 1, "tinh-mau": 1}
    assert done.unread == ("#1",)


def test_a_unit_may_be_named_as_people_name_it_where_only_one_has_the_name(room: Room) -> None:
    done = room.bring_in(f"phone,unit\n{phone(1)},Xã Một\n{phone(2)},XÃ MỘT\n{phone(3)},Xã Hai\n{phone(4)},\n")
    assert room.units() == {"xa-mot": 2, "": 1}
    assert done.doubtful == {"E735": 1}, "two units are called Xã Hai"


def test_columns_that_nobody_reads_are_told_and_kept_nowhere(room: Room) -> None:
    done = room.bring_in(f"Họ tên,CCCD,SĐT\nNguyễn Văn Kín,036099000111,{phone(1)}\n")
    assert done.unread == ("Họ tên", "CCCD")
    room.book.close()
    book = b"".join(path.read_bytes() for path in room.workspace.root.glob("book.sqlite*"))
    assert "Nguyễn Văn Kín".encode() not in book
    assert b"036099000111" not in book


def test_a_workbook_is_read_with_numbers_that_excel_took_for_sums(room: Room) -> None:
    rows = [["Số điện thoại", "Xã"], [phone(1), "xa-mot"], [int(phone(2)), "xa-mot"], [float(phone(3)), "xa-mot"]]
    done = room.bring_in(xlsx([*rows, [None, None], ["9.12E+08", "xa-mot"], [f"'{phone(4)}", None]]))
    assert room.numbers(unit="xa-mot") == E164[1:5]
    assert done.doubtful == {"E328": 1}
    assert done.rows == 5


def workbook(*sheets: list[list[object]], hidden: int = -1) -> bytes:
    book, written = Workbook(), io.BytesIO()
    book.remove(book.active)
    for place, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Trang {place + 1}")
        sheet.sheet_state = "hidden" if place == hidden else "visible"
        for row in rows:
            sheet.append(row)
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("hidden", [-1, 0, 1])
def test_people_of_another_sheet_are_not_missed_silently(room: Room, hidden: int) -> None:
    other: list[list[object]] = [["DANH SÁCH XÃ HAI"], [], ["STT", "SĐT"], [1, phone(2)], [2, phone(3)]]
    with pytest.raises(LoaError, match="E739") as refused:
        room.bring_in(workbook([["phone"], [phone(1)]], other, hidden=hidden))
    assert refused.value.params["sheets"] == "2"


def test_a_list_on_a_sheet_that_nobody_sees_is_not_brought_in(room: Room) -> None:
    with pytest.raises(LoaError, match="E739"):
        room.bring_in(workbook([["phone"], [phone(1)]], [["Hướng dẫn"]], hidden=0))


def test_a_sheet_of_explanations_is_passed_over(room: Room) -> None:
    note: list[list[object]] = [["Hướng dẫn"], ["Gọi 1022 để được giúp"]]
    assert room.bring_in(workbook([["phone"], [phone(1)]], note)).rows == 1


def test_a_sheet_that_was_coloured_to_its_edge_is_read_as_fast_as_any(room: Room) -> None:
    made = io.BytesIO(workbook([["phone"], *([phone(100 + n)] for n in range(3000))]))
    written = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', old.read(each)))
    started = time.process_time()
    assert room.bring_in(written.getvalue()).change.members == 3000
    assert time.process_time() - started < 5


def test_a_quote_that_is_never_closed_does_not_swallow_the_rows_behind_it(room: Room) -> None:
    room.bring_in(TABLE)
    with pytest.raises(LoaError, match="E723"):
        room.bring_in(f'phone,name\n{phone(3)},"Bi\n{phone(4)},An\n{phone(5)},Bo\n')
    assert room.units() == {"xa-mot": 1, "tinh-mau": 1}


@pytest.mark.parametrize("contact", [phone(7), f"Tổ trực: {phone(7)}"])
def test_a_number_in_the_head_of_a_letter_is_no_heading_and_is_told_to_nobody(room: Room, contact: str) -> None:
    head = f"UBND xã Một,,\nĐiện thoại,{contact},\n"
    done = room.bring_in(head + f"SĐT,Họ tên,Xã\n{phone(1)},A,xa-mot\n{phone(2)},B,xa-mot\n")
    assert (done.rows, done.unread, room.units()) == (2, ("Họ tên",), {"xa-mot": 2})


def test_quotes_and_line_ends_in_a_cell_are_part_of_it(room: Room) -> None:
    done = room.bring_in(f'Ghi chú,phone\r\n"tổ 1, ""loa""\nkhu 2",{phone(1)}\r\n')
    assert (done.rows, room.numbers()) == (1, [E164[1]])


WRONG = {
    "nothing in it": (b"", "E719"),
    "blank rows": (b"\n\n , \n", "E720"),
    "no column of numbers": (b"ten,tuoi\nA,40\nB,50\n", "E720"),
    "headings without rows": (b"phone,unit\n", "E721"),
    "no mobile number in the column": ("SĐT,Xã\n" + "1022,xa-mot\n" * 3, "E721"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "E717"),
    "an archive of something else": (b"PK\x03\x04" + bytes(100), "E717"),
    "letters of a font of the nineties": ("SĐT,Tên\n".encode() + b"0900,Nguy\xd4n \xae\xb8\xb9\xa6\n", "E716"),
    "bytes": (bytes(range(256)) * 4, "E716"),
    "a cell that never ends": (f'phone\n{phone(1)}\n"' + "x" * 200_000, "E723"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_file_that_is_no_list_is_refused_and_changes_nothing(room: Room, what: str) -> None:
    room.bring_in(TABLE)
    before = room.numbers(unit="xa-mot"), room.units()
    content, code = WRONG[what]
    with pytest.raises(LoaError) as refused:
        room.bring_in(content)
    assert refused.value.code == code
    assert (room.numbers(unit="xa-mot"), room.units()) == before


def test_a_file_that_breaks_off_late_changes_nothing(room: Room) -> None:
    room.bring_in(TABLE)
    many = "".join(f"{phone(100 + number)}\n" for number in range(5_000)) * 3
    with pytest.raises(LoaError, match="E723"):
        room.bring_in("phone\n" + many + '"' + "x" * 200_000)
    assert room.units() == {"xa-mot": 1, "tinh-mau": 1}


def test_a_file_that_is_not_there_is_told(room: Room) -> None:
    missing = room.folder / "khong-co.csv"
    with pytest.raises(LoaError, match="E715"):
        import_list(room.workspace, room.book, room.vault, room.clock, "doi-ngu", missing, "lan")


def bomb(name: str, size: int) -> bytes:
    """A workbook whose part ``name`` is a small packed and a huge unpacked one."""
    packed, written = io.BytesIO(xlsx([["phone"], [phone(1)]])), io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        with new.open(name, "w") as part:
            for _ in range(size // (1 << 20)):
                part.write(bytes(1 << 20))
    return written.getvalue()


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/media/anh.png"])
def test_a_workbook_that_would_fill_the_memory_is_refused(room: Room, name: str) -> None:
    with pytest.raises(LoaError, match="E718"):
        room.bring_in(bomb(name, 300 << 20))


def test_entities_that_grow_are_refused(room: Room) -> None:
    words = (
        '<!DOCTYPE a [<!ENTITY a "'
        + "x" * 1000
        + '">'
        + "".join(f'<!ENTITY {chr(98 + step)} "{f"&{chr(97 + step)};" * 60}">' for step in range(6))
        + "]>"
    )
    packed, written = io.BytesIO(xlsx([["phone"], [phone(1)]])), io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(written, "w") as new:
        for each in old.namelist():
            text = old.read(each)
            if each == "xl/worksheets/sheet1.xml":
                text = text.replace(b"<worksheet", words.encode() + b"<worksheet", 1).replace(b"<t>", b"<t>&g;", 1)
                text = text.replace(b"<v>", b"<v>&g;", 1)
            new.writestr(each, text)
    with pytest.raises(LoaError, match="E717"):
        room.bring_in(written.getvalue())
