"""Asking the imitation Zalo itself, past our horns."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from loa.delivery import Account, Equipment, Publisher
from publishers import REGISTRY
from publishers.http import Answer
from publishers.zalo import door

from .conftest import Bench


def horn_of(it: Bench, account: Account) -> Publisher:
    """A horn of another account than the bench's own."""
    return REGISTRY[it.channel].build(account, it.clock, equipment=Equipment(it.sandbox.public))


def ask(it: Bench, method: str, path: str, **parts: Any) -> dict[str, Any]:
    headers = {"access_token": it.account.secrets["access_token"], **parts.pop("headers", {})}
    found = requests.request(method, f"{it.sandbox.url}/zalo{path}", headers=headers, timeout=10, **parts)
    assert found.status_code == 200
    answer: dict[str, Any] = found.json()
    return answer


def say(monkeypatch: pytest.MonkeyPatch, path: str, found: dict[str, Any]) -> list[str]:
    """Answer the calls of one path in Zalo's place; gives the tokens that they came with."""
    asked: list[str] = []
    real = door.call

    def answer(session: requests.Session, method: str, url: str, **parts: Any) -> Answer:
        if not url.endswith(path):
            return real(session, method, url, **parts)
        asked.append(parts["headers"]["access_token"])
        return Answer(200, body=json.dumps(found).encode())

    monkeypatch.setattr(door, "call", answer)
    return asked


def set_account(it: Bench, calls_left: int | None = None, **profile: object) -> None:
    """Change what Zalo knows of the bench's account."""
    params = {} if calls_left is None else {"calls_left": str(calls_left)}
    given = {"account": it.account.settings["oa_id"], **profile}
    found = requests.post(f"{it.sandbox.url}/zalo/_loa/account", json=given, params=params, timeout=10)
    assert found.status_code == 200
