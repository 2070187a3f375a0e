"""Accounts in a CSV file beside those of loa.yaml."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loa.errors import Problem, ProblemsFound
from loa.messages import describe
from loa.workspace import open_workspace

HEADER = "id,channel,unit,name,page_id,secret.token\n"


@pytest.fixture
def with_accounts(make: Callable[..., Path]) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        root = make()
        settings = (root / "loa.yaml").read_text("utf-8")
        (root / "loa.yaml").write_text(settings + "accounts_file: accounts.csv\n", "utf-8")
        (root / "accounts.csv").write_text(text, "utf-8")
        return root

    return write


def _problems(root: Path) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFound) as found:
        open_workspace(root)
    return found.value.problems()


def _spots(root: Path) -> list[tuple[str, str, int, int]]:
    return [(p.code, p.place.file, p.place.line, p.place.column) for p in _problems(root) if p.place]


def test_accounts_of_the_file_stand_beside_those_of_loa_yaml(with_accounts: Callable[[str], Path]) -> None:
    ws = open_workspace(with_accounts(HEADER + "fb-tinh,facebook,tinh-nghe-an,Trang Tỉnh,77,fb-tinh\n"))
    assert [each.id for each in ws.settings.accounts] == ["fb-kim-lien", "fb-tinh"]
    (found,) = ws.accounts_for("tinh-nghe-an", "facebook")
    assert found is ws.account("fb-tinh")
    assert (found.settings, found.secrets) == ({"page_id": "77"}, {"token": "fb-tinh"})
    places = [each.place("settings", "page_id") for each in ws.accounts.placed]
    assert [(p.file, p.line, p.column) for p in places if p] == [("loa.yaml", 13, 16), ("accounts.csv", 2, 42)]


def test_every_wrong_cell_is_told_with_file_line_and_column(with_accounts: Callable[[str], Path]) -> None:
    rows = "fb kl,facebook,tinh-nghe-an,A,,\nfb-b,,tinh-nghe-an,B,,\n"
    assert _spots(with_accounts(HEADER + rows)) == [("E215", "accounts.csv", 2, 1), ("E214", "accounts.csv", 3, 6)]


def test_a_double_and_an_unknown_unit_are_told_at_their_cells(with_accounts: Callable[[str], Path]) -> None:
    rows = "fb-kim-lien,facebook,tinh-nghe-an,A,1,\nfb-b,facebook,xa-kim-lienn,B,2,\n"
    root = with_accounts(HEADER + rows)
    assert _spots(root) == [("E219", "accounts.csv", 2, 1), ("E213", "accounts.csv", 3, 15)]
    assert [p.suggestion for p in _problems(root)] == ["", "xa-kim-lien"]


@pytest.mark.parametrize("spoilt", ["", ",thừa", '"'])
def test_a_secret_that_was_written_into_the_file_is_never_repeated(
    with_accounts: Callable[[str], Path], spoilt: str
) -> None:
    secret = "EAAGm0PX4ZCpsBAKZBZCz1xZA9"
    problems = _problems(with_accounts(HEADER + f"fb-b,facebook,xa-la,B,2,{secret}{spoilt}\n"))
    assert {p.place.line for p in problems if p.place} == {2}
    assert not any(secret in describe(p, "vi") for p in problems)
