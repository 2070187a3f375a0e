"""What the program brings along: templates and the sample workspace, in a checkout and in an installed wheel alike."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from loa.errors import WorkspaceError

# The allow-list of what a wheel carries from the workspace that this repository is (pyproject.toml names the same).
SAMPLES = (
    "loa.yaml",
    "units.csv",
    "campaigns/chuyen-doi-so-10-10.yaml",
    "campaigns/dvctt-hang-thang.yaml",
    "content/chuyen-doi-so-10-10",
    "content/dvctt-hang-thang",
    "content/recipients/to-cong-nghe-so.csv",
    "content/recipients/can-bo-thu.csv",
)
# The five plans, each a workspace of its own below campaigns/; what was written there by running Loa stays at home.
_OF_A_PLAN = ("README.md", "loa.yaml", "units.csv", "accounts.csv", "campaigns", "content", "log")
PLAN_SAMPLES: Mapping[str, tuple[str, ...]] = {
    "binh-dinh": _OF_A_PLAN,
    "chuong-my": _OF_A_PLAN,
    "kon-tum": (*_OF_A_PLAN, "rules"),
    "nghe-an": (*_OF_A_PLAN, "rules"),
    "son-tay": (*_OF_A_PLAN, "rules"),
}
CARRIED = (*SAMPLES, *(f"campaigns/{plan}/{part}" for plan, parts in PLAN_SAMPLES.items() for part in parts))
_PACKAGE = Path(__file__).resolve().parent.parent
_IGNORED = "# Do máy ghi: sổ phát, ấn phẩm, nhật ký. Không đưa vào kho mã nguồn.\nvar/\n"


def bundled(*parts: str) -> Path:
    """A file or folder that the program brings along, for example ``bundled("templates", "infographics")``."""
    installed = _PACKAGE / "_bundled"
    return (installed if installed.is_dir() else _PACKAGE.parent).joinpath(*parts)


def init_workspace(target: Path, plan: str = "") -> tuple[Path, ...]:
    """Lay out a working sample in ``target``, of a plan where one of ``PLAN_SAMPLES`` is named; the files made.

    Raises:
        WorkspaceError: E204, the folder holds something already.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WorkspaceError("E204", folder=target)
    target.mkdir(parents=True, exist_ok=True)
    source = bundled("campaigns", plan) if plan else bundled()
    for sample in PLAN_SAMPLES[plan] if plan else SAMPLES:
        _lay_out(source / sample, target / sample)
    (target / ".gitignore").write_text(_IGNORED, encoding="utf-8", newline="\n")
    return tuple(sorted(path for path in target.rglob("*") if path.is_file()))


def _lay_out(source: Path, destination: Path) -> None:
    destination.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, destination)
    else:
        shutil.copyfile(source, destination)
