import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from loa.errors import LoaError, Problem, ProblemsFound
from loa.workspace import open_workspace

Maker = Callable[..., Path]
HEADER = "code,name,parent,valid_from,valid_to,successors\n"
ROOT = "tinh-nghe-an,Tỉnh Nghệ An,,,,\nxa-kim-lien,Xã Kim Liên,tinh-nghe-an,,,\n"


def _problems(root: Path) -> list[Problem]:
    with pytest.raises(ProblemsFound) as caught:
        open_workspace(root)
    return list(caught.value.problems())


def _spots(root: Path) -> list[tuple[str, int, int]]:
    return [(p.code, p.place.line, p.place.column) if p.place else (p.code, 0, 0) for p in _problems(root)]


def test_a_unit_exists_from_its_first_to_its_last_day(make: Maker) -> None:
    units = open_workspace(make()).units
    assert [u.code for u in units.on(date(2025, 6, 30))] == ["tinh-nghe-an", "xa-cu"]
    assert [u.code for u in units.on(date(2025, 7, 1))] == ["tinh-nghe-an", "xa-kim-lien"]
    assert [u.code for u in units.path("xa-kim-lien")] == ["tinh-nghe-an", "xa-kim-lien"]
    assert "xa-cu" in units
    assert "xa-la" not in units


def test_an_unknown_unit_is_told(make: Maker) -> None:
    with pytest.raises(LoaError) as caught:
        open_workspace(make()).units.get("xa-la")
    assert caught.value.code == "E213"


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_a_file_from_a_spreadsheet_is_read(make: Maker, start: str, separator: str) -> None:
    rows = (
        "code,name,parent,hotline\ntinh-nghe-an,Tỉnh Nghệ An,,0901234567\nxa-kim-lien,Xã Kim Liên,tinh-nghe-an,0238\n"
    )
    units = open_workspace(make(units=start + rows.replace(",", separator))).units
    assert units.get("tinh-nghe-an").hotline == "0901234567"


def test_a_quoted_cell_may_hold_a_comma_and_quotes(make: Maker) -> None:
    rows = 'code,name,address\ntinh-nghe-an,"Tỉnh ""Nghệ An""","Số 3, đường Trường Thi"\nxa-kim-lien,Xã,\n'
    unit = open_workspace(make(units=rows)).units.get("tinh-nghe-an")
    assert (unit.name, unit.address) == ('Tỉnh "Nghệ An"', "Số 3, đường Trường Thi")


def test_a_sign_that_no_picture_can_show_is_told_with_its_cell(make: Maker) -> None:
    assert _spots(make(units=HEADER + ROOT + "xa-hai,Xã\u202e Hai,tinh-nghe-an,,,\n")) == [("E105", 4, 8)]


def test_letters_taken_apart_are_put_together(make: Maker) -> None:
    root = make(units=HEADER + unicodedata.normalize("NFD", ROOT))
    assert open_workspace(root).units.get("tinh-nghe-an").name == "Tỉnh Nghệ An"


def test_every_wrong_cell_is_told_with_line_and_column(make: Maker) -> None:
    rows = "Xã Một,Xã Một,tinh-nghe-an,,,\nxa-hai,,tinh-nghe-an,01/07/2025,,\n"
    assert _spots(make(units=HEADER + ROOT + rows)) == [("E215", 4, 1), ("E214", 5, 8), ("E215", 5, 22)]


def test_wrong_references_between_units_are_told_at_once(make: Maker) -> None:
    rows = (
        "xa-mot,Xã Một,tinh-nghe-ann,,,\n"
        "xa-hai,Xã Hai,tinh-nghe-an,2025-07-01,2025-06-30,xa-kim-lienn xa-mot\n"
        "xa-mot,Xã Một nữa,tinh-nghe-an,,,\n"
    )
    found = _problems(make(units=HEADER + ROOT + rows))
    spots = [(p.code, p.place.line, p.place.column, p.suggestion) for p in found if p.place]
    assert spots == [
        ("E219", 6, 1, ""),
        ("E213", 4, 15, "tinh-nghe-an"),
        ("E213", 5, 50, "xa-kim-lien"),
        ("E218", 5, 39, ""),
    ]
    assert found[0].params["first"] == "units.csv:4"


def test_a_circle_is_told_once(make: Maker) -> None:
    rows = "a,A,c,,,\nb,B,a,,,\nc,C,b,,,\nd,D,a,,,\ne,E,,,,e\n"
    found = _problems(make(units=HEADER + ROOT + rows))
    assert [(p.code, p.params["circle"]) for p in found] == [("E205", "a → c → b → a"), ("E205", "e → e")]


def test_a_very_deep_tree_is_no_trouble(make: Maker) -> None:
    rows = "".join(f"u{n},U{n},{f'u{n - 1}' if n else ''},,,\n" for n in range(600))
    assert len(open_workspace(make(units=HEADER + ROOT + rows)).units.path("u599")) == 600


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("", "E209", 1),
        ("code,name,ten\na,b,c\n", "E210", 1),
        ("code,name,name\na,b,c\n", "E210", 1),
        ("code,parent\na,\n", "E212", 1),
        ("code,name\na,A,thừa\n", "E211", 2),
        ('code,name\na,"A\nB"\n', "E211", 2),
    ],
)
def test_a_table_of_the_wrong_shape_is_told(make: Maker, content: str, code: str, line: int) -> None:
    assert next((c, n) for c, n, _ in _spots(make(units=content))) == (code, line)


def test_a_file_in_another_encoding_is_told_with_its_line(make: Maker) -> None:
    root = make()
    (root / "units.csv").write_bytes("code,name\ntinh,Tinh\nxa,X\u00e3".encode("latin-1"))
    assert _spots(root) == [("E206", 3, 1)]


def test_a_missing_file_is_told_where_it_is_named(make: Maker) -> None:
    root = make()
    (root / "units.csv").unlink()
    assert _spots(root) == [("E216", 6, 9)]


def test_a_huge_file_is_refused(make: Maker) -> None:
    assert _spots(make(units="x" * 5_000_001)) == [("E208", 0, 0)]


def test_a_missing_logo_is_told_at_its_cell(make: Maker) -> None:
    rows = "code,name,logo\ntinh-nghe-an,Tỉnh,anh/logo.png\nxa-kim-lien,Xã,../logo.png\n"
    assert _spots(make(units=rows)) == [("E202", 3, 16)]
    (flaw,) = open_workspace(make(units=rows.replace("../logo.png", ""))).flaws  # it holds up no other unit
    assert (flaw.code, flaw.place and (flaw.place.line, flaw.place.column)) == ("E285", (2, 19))
