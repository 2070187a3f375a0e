"""What the log is told of the book: the moves of a transaction, when it is on the disk, put together by what they are.

Sixty-four sendings that were answered in one transaction are one line. Names of people and texts stay in the book.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import sqlalchemy as sa

from loa import logs
from loa.delivery import State

_EVENTS = "loa_events"
_SHOWN = ("reason", "code", "account", "accounts", "until")
"""The parameters of an event that are names and moments, never a person's words."""
_LEVELS: Mapping[str, logs.Level] = {
    State.REFUSED: "error",
    State.UNKNOWN: "error",
    State.HUMAN: "error",
    State.MISSED: "error",
    State.HELD: "warning",
    State.RETRY_LATER: "warning",
    "stop": "warning",
    "pause_account": "error",
}
_MACHINE = "máy"
_Group = tuple[str, str, str, bool, tuple[tuple[str, str], ...]]


class Told(Protocol):
    """An event as far as the log is concerned."""

    @property
    def actor(self) -> str: ...
    @property
    def cause(self) -> str: ...
    @property
    def delivery_id(self) -> int | None: ...
    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...
    @property
    def params(self) -> Mapping[str, str]: ...


def gather(connection: sa.Connection, events: Sequence[Told]) -> None:
    """Have events told when this transaction is on the disk; nothing where it is undone or nobody reads the log."""
    if logs.is_open():
        connection.info.setdefault(_EVENTS, []).extend(events)


def gathered(connection: sa.Connection) -> list[Told]:
    """The events of this transaction; they are forgotten by the connection."""
    found: list[Told] = connection.info.pop(_EVENTS, [])
    return found


def tell_moves(events: Sequence[Told]) -> None:
    """One line for all events that are alike."""
    groups: dict[_Group, list[int]] = {}
    for each in events:
        known = tuple((name, each.params[name]) for name in _SHOWN if name in each.params)
        alike = (each.cause, each.before, each.after, each.actor == _MACHINE, known)
        groups.setdefault(alike, []).append(each.delivery_id or 0)
    for (cause, before, after, by_machine, known), ids in groups.items():
        fields = {name: value for name, value in (("before", before), ("after", after)) if value} | dict(known)
        if named := ranges(ids):
            fields["deliveries"] = named
        level = _LEVELS.get(after) or _LEVELS.get(cause, "info")
        logs.tell("move", level, cause=cause, count=len(ids), by="machine" if by_machine else "person", **fields)


def ranges(ids: Sequence[int]) -> str:
    """Numbers of deliveries as people write them: 1-3,7."""
    runs: list[list[int]] = []
    for each in sorted(set(ids) - {0}):
        if runs and each == runs[-1][1] + 1:
            runs[-1][1] = each
        else:
            runs.append([each, each])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
