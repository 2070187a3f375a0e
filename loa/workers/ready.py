"""Is this machine fit to work: the same book, key, version and secrets as the leader's. Everything missing at once."""

from __future__ import annotations

from importlib.metadata import version

from loa import store
from loa.dispatch import Desk
from loa.dispatch.lead import VERSION
from loa.engine import jobs
from loa.errors import LoaError, Problem, StoreError


def require_same_version(desk: Desk) -> None:
    """Lay out the engine's tables where nobody has yet.

    Raises:
        StoreError: E973, the leader is of another version of Loa, or its engine is.
    """
    led_by, ours = led_by_another(desk), version("loa")
    with desk.book.write() as connection:
        if not jobs.laid_out(connection):
            jobs.lay_out(connection)
        same_engine = jobs.laid_out(connection) == jobs.version()
    if led_by or not same_engine:
        raise StoreError("E973", found=led_by or "?", wanted=ours)


def led_by_another(desk: Desk) -> str:
    """The version of Loa that leads, where it is not ours; else empty."""
    led_by = store.read_note(desk.book, VERSION)
    return "" if led_by == version("loa") else led_by


def missing(desk: Desk) -> list[Problem]:
    """What this machine lacks to send for the accounts of the workspace: secrets, the key of the numbers."""
    problems: list[Problem] = []
    try:
        store.bind_key(desk.book, desk.vault)
    except StoreError as error:
        problems.extend(error.problems())
    for account in desk.workspace.settings.accounts:
        try:
            desk.publisher_of(account.id)
        except LoaError as error:
            problems.extend(error.problems())
    return problems
