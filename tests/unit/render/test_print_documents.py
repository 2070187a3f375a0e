"""The bundled documents take little and much, long names and short, both brands and elder readers."""

from typing import Any

import pytest
from support.communes import units
from support.pictures import order, sample

from loa.errors import Problem
from loa.render.picture import design
from loa.render.print.document import check_document
from loa.workspace import Workspace

FORMS = {
    "ap-phich": "a3", "phieu-phat-thanh": "a4", "qr-diem": "a4", "so-tay": "a5", "the-bo-tui": "the", "to-gap": "a5",
}  # fmt: skip
LISTS = (
    ("to-gap", "benefits", (2, 3, 4, 5)),
    ("to-gap", "steps", (3, 4, 5, 6)),
    ("to-gap", "facts", (0, 1, 2, 3)),
    ("ap-phich", "points", (0, 1, 2, 3, 4)),
    ("the-bo-tui", "points", (2, 3, 4)),
    ("qr-diem", "steps", (0, 1, 2, 3)),
    ("so-tay", "sections", (1, 4, 14)),
)
LONG_LINK = "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc.html?ma_thu_tuc=1.001193&don_vi=xa-ea-kao&kenh=qr"


def found(ws: Workspace, name: str, variant: Any = "", brand: str = "", **changes: Any) -> list[Problem]:
    return check_document(design(ws, order(f"documents/{name}", FORMS[name], variant, brand, **changes)))


@pytest.mark.parametrize(
    ("name", "field", "count"), [(name, field, count) for name, field, counts in LISTS for count in counts]
)
def test_a_document_takes_as_many_entries_as_it_says(ws: Workspace, name: str, field: str, count: int) -> None:
    rows = sample(f"documents/{name}")[field] * 3
    assert found(ws, name, **{field: rows[:count]}) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_document_does_without_what_it_does_not_require(ws: Workspace, name: str) -> None:
    wanted = {"unit", "title", "body", "sections", "benefits", "steps", "steps_title", "back_title", "points", "qr"}
    wanted |= {"times", "days"}
    bare = {field: "" for field, value in sample(f"documents/{name}").items() if field not in wanted and value}
    assert found(ws, name, **{**bare, **({"facts": []} if "facts" in bare else {}), **_no_places(bare)}) == []


def _no_places(bare: dict[str, str]) -> dict[str, Any]:
    return {"places": []} if "places" in bare else {}


@pytest.mark.parametrize("name", FORMS)
def test_communes_with_hostile_names_fit_every_document(ws: Workspace, name: str) -> None:
    for unit in units(40):
        assert found(ws, name, unit=unit) == [], unit["name"]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("brand", ["", "tre-xanh"])
@pytest.mark.parametrize("variant", ["", "elder"])
def test_a_document_stands_in_both_brands_and_for_elder_readers(
    ws: Workspace, name: str, brand: str, variant: str
) -> None:
    assert found(ws, name, variant, brand) == []


@pytest.mark.parametrize("name", ["to-gap", "qr-diem", "the-bo-tui", "ap-phich", "so-tay"])
def test_a_long_link_still_makes_a_code_that_prints(ws: Workspace, name: str) -> None:
    assert found(ws, name, qr=LONG_LINK) == []


def test_a_long_broadcast_goes_on_more_sheets_and_is_signed_on_the_last(ws: Workspace) -> None:
    body = sample("documents/phieu-phat-thanh")["body"]
    assert found(ws, "phieu-phat-thanh", body=body * 3) == []
