"""A letter laid out beside the plan: for papers that no slot of a campaign asks for."""

from __future__ import annotations

import hashlib
from pathlib import Path

from loa.clock import Clock
from loa.delivery import Account, Equipment, Message, Pending
from loa.errors import LoaError
from loa.workspace import AccountSettings, Workspace
from publishers import REGISTRY

CHANNEL = "letter"


def write_letter(workspace: Workspace, clock: Clock, folder: Path, title: str, text: str, account_id: str = "") -> Path:
    """Lay a letter out in ``folder``, by ``account_id`` or the first account for letters; its own folder.

    Raises:
        LoaError: E203 no such account; E946 there is none for letters; E947 it could not be written.
    """
    settings = _account(workspace, account_id)
    account = Account(settings.id, CHANNEL, settings.name, settings.settings)
    horn = REGISTRY[CHANNEL].build(account, clock, equipment=Equipment(handoff_folder=folder))
    key = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
    ending = horn.publish(Message(key, text, title=title))
    if not isinstance(ending, Pending):
        raise LoaError("E947", detail=getattr(ending, "detail", "") or getattr(ending, "code", ""))
    return folder / ending.receipt.platform_id


def _account(workspace: Workspace, account_id: str) -> AccountSettings:
    if account_id:
        return workspace.account(account_id)
    found = next((each for each in workspace.settings.accounts if each.channel == CHANNEL), None)
    if found is None:
        raise LoaError("E946")
    return found
