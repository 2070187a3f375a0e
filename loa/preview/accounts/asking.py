"""Asking an account how it is, now, because a person wants to know."""

from __future__ import annotations

from datetime import timedelta

from loa import store
from loa.dispatch import Desk
from loa.dispatch.audit import note_deed
from loa.dispatch.health import examine
from loa.errors import LoaError
from loa.preview.visits import Visit

_PATIENCE = timedelta(seconds=20)
"""Somebody waits before the page."""


def ask_again(desk: Desk, visit: Visit, account: str) -> tuple[str, str]:
    """Ask the channel about ``account`` and write down what it says; what was done, in Vietnamese and English.

    Raises:
        LoaError: E804, there is no such account.
    """
    names = {each.id: each.name for each in desk.workspace.settings.accounts}
    if account not in names:
        raise LoaError("E804")
    for each, lines in examine(desk, [account], _PATIENCE).items():
        store.replace_health(desk.book, each, lines)
    note_deed(desk, visit, "ask account", account)
    return (f"Đã hỏi lại tài khoản {names[account]}.", f"{names[account]} was asked again.")
