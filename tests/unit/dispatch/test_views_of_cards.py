"""What the card of a channel adds to the view of a delivery."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from support.office import replace_in

from loa.dispatch import overview, plan

from .conftest import FIRST_SLOT, Stage


def price(text: str, settings: Mapping[str, str]) -> Decimal:
    return Decimal(settings["dear"] if "https://a.vn" in text else "0.015")


@pytest.fixture
def planned(stage: Stage) -> Stage:
    replace_in(stage.root / "campaigns/thu-nghiem.yaml", "{asset: hinh/square}", "{link: https://a.vn}")
    settings = 'channels: {facebook: {settings: {dear: "0.25"}}}\naccounts:\n'
    replace_in(stage.root / "loa.yaml", "accounts:\n", settings)
    stage.open()
    plan(stage.desk, FIRST_SLOT + timedelta(days=30))
    return stage


def test_the_price_is_that_of_the_text_as_sent_with_the_workspaces_own_figures(planned: Stage) -> None:
    desk = planned.desk
    card = replace(desk.cards["facebook"], price=price)
    views = overview(desk.book, desk.workspace, cards={**desk.cards, "facebook": card})
    assert {view.item_id: view.price for view in views} == {
        "tin-mot": Decimal("0.015"),
        "tin-hai": Decimal(0),
        "tin-ba": Decimal("0.25"),
    }
    assert {view.price for view in overview(desk.book, desk.workspace)} == {Decimal(0)}


def test_what_goes_to_a_person_is_handed_over_its_lead_before_it_is_due(planned: Stage) -> None:
    desk = planned.desk
    card = replace(desk.cards["facebook"], lead=timedelta(days=2))
    views = overview(desk.book, desk.workspace, cards={**desk.cards, "facebook": card})
    assert {view.due - view.handed_at for view in views if view.handed_at} == {timedelta(days=2)}
    assert [view.item_id for view in views if view.handed_at is None] == ["tin-hai"]
