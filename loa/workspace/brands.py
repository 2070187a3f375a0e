"""The brands that a workspace may name: its own and those that the program brings."""

from __future__ import annotations

from pathlib import Path

from loa.errors import Place, Problem
from loa.reader import closest
from loa.workspace.bundle import bundled

BRANDS = "brands"
"""The folder of named brands, in ``templates/``."""


def brand_names(root: Path) -> tuple[str, ...]:
    """The names of all brands besides the default one, in order."""
    folders = (root / "templates" / BRANDS, bundled("templates", BRANDS))
    return tuple(sorted({path.stem for folder in folders for path in folder.glob("*.yaml")}))


def brand_problems(root: Path, name: str, place: Place | None) -> list[Problem]:
    """What is wrong with naming this brand: nothing, or that there is none of the name."""
    known = brand_names(root)
    if not name or name in known:
        return []
    return [Problem("E420", {"brand": name}, place, known, closest(name, known))]
