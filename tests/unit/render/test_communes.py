"""Two hundred communes with hostile names in every shared format: nothing overflows, nothing is split.

Here every commune meets every format once, the templates taking turns; benchmarks/communes.py does the whole product.
"""

import itertools

import pytest
from support.communes import TOO_LONG, units
from support.pictures import order

from loa.render import Order, check_orders
from loa.render.library import load_template
from loa.workspace import Workspace, bundled

NAMES = sorted(path.parent.name for path in (bundled("templates") / "infographics").glob("*/template.yaml"))
UNITS = units()
SHARDS = 10
REFUSALS = {"E431", "E435", "E436"}


def formats(ws: Workspace) -> tuple[str, ...]:
    return tuple(load_template(ws, f"infographics/{NAMES[0]}").formats)


def told(ws: Workspace, asked: Order) -> str:
    return "; ".join(f"{problem.code} {problem.params.get('text')}" for problem in check_orders(ws, [asked]))


@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_commune_stands_in_every_format(ws: Workspace, shard: int) -> None:
    turns = itertools.cycle(NAMES[shard % len(NAMES) :] + NAMES[: shard % len(NAMES)])
    found = {}
    for unit in UNITS[shard::SHARDS]:
        for form in formats(ws):
            name = next(turns)
            if problems := told(ws, order(f"infographics/{name}", form, unit=unit)):
                found[name, form, unit["name"]] = problems
    assert found == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_no_layout_can_hold_is_refused_by_its_name(ws: Workspace, name: str) -> None:
    for form in ("square", "story", "link", "a4"):
        unit = {**UNITS[0], "name": TOO_LONG * 3}
        problems = check_orders(ws, [order(f"infographics/{name}", form, unit=unit)])
        assert problems, f"{form} took a name of {len(unit['name'])} characters"
        assert {problem.code for problem in problems} <= REFUSALS | {"E450"}
        assert any(problem.params["text"].startswith("Liên xã") for problem in problems)
