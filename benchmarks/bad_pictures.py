"""Pictures that break decoders, from the archive of Pillow's own source, brought to the review desk: no crash, no hang.

    uv run python benchmarks/bad_pictures.py [--all] [--archive pillow-….tar.gz]

Each is decoded in a process of its own, as the desk does it. Without ``--all`` only those whose names say that they are
bad. The archive is that of uv.lock, fetched by pip and checked by its hash.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from hostile_images import BAD, archive, pictures

from loa.errors import LoaError
from loa.preview.door.uploads import clean_picture


def main() -> None:
    """Bring them all, and tell what became of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--archive", type=Path)
    given = parser.parse_args()
    results: Counter[str] = Counter()
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as folder:
        packed = given.archive or archive(Path(folder))
        for name, data in pictures(packed):
            if not (given.all or BAD.search(name)):
                continue
            start = time.perf_counter()
            try:
                assert clean_picture(data).startswith(b"\xff\xd8\xff")
                results["made anew"] += 1
            except LoaError as error:
                results[f"refused ({error.code})"] += 1
            slowest = max(slowest, (time.perf_counter() - start, name))
    print(packed.name, dict(results), f"slowest {slowest[0]:.1f} s: {slowest[1]}", file=sys.stdout)


if __name__ == "__main__":
    main()
