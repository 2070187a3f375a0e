"""A copy of this checkout: the files that git knows, as they stand in the work tree."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def known_files() -> list[str]:
    """Every file of the repository, by its relative path."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def copy_checkout(target: Path) -> Path:
    """Lay the copy out in ``target``, as a clone would."""
    for name in known_files():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, path)
    return target
