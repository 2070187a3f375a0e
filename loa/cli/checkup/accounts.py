"""The secrets and the accounts that use them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from loa.cli.checkup.finding import Check, of_health, trouble, well
from loa.cli.language import say
from loa.errors import LoaError

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.workspace import Workspace

_OTHERS = 0o077
"""The rights of everybody but the owner."""
_NAMED = 3
"""Accounts that are named where many lack the same secret."""


def with_secrets(workspace: Workspace) -> list[str]:
    """The accounts that lack no secret: the others cannot be asked, and ``secrets`` tells what they lack."""
    from loa.secrets import Secrets

    kept = Secrets(workspace.root, workspace.var)
    try:
        missing = {name for name in workspace.secret_names() if kept.place_of(name) is None}
    except LoaError:
        missing = set(workspace.secret_names())
    return [each.id for each in workspace.settings.accounts if not missing.intersection(each.secrets.values())]


def accounts(desk: Desk, ids: Sequence[str]) -> Iterator[Check]:
    """What each account says when it is asked."""
    from loa.dispatch import examine

    for lines in examine(desk, ids).values():
        yield from (of_health(each) for each in lines)


def secrets(workspace: Workspace) -> Iterator[Check]:
    """Where the secrets are; those that are missing are told by account. Asks nobody and for no passphrase."""
    from loa.secrets import Secrets, secret_variable

    kept = Secrets(workspace.root, workspace.var)
    try:
        places = {name: kept.place_of(name) for name in workspace.secret_names()}
    except LoaError as error:
        yield trouble("secrets", "file", error)
        return
    found = Counter(str(place) for place in places.values() if place)
    told = ", ".join(f"{place} {count}" for place, count in sorted(found.items()))
    words = say(f"có {found.total()}/{len(places)}", f"{found.total()} of {len(places)}")
    yield well("secrets", "places", f"{words}: {told}" if told else words)
    for name, asked_by in workspace.secret_names().items():
        if not places[name]:
            who = ", ".join(asked_by[:_NAMED]) + (" …" if len(asked_by) > _NAMED else "")
            params = {"account": who, "secret": name, "variable": secret_variable(name), "detail": name}
            yield Check("secrets", name, "stop", "E704", params)
    yield from _open_to_others(workspace)


def _open_to_others(workspace: Workspace) -> Iterator[Check]:
    """Files that hold secrets and that other users could read (where the system has such rights)."""
    if os.name != "posix":
        return
    named = os.environ.get("LOA_PASSPHRASE_FILE")
    for path in (workspace.var / "secrets.enc", workspace.var / "vault.key", Path(named) if named else None):
        if path and path.exists() and path.stat().st_mode & _OTHERS:
            place = workspace.shown(path)
            yield Check("secrets", path.name, "warning", "E939", {"place": place, "detail": place})
