import os
from collections.abc import Callable
from pathlib import Path

import pytest

from loa.errors import LoaError, ProblemsFound
from loa.workspace import bundled, find_root, init_workspace, open_workspace

Maker = Callable[..., Path]


def _codes(root: Path) -> list[str]:
    with pytest.raises(ProblemsFound) as caught:
        open_workspace(root)
    return [problem.code for problem in caught.value.problems()]


def _settings(make: Maker, old: str, new: str) -> Path:
    root = make()
    text = (root / "loa.yaml").read_text("utf-8")
    assert old in text
    return make(settings=text.replace(old, new))


def test_a_workspace_opens_with_its_units_and_accounts(make: Maker) -> None:
    ws = open_workspace(make())
    assert ws.settings.body.short_name == "UBND tỉnh Nghệ An"
    assert ws.units.get("xa-kim-lien").hotline == "0238 1022"
    assert ws.zone.key == "Asia/Ho_Chi_Minh"
    assert [account.id for account in ws.accounts_for("xa-kim-lien", "facebook")] == ["fb-kim-lien"]
    assert ws.accounts_for("tinh-nghe-an", "facebook") == ()
    assert ws.account("fb-kim-lien").settings == {"page_id": "1001"}
    assert ws.book == ws.root / "var" / "book.sqlite"
    assert ws.shown(ws.content / "a.md") == "content/a.md"
    assert ws.holidays_file is None


def test_the_root_is_found_from_any_folder_below(make: Maker) -> None:
    root = make()
    deep = root / "content" / "anh"
    deep.mkdir(parents=True)
    assert find_root(deep) == root.resolve()
    assert find_root(root) == root.resolve()


def test_a_folder_without_workspace_is_told(tmp_path: Path) -> None:
    with pytest.raises(LoaError) as caught:
        find_root(tmp_path)
    assert caught.value.code == "E201"


def test_an_unknown_account_is_told(make: Maker) -> None:
    with pytest.raises(LoaError) as caught:
        open_workspace(make()).account("fb-khac")
    assert caught.value.code == "E203"


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "a/../../x",
        "/etc/passwd",
        "C:/x",
        "c:x",
        "..\\x",
        "a\\..\\..\\x",
        "//may/chia-se",
        "",
        "a\0b",
        "content/..",
    ],
)
def test_a_path_that_climbs_out_is_refused(make: Maker, path: str) -> None:
    with pytest.raises(LoaError) as caught:
        open_workspace(make()).inside(path)
    assert caught.value.code == "E202"


def test_a_symbolic_link_that_leads_out_is_refused(make: Maker, tmp_path: Path) -> None:
    root = make()
    (tmp_path / "ngoai").mkdir()
    (tmp_path / "ngoai" / "mat.txt").write_text("x")
    (root / "lien-ket").symlink_to(tmp_path / "ngoai")
    (root / "trong").symlink_to(root / "units.csv")
    ws = open_workspace(root)
    with pytest.raises(LoaError) as caught:
        ws.inside("lien-ket/mat.txt")
    assert caught.value.code == "E202"
    assert ws.inside("trong").is_file()
    assert ws.inside("content/chua-co.md") == root.resolve() / "content" / "chua-co.md"


def test_a_pasted_secret_is_refused_and_not_repeated(make: Maker) -> None:
    root = _settings(make, "token: fb-kim-lien", "token: EAABsbCS1iHgBO0ZD9xyz")
    with pytest.raises(ProblemsFound) as caught:
        open_workspace(root)
    (problem,) = caught.value.problems()
    assert problem.code == "E217"
    assert problem.place is not None
    assert problem.place.line == 15
    assert "EAAB" not in repr(problem)


def test_own_templates_come_before_those_of_the_program(make: Maker) -> None:
    root = make()
    own = root / "templates" / "infographics" / "cua-xa"
    own.mkdir(parents=True)
    ws = open_workspace(root)
    assert ws.find_template("infographics/cua-xa") == ws.root / "templates" / "infographics" / "cua-xa"
    assert ws.find_template("infographics/khong-co") is None
    shipped = next(path for path in bundled("templates", "infographics").iterdir() if path.is_dir())
    assert ws.find_template(f"infographics/{shipped.name}") == shipped
    with pytest.raises(LoaError):
        ws.find_template("../../x")


def test_all_wrong_references_are_told_at_once(make: Maker) -> None:
    root = make()
    text = (root / "loa.yaml").read_text("utf-8")
    text = text.replace("unit: tinh-nghe-an", "unit: tinh-nghe-ann").replace("unit: xa-kim-lien", "unit: xa-kim-lienn")
    text += "  - id: anh-hai\n    name: Trần Hải\nholidays_file: khong-co.csv\n"
    root = make(settings=text)
    with pytest.raises(ProblemsFound) as caught:
        open_workspace(root)
    found = caught.value.problems()
    assert sorted(problem.code for problem in found) == ["E213", "E213", "E216", "E219"]
    assert {p.suggestion for p in found if p.code == "E213"} == {"tinh-nghe-an", "xa-kim-lien"}
    assert all(problem.place and problem.place.file == "loa.yaml" and problem.place.line for problem in found)


def test_a_units_file_outside_the_workspace_is_refused(make: Maker) -> None:
    assert _codes(_settings(make, "file: units.csv", "file: ../units.csv")) == ["E202"]


def test_units_may_stand_in_the_settings_too(make: Maker) -> None:
    listed = "file: units.csv\n  list:\n    - code: xa-moi\n      name: Xã Mới\n      parent: tinh-nghe-an"
    ws = open_workspace(_settings(make, "file: units.csv", listed))
    assert [unit.code for unit in ws.units.children("tinh-nghe-an")] == ["xa-kim-lien", "xa-cu", "xa-moi"]


def test_a_wrong_unit_in_the_settings_is_told_at_its_line(make: Maker) -> None:
    listed = "file: units.csv\n  list:\n    - code: xa-moi\n      name: Xã Mới\n      parent: tinh-ha-tinh"
    with pytest.raises(ProblemsFound) as caught:
        open_workspace(_settings(make, "file: units.csv", listed))
    (problem,) = caught.value.problems()
    assert (problem.code, problem.place and problem.place.line) == ("E213", 10)


def test_a_new_workspace_is_refused_in_a_folder_with_content(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    with pytest.raises(LoaError) as caught:
        init_workspace(tmp_path)
    assert caught.value.code == "E204"
    assert os.listdir(tmp_path) == ["x"]  # noqa: PTH208 - names are what is compared
