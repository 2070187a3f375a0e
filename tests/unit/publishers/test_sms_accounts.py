"""An account of SMS is checked, and its horn built, by the gateway that it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support.scripted_gateway import NOW, batch

from loa.campaign import check_campaigns
from loa.clock import SimulatedClock
from loa.sandbox import overrides
from loa.wiring.cards import cards
from loa.wiring.desks import SANDBOX_TOKEN, open_desk
from loa.wiring.probe import servers
from loa.workspace import Workspace, open_workspace
from publishers.sms import GATEWAYS
from publishers.sms.horn import REHEARSAL_SECRET

LOA_YAML = """\
body: {{name: Ủy ban nhân dân tỉnh Nghệ An, short_name: UBND tỉnh, unit: tinh}}
units: {{list: [{{code: tinh, name: Tỉnh Nghệ An}}]}}
accounts:
  - id: sms-tinh
    channel: sms
    unit: tinh
    name: Tin nhắn tỉnh
    settings: {{{settings}}}
    secrets: {{{secrets}}}
"""
KANNEL = {"gateway": "kannel", "brandname": "NGHEAN", "username": "loa"}


@dataclass
class Office:
    """A workspace with one account of SMS."""

    workspace: Workspace

    def told(self) -> list[tuple[str, str, str]]:
        """Code, what is named, and the guess of each problem."""
        found = check_campaigns(self.workspace, (), cards())
        return [(each.code, str(each.params["name"]), each.suggestion) for each in found]


@pytest.fixture
def office(tmp_path: Path) -> Callable[..., Office]:
    def made(settings: Mapping[str, str], *secrets: str) -> Office:
        words = {
            "settings": ", ".join(f"{name}: {value}" for name, value in settings.items()),
            "secrets": ", ".join(f"{role}: khoa-{role.replace('_', '-')}" for role in secrets),
        }
        (tmp_path / "loa.yaml").write_text(LOA_YAML.format(**words), encoding="utf-8")
        return Office(open_workspace(tmp_path))

    return made


def test_without_a_name_it_is_esms(office: Callable[..., Office]) -> None:
    assert office({"brandname": "NGHEAN"}, "api_key", "secret_key").told() == []
    assert [each[:2] for each in office({"brandname": "NGHEAN"}).told()] == [
        ("E251", "api_key"),
        ("E251", "secret_key"),
    ]


def test_each_gateway_asks_for_its_own(office: Callable[..., Office]) -> None:
    assert office(KANNEL, "password").told() == []
    assert [each[:2] for each in office({"gateway": "kannel", "brandname": "NGHEAN"}, "api_key").told()] == [
        ("E250", "username"),
        ("E251", "password"),
    ]


def test_a_gateway_that_does_not_exist_is_told_with_a_guess(office: Callable[..., Office]) -> None:
    assert office({"gateway": "kanel"}).told() == [("E747", "gateway", "kannel")]


def test_its_horn_has_its_own_secrets_and_no_others(office: Callable[..., Office], monkeypatch: Any) -> None:
    monkeypatch.setenv("LOA_SECRET_KHOA_PASSWORD", "mat-khau")
    desk = open_desk(office(KANNEL, "password").workspace, SimulatedClock(NOW))
    assert desk.publisher_of("sms-tinh").card is GATEWAYS["kannel"]


def test_in_a_rehearsal_every_gateway_is_the_sandbox_and_every_secret_says_so(office: Callable[..., Office]) -> None:
    """The horns know a rehearsal by its secrets: the desk and they must mean the same beginning."""
    assert SANDBOX_TOKEN == REHEARSAL_SECRET
    sandbox = overrides("http://127.0.0.1:9")
    for name, card in GATEWAYS.items():
        settings = dict.fromkeys(card.account_settings, "thu") | {"gateway": name}
        workspace = office(settings, *card.account_secrets).workspace
        horn: Any = open_desk(workspace, SimulatedClock(NOW), sandbox=sandbox).publisher_of("sms-tinh")
        assert (horn.submit(batch()).ending.code, horn.card) == ("E601", card)
        assert servers(workspace, None) == tuple(dict.fromkeys(_server(card)))


def _server(card: Any) -> list[str]:
    address = dict(card.host_settings)[card.host_settings[0][0]]
    return ["/".join(address.split("/")[:3])]
