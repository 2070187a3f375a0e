import tomllib
from pathlib import Path

from loa.workspace import SAMPLES, bundled, init_workspace, open_workspace

ROOT = Path(__file__).parents[3]
TARGETS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
OF_THE_STAFF = ("campaigns", "content", "loa.yaml", "units.csv")


def test_a_wheel_carries_the_samples_and_nothing_else_of_the_staff() -> None:
    carried = TARGETS["wheel"]["force-include"]
    assert carried == {name: f"loa/_bundled/{name}" for name in ("templates", *SAMPLES)}


def test_a_source_archive_carries_the_same_samples() -> None:
    included = [name.removeprefix("/") for name in TARGETS["sdist"]["include"]]
    assert sorted(name for name in included if name.startswith(OF_THE_STAFF)) == sorted(SAMPLES)


def test_every_sample_is_found() -> None:
    assert [sample for sample in SAMPLES if not bundled(sample).exists()] == []


def test_a_new_workspace_opens_and_has_only_the_samples(tmp_path: Path) -> None:
    target = tmp_path / "moi"
    written = init_workspace(target)
    ws = open_workspace(target)
    campaigns = [path.stem for path in written if path.parent.name == "campaigns"]
    assert campaigns == ["chuyen-doi-so-10-10", "dvctt-hang-thang"]
    assert "var/" in (ws.root / ".gitignore").read_text("utf-8")
