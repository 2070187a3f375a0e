"""Every bundled infographic × every shared format × 200 communes with hostile names: what the lint finds.

uv run python benchmarks/communes.py [--communes 200] [--write]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]


def one_template(name: str, communes: int) -> tuple[str, int, dict[str, int], list[str]]:
    """How many layouts a template was asked for, and what the lint said of them."""
    from support.communes import units  # noqa: PLC0415 (in the worker process)
    from support.pictures import make_studio, order  # noqa: PLC0415 (the same)

    from loa.render import check_orders, template_formats  # noqa: PLC0415 (the same)

    ws = make_studio(Path(tempfile.mkdtemp()))
    counted: Counter[str] = Counter()
    examples: list[str] = []
    asked = 0
    for unit in units(communes):
        for form in template_formats(ws, name):
            asked += 1
            for problem in check_orders(ws, [order(name, form, unit=unit)]):
                counted[problem.code] += 1
                examples.append(f"{form} {unit['name']}: {problem.code} {problem.params.get('text')}")
    return name, asked, dict(counted), examples[:3]


def main() -> None:
    """Print a line a template and the sum."""
    from table import write_section  # noqa: PLC0415 (beside this script)

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--communes", type=int, default=200)
    options.add_argument("--write", action="store_true")
    asked = options.parse_args()
    files = sorted((ROOT / "templates" / "infographics").glob("*/template.yaml"))
    names = [f"infographics/{path.parent.name}" for path in files]
    began = time.monotonic()
    with ProcessPoolExecutor(2) as pool:
        done = list(pool.map(one_template, names, [asked.communes] * len(names)))
    for name, count, found, examples in done:
        print(name, count, found or "0", *examples, sep="\n    " if examples else "  ")
    layouts, problems = sum(row[1] for row in done), sum(sum(row[2].values()) for row in done)
    line = (
        f"{asked.communes} communes × {len(names)} templates × all formats: {layouts:,} layouts, {problems} lint errors"
    )
    print(line, f"({time.monotonic() - began:.0f} s)")
    if asked.write:
        write_section("communes", ["## Communes with hostile names", "", f"`benchmarks/communes.py`: {line}."])


if __name__ == "__main__":
    main()
