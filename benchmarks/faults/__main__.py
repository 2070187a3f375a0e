"""``uv run python benchmarks/faults [--full | --quick] [--only crash,…]``: every fault, one report."""

import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
# Not this folder itself: a file here is called http, as the library is.
sys.path[:1] = [str(_ROOT), str(_ROOT / "tests")]

from benchmarks.faults.runner import main  # noqa: E402 (found by the line above)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
