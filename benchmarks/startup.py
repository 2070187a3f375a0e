"""How long ``loa --help`` takes, beside an empty Python and beside its largest import: python benchmarks/startup.py."""

from __future__ import annotations

import sys
from pathlib import Path

from timing import LOA, interleaved, show

BAR = 0.3


def main() -> None:
    """Measure and print."""
    commands = {
        "loa --help": (*LOA, "--help"),
        "python -c pass": (sys.executable, "-c", "pass"),
        "python -c 'import typer'": (sys.executable, "-c", "import typer"),
    }
    show(interleaved(commands, Path.cwd()), "loa --help", BAR)


if __name__ == "__main__":
    main()
