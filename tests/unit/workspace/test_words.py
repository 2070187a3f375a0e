from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from loa.errors import LoaError, Problem
from loa.messages import Lang, remedy, sentence
from loa.workspace import find_root, init_workspace, open_workspace

Maker = Callable[..., Path]
TABLES = (
    "code,name,valid_from,valid_to,successors,logo\na,A,2026-01-02,2026-01-01,,x.png\nb,B,,,c,../x\na,A,,,,\n",
    "code,name,parent\na,A,b\nb,B,a\n",
    "code,name\nÔ,A\nb,\n",
    "code,name\na,A,thừa\n",
    "ten,code\n",
    "",
    "x" * 5_000_001,
)


def _tables(make: Maker) -> list[Problem]:
    found: list[Problem] = []
    for table in TABLES:
        with pytest.raises(LoaError) as caught:
            open_workspace(make(units=table))
        found += caught.value.problems()
    root = make()
    settings = (root / "loa.yaml").read_text("utf-8")
    (root / "loa.yaml").write_text(settings + "holidays_file: nghi.csv\n", "utf-8")
    with pytest.raises(LoaError) as caught:
        open_workspace(root)
    return [*found, *caught.value.problems()]


def _calls(make: Maker, tmp_path: Path) -> list[Problem]:
    ws = open_workspace(make())
    calls: list[Callable[[], object]] = [
        lambda: find_root(tmp_path),
        lambda: init_workspace(ws.root),
        lambda: ws.account("x"),
        lambda: ws.units.get("x"),
    ]
    found: list[Problem] = []
    for call in calls:
        with pytest.raises(LoaError) as caught:
            call()
        found += caught.value.problems()
    return found


@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_problem_has_its_whole_sentence(make: Maker, tmp_path: Path, lang: Lang) -> None:
    found = [*_tables(make), *_calls(make, tmp_path)]
    assert {problem.code for problem in found} == {f"E{n}" for n in range(201, 220)} - {"E206", "E207", "E217"}
    for problem in found:
        words = sentence(problem.code, problem.params, lang) + remedy(problem.code, problem.params, lang)
        assert "{" not in words
        assert len(words) > 40
