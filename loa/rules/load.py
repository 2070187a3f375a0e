"""The rule sets that there are: those that the program brings, and those of the workspace's ``rules/`` over them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from loa.errors import LoaError, Place, Problem, ProblemsFound
from loa.reader import load, sha256_file
from loa.rules.model import RuleSet
from loa.rules.schema import RuleFile, class_problems, rule_set
from loa.workspace import Workspace

_BROUGHT = Path(__file__).parent / "data"
_STALE_MONTHS = 12
_Stamp = tuple[int, int, int]


def rules_in_force(workspace: Workspace, day: date) -> RuleSet:
    """The rules of a day (local): the newest that is valid by then.

    Raises:
        ProblemsFound: a file of rules has problems.
        LoaError: E791, there are none for a day so early.
    """
    valid = [rules for rules in known_rules(workspace) if rules.valid_from <= day]
    if not valid:
        raise LoaError("E791", day=day.isoformat())
    return max(valid, key=lambda rules: rules.valid_from)


def rules_by_id(workspace: Workspace, rules_id: str) -> RuleSet | None:
    """The rules of this id; None where nobody has them any more.

    Raises:
        ProblemsFound: a file of rules has problems.
    """
    return next((rules for rules in known_rules(workspace) if rules.id == rules_id), None)


def known_rules(workspace: Workspace) -> tuple[RuleSet, ...]:
    """Every rule set, the oldest first.

    Raises:
        ProblemsFound: a file of rules has problems.
    """
    found, problems = read_rules(workspace)
    if problems:
        raise ProblemsFound(problems)
    return found


def rules_file(workspace: Workspace, rules_id: str) -> Path | None:
    """The file that says the rules of this id."""
    found, _ = _read_all(workspace)
    return found[rules_id][1] if rules_id in found else None


def read_rules(workspace: Workspace) -> tuple[tuple[RuleSet, ...], list[Problem]]:
    """The rule sets that can be read, the oldest first, and what is wrong with the files."""
    found, problems = _read_all(workspace)
    return tuple(sorted((rules for rules, _ in found.values()), key=lambda rules: rules.valid_from)), problems


def _read_all(workspace: Workspace) -> tuple[dict[str, tuple[RuleSet, Path]], list[Problem]]:
    found: dict[str, tuple[RuleSet, Path]] = {}
    problems: list[Problem] = []
    for path in _files(workspace):
        shown = workspace.shown(path)
        try:
            rules = _read(path, shown, _stamp(path))
        except ProblemsFound as error:
            problems += error.problems()
            continue
        problems += _clashes(workspace, rules, shown, found)
        found.setdefault(rules.id, (rules, path))
    return found, problems


def _clashes(
    workspace: Workspace, rules: RuleSet, shown: str, found: dict[str, tuple[RuleSet, Path]]
) -> Iterator[Problem]:
    """Two files of one id must be the same file; two rule sets may not begin on one day."""
    for other, path in found.values():
        params = {"id": other.id, "file": workspace.shown(path), "day": rules.valid_from.isoformat()}
        if other.id == rules.id and other.sha256 != rules.sha256:
            yield Problem("E790", params, Place(shown))
        if other.id != rules.id and other.valid_from == rules.valid_from:
            yield Problem("E792", params, Place(shown))


def is_stale(rules: RuleSet, today: date) -> bool:
    """Whether nobody has looked at the law for more than twelve months."""
    months = (today.year - rules.checked_on.year) * 12 + today.month - rules.checked_on.month
    return (months, today.day) > (_STALE_MONTHS, rules.checked_on.day)


def _files(workspace: Workspace) -> list[Path]:
    own = (path for path in workspace.rules.rglob("*") if path.suffix.lower() in (".yaml", ".yml"))
    return [*sorted(_BROUGHT.glob("*.yaml")), *sorted(path for path in own if not path.name.startswith((".", "~")))]


def _stamp(path: Path) -> _Stamp:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size


@lru_cache(maxsize=64)
def _read(path: Path, shown: str, stamp: _Stamp) -> RuleSet:  # noqa: ARG001 - a file that moved on is read anew
    if path.suffix != ".yaml":  # a file that is silently left out is a rule that silently does not hold
        raise ProblemsFound([Problem("E793", {"name": path.with_suffix(".yaml").name}, Place(shown))])
    loaded = load(path, RuleFile, shown)
    if problems := list(class_problems(loaded)):
        raise ProblemsFound(problems)
    return rule_set(loaded.value, sha256_file(path))
