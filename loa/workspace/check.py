"""What ``loa.yaml`` says about other things: units, files, names of secrets. All problems at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from loa.errors import Place, Problem, ProblemsFound, WorkspaceError
from loa.reader import Loaded
from loa.workspace.accounts import PlacedAccount, read_accounts, secret_problems, written_accounts
from loa.workspace.alerting import alert_problems
from loa.workspace.brands import brand_problems
from loa.workspace.delegations import delegation_problems
from loa.workspace.media import media_problems
from loa.workspace.paths import inside
from loa.workspace.settings import Settings
from loa.workspace.units import PlacedUnit, doubles, read_units, unknown_unit


def read_all_units(root: Path, loaded: Loaded[Settings]) -> tuple[list[PlacedUnit], list[Problem]]:
    """The units of the CSV file and those written in ``loa.yaml``, and what could not be read of them."""
    written = [
        PlacedUnit(unit, _yaml_placer(loaded, ("units", "list", number)))
        for number, unit in enumerate(loaded.value.units.list)
    ]
    name = loaded.value.units.file
    if not name:
        return written, []
    wrong_file = _file_problems(root, name, loaded.place_of(("units", "file")))
    if wrong_file:
        return written, wrong_file
    try:
        return [*read_units(root / name, name), *written], []
    except ProblemsFound as found:
        return written, list(found.problems())


def read_all_accounts(root: Path, loaded: Loaded[Settings]) -> tuple[list[PlacedAccount], list[Problem]]:
    """The accounts of ``loa.yaml`` and of the CSV file that it names, and what could not be read of them."""
    written, name = written_accounts(loaded), loaded.value.accounts_file
    if not name:
        return written, []
    wrong_file = _file_problems(root, name, loaded.place_of(("accounts_file",)))
    if wrong_file:
        return written, wrong_file
    try:
        return [*written, *read_accounts(root / name, name)], []
    except ProblemsFound as found:
        return written, list(found.problems())


def settings_problems(
    root: Path, loaded: Loaded[Settings], placed: Sequence[PlacedUnit], accounts: Sequence[PlacedAccount]
) -> list[Problem]:
    """Problems of the references in ``loa.yaml``; those to units are left out where the units could not be read."""
    settings = loaded.value
    problems = doubles((each.account.id, each.place("id")) for each in accounts)
    problems += doubles((item.id, loaded.place_of(("reviewers", n, "id"))) for n, item in enumerate(settings.reviewers))
    problems += delegation_problems(loaded)
    problems += _list_problems(root, loaded)
    problems += secret_problems(accounts)
    problems += _voice_problems(root, loaded)
    problems += alert_problems(loaded)
    problems += media_problems(loaded)
    if settings.holidays_file:
        problems += _file_problems(root, settings.holidays_file, loaded.place_of(("holidays_file",)))
    problems += brand_problems(root, settings.brand, loaded.place_of(("brand",)))
    for item in placed:
        problems += brand_problems(root, item.unit.brand, item.place("brand"))
        if item.unit.logo:
            problems += [each for each in _logo_problems(root, item) if each.code != "E285"]
    return problems + (_unit_references(loaded, accounts, {item.unit.code for item in placed}) if placed else [])


def unit_flaws(root: Path, placed: Sequence[PlacedUnit]) -> tuple[Problem, ...]:
    """What is wrong with one unit and holds up no other: a logo that is not there."""
    found = (problem for item in placed if item.unit.logo for problem in _logo_problems(root, item))
    return tuple(problem for problem in found if problem.code == "E285")


def _logo_problems(root: Path, item: PlacedUnit) -> list[Problem]:
    words = {"file": item.unit.logo, "unit": item.unit.name}
    found = _file_problems(root, item.unit.logo, item.place("logo"))
    return [replace(each, code="E285", params=words) if each.code == "E216" else each for each in found]


def _unit_references(loaded: Loaded[Settings], accounts: Sequence[PlacedAccount], codes: set[str]) -> list[Problem]:
    named: list[tuple[str, Place | None]] = [(loaded.value.body.unit, loaded.place_of(("body", "unit")))]
    named += [(each.account.unit, each.place("unit")) for each in accounts if each.account.unit not in codes]
    return [unknown_unit(code, codes, place) for code, place in named if code not in codes]


def _list_problems(root: Path, loaded: Loaded[Settings]) -> list[Problem]:
    """Lists whose people nobody has a reason to write to, and files that are not there."""
    lists = loaded.value.lists
    problems = doubles((each.id, loaded.place_of(("lists", n, "id"))) for n, each in enumerate(lists))
    for number, each in enumerate(lists):
        if not each.consent.strip() and not each.legal_basis.strip():
            problems.append(Problem("E710", {"list": each.id}, loaded.place_of(("lists", number, "id"))))
        if each.file:
            problems += _file_problems(root, each.file, loaded.place_of(("lists", number, "file")))
    return problems


def _voice_problems(root: Path, loaded: Loaded[Settings]) -> list[Problem]:
    """A voice that could not start for want of a setting."""
    voice = loaded.value.voice
    if voice.engine == "piper" and not voice.model:
        return [Problem("E478", {"engine": "piper", "key": "model"}, loaded.place_of(("voice", "engine")))]
    words = " ".join(voice.command)
    if voice.engine == "command" and not all(name in words for name in ("{text}", "{sound}")):
        return [Problem("E478", {"engine": "command", "key": "command"}, loaded.place_of(("voice", "engine")))]
    return _file_problems(root, voice.model, loaded.place_of(("voice", "model"))) if voice.model else []


def _file_problems(root: Path, name: str, place: Place | None) -> list[Problem]:
    try:
        path = inside(root, name)
    except WorkspaceError as error:
        return [Problem(error.code, error.params, place)]
    return [] if path.is_file() else [Problem("E216", {"file": name}, place)]


def _yaml_placer(loaded: Loaded[Settings], loc: tuple[str | int, ...]) -> Callable[[str], Place | None]:
    return lambda key: loaded.place_of((*loc, key))
