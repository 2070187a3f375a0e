"""One round: what is seen is brought into the book, and what is due to be told is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from loa import logs, store
from loa.alerts.notice import Notice, notices_of
from loa.dispatch import Desk
from loa.errors import LoaError
from loa.store import alerts as rows_of
from loa.store.alerts import Seen


@dataclass(frozen=True, slots=True)
class Way:
    """A way to the office. ``id`` stays the same as long as ``loa.yaml`` does; ``tell`` raises LoaError E999."""

    id: str
    name: str
    """For people: where it leads, without anything secret."""
    kinds: Collection[str]
    tell: Callable[[Notice], None]


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did: notices told, and the troubles of ways that could not be used."""

    told: int
    failed: tuple[tuple[str, LoaError], ...] = ()


def tell_round(desk: Desk, ways: Sequence[Way], seen: Sequence[Seen]) -> Round:
    """Bring ``seen`` into the book and tell on each way what it has not been told."""
    now = desk.clock.now()
    rows_of.forget_ways(desk.book, [f"{way.id}|" for way in ways])
    wanted = [replace(each, key=f"{way.id}|{each.key}") for way in ways for each in seen if each.kind in way.kinds]
    rows_of.bring_up(desk.book, wanted, now)
    rounds = [_tell(desk, way) for way in ways]
    return Round(sum(each.told for each in rounds), tuple(trouble for each in rounds for trouble in each.failed))


def _tell(desk: Desk, way: Way) -> Round:
    told, failed = 0, []
    office = office_of(desk)
    for notice, rows in notices_of(office, rows_of.take_due(desk.book, f"{way.id}|", desk.clock.now())):
        try:
            way.tell(notice)
        except LoaError as error:
            failed.append((way.name, error))
            logs.tell("alert_not_told", "error", way=way.id, kind=rows[0].kind, code=error.code, count=len(rows))
            rows_of.was_not_told(desk.book, rows, error.code, desk.clock.now())
        else:
            told += 1
            logs.tell("alert_told", "warning", way=way.id, kind=rows[0].kind, count=len(rows))
            rows_of.was_told(desk.book, rows, desk.clock.now())
    return Round(told, tuple(failed))


def office_of(desk: Desk) -> str:
    """The office as alerts name it; a practice run is told apart."""
    name = desk.workspace.settings.body.short_name
    return f"{name} (BÃI TẬP)" if store.is_of_sandbox(desk.book) else name
