import tomllib
from pathlib import Path

import pytest

from loa.workspace import CARRIED, PLAN_SAMPLES, bundled, init_workspace, open_workspace

ROOT = Path(__file__).parents[3]
TARGETS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
OF_THE_STAFF = ("campaigns", "content", "loa.yaml", "units.csv")


def test_a_wheel_carries_the_samples_and_nothing_else_of_the_staff() -> None:
    carried = TARGETS["wheel"]["force-include"]
    assert carried == {name: f"loa/_bundled/{name}" for name in ("templates", *CARRIED)}


def test_a_source_archive_carries_the_same_samples() -> None:
    included = [name.removeprefix("/") for name in TARGETS["sdist"]["include"]]
    assert sorted(name for name in included if name.startswith(OF_THE_STAFF)) == sorted(CARRIED)


def test_every_sample_is_found() -> None:
    assert [sample for sample in CARRIED if not bundled(sample).exists()] == []


def test_a_new_workspace_opens_and_has_only_the_samples(tmp_path: Path) -> None:
    target = tmp_path / "moi"
    written = init_workspace(target)
    ws = open_workspace(target)
    campaigns = [path.stem for path in written if path.parent.name == "campaigns"]
    assert campaigns == ["chuyen-doi-so-10-10", "dvctt-hang-thang"]
    assert "var/" in (ws.root / ".gitignore").read_text("utf-8")


@pytest.mark.parametrize("plan", PLAN_SAMPLES)
def test_a_sample_of_a_plan_is_laid_out_whole_and_without_what_was_written_there(plan: str, tmp_path: Path) -> None:
    written = {path.relative_to(tmp_path).as_posix() for path in init_workspace(tmp_path, plan)}
    home = ROOT / "campaigns" / plan
    there = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}

    assert written == {".gitignore"} | {name for name in there if not name.startswith("var/")}
    assert open_workspace(tmp_path).settings.body.unit in open_workspace(tmp_path).units
