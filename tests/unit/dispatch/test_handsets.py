"""What reviewers see of a message: its parts as handsets get them, and its price."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.office import make_office, replace_in

from loa.dispatch.handsets import message_view
from loa.wiring.cards import cards
from loa.workspace import Workspace, open_workspace


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return open_workspace(make_office(tmp_path))


def packed(text: str, settings: dict[str, str] | None = None, **options: str) -> dict[str, Any]:
    return {
        "text": text,
        "options": options,
        "account": {"settings": {"brandname": "TINHMAU", **(settings or {})}},
        "recipients": {"count": 1000},
    }


def test_the_parts_are_those_that_leave(office: Workspace) -> None:
    seen = message_view(office, cards()["sms"], packed("đ" * 71))
    assert seen is not None
    assert (seen.sender, seen.alphabet, seen.units, seen.parts) == ("TINHMAU", "UCS-2", 71, ("đ" * 67, "đ" * 4))
    assert (seen.parts_total, seen.cost) == (2000, None)


def test_the_price_of_the_account_goes_before_that_of_the_channel(office: Workspace) -> None:
    settings = 'channels:\n  sms: {settings: {price_per_part: "250"}}\nreviewers:'
    replace_in(office.root / "loa.yaml", "reviewers:", settings)
    priced = open_workspace(office.root)
    card = cards()["sms"]
    of_channel = message_view(priced, card, packed("Ha Nam"))
    of_account = message_view(priced, card, packed("Ha Nam", {"price_per_part": "350.5"}))
    assert of_channel is not None
    assert of_channel.cost == Decimal(250_000)
    assert of_account is not None
    assert of_account.cost == Decimal(350_500)


def test_what_operators_add_to_advertising_shortens_the_first_part(office: Workspace) -> None:
    seen = message_view(office, cards()["sms"], packed("a" * 123, **{"class": "advertising"}))
    assert seen is not None
    assert list(map(len, seen.parts)) == [115, 8]


def test_a_post_has_no_parts(office: Workspace) -> None:
    assert message_view(office, cards()["facebook"], packed("Chào")) is None
