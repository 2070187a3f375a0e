"""The accounts of ``loa.yaml`` and of the file that it names, each with the way back to its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from loa.errors import Place, Problem, ProblemsFound
from loa.reader import Loaded
from loa.workspace.settings import AccountSettings, Settings
from loa.workspace.table import Row, read_table

COLUMNS = ("id", "channel", "unit", "name")
_SECRET = "secret."  # noqa: S105 - how the columns begin that name secrets
_OTHERS = re.compile(r"(?:secret\.)?[a-z][a-z0-9_]*")
"""Every other column is a setting of its own name, or names a secret."""
_SECRET_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_SECRET_NAME_LENGTH = 40
_ACCEPTED = {"id": "fb-xa-kim-lien", "channel": "facebook", "unit": "xa-kim-lien"}


class _Placer(Protocol):
    def __call__(self, *loc: str, key: bool = False) -> Place | None: ...


@dataclass(frozen=True, slots=True)
class PlacedAccount:
    """An account as written, and where each of its keys stands: ``place("unit")``, ``place("settings", "page_id")``."""

    account: AccountSettings
    place: _Placer


@dataclass(frozen=True)
class Accounts:
    """All accounts in order: those of ``loa.yaml`` first. Asked by id, or by unit and channel, without a search."""

    placed: tuple[PlacedAccount, ...]

    @cached_property
    def by_id(self) -> Mapping[str, AccountSettings]:
        return {each.account.id: each.account for each in self.placed}

    @cached_property
    def of(self) -> Mapping[tuple[str, str], tuple[AccountSettings, ...]]:
        """``(unit code, channel)`` → its accounts."""
        found: dict[tuple[str, str], tuple[AccountSettings, ...]] = {}
        for each in self.placed:
            name = (each.account.unit, each.account.channel)
            found[name] = (*found.get(name, ()), each.account)
        return found


def written_accounts(loaded: Loaded[Settings]) -> list[PlacedAccount]:
    """The accounts that ``loa.yaml`` itself lists."""
    return [PlacedAccount(each, _yaml_placer(loaded, n)) for n, each in enumerate(loaded.value.accounts)]


def read_accounts(path: Path, shown: str) -> list[PlacedAccount]:
    """The accounts of a CSV file; an empty cell is a setting that is not given.

    Raises:
        ProblemsFound: every problem of every cell.
    """
    placed: list[PlacedAccount] = []
    problems: list[Problem] = []
    try:
        rows = read_table(path, shown, COLUMNS, required=COLUMNS, others=_OTHERS)
    except ProblemsFound as found:  # what stands in such a line may be a secret that does not belong there
        raise ProblemsFound([replace(each, place=_hidden(each.place)) for each in found.problems()]) from found
    for row in rows:
        try:
            placed.append(PlacedAccount(_account(row), _csv_placer(row)))
        except ValidationError as error:
            problems += [_cell_problem(row, str(item["loc"][0])) for item in error.errors()]
    if problems:
        raise ProblemsFound(problems)
    return placed


def secret_problems(placed: Sequence[PlacedAccount]) -> Iterator[Problem]:
    """Values that look like a secret itself. Neither the problem nor its source line may repeat what stands there."""
    for each in placed:
        for key, name in each.account.secrets.items():
            if not _is_name(name):
                place = each.place("secrets", key)
                hidden = replace(place, length=1, source_line="") if place else None
                yield Problem("E217", {"key": key}, hidden, accepted=("fb-page-token",))


def _is_name(name: str) -> bool:
    return len(name) <= _SECRET_NAME_LENGTH and _SECRET_NAME.fullmatch(name) is not None


def _account(row: Row) -> AccountSettings:
    given = {column: cell.text for column, cell in row.items() if cell.text}
    return AccountSettings.model_validate(
        {name: given.get(name, "") for name in COLUMNS}
        | {
            "settings": {name: text for name, text in given.items() if _is_setting(name)},
            "secrets": {name.removeprefix(_SECRET): text for name, text in given.items() if name.startswith(_SECRET)},
        }
    )


def _is_setting(column: str) -> bool:
    return column not in COLUMNS and not column.startswith(_SECRET)


def _yaml_placer(loaded: Loaded[Settings], number: int) -> _Placer:
    return lambda *loc, key=False: loaded.place_of(("accounts", number, *loc), key=key)


def _csv_placer(row: Row) -> _Placer:
    """The cell of a key; of settings and secrets that are not given, the cell of the id."""
    leaks = any(not _is_name(cell.text) for name, cell in row.items() if name.startswith(_SECRET) and cell.text)

    def place(*loc: str, key: bool = False) -> Place | None:  # noqa: ARG001 - a cell has no key of its own
        column = {"settings": loc[-1], "secrets": f"{_SECRET}{loc[-1]}"}.get(loc[0], loc[0])
        found = (row.get(column) or row["id"]).place
        return _hidden(found) if leaks else found

    return place


def _hidden(place: Place | None) -> Place | None:
    return replace(place, source_line="") if place else None


def _cell_problem(row: Row, column: str) -> Problem:
    place, value = _csv_placer(row)(column), row[column].text
    if not value:
        return Problem("E214", {"column": column}, place)
    accepted = (_ACCEPTED[column],) if column in _ACCEPTED else ()
    return Problem("E215", {"column": column, "value": value}, place, accepted=accepted)
