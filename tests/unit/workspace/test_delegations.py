"""Roles and delegations in loa.yaml: what is wrong is told with its place and what would do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loa.errors import Problem, ProblemsFound
from loa.workspace import open_workspace

PEOPLE = "  - id: anh-hai\n    name: Nguyễn Văn Hải\n"
TWO = PEOPLE + "  - id: chi-ba\n    name: Lê Thị Ba\n    roles: [author]\n"


def problems(make: Callable[..., Path], after: str) -> list[Problem]:
    root = make()
    settings = root / "loa.yaml"
    text = settings.read_text(encoding="utf-8")
    assert PEOPLE in text
    settings.write_text(text.replace(PEOPLE, after), encoding="utf-8")
    try:
        open_workspace(root)
    except ProblemsFound as found:
        return list(found.problems())
    return []


def delegation(**changes: str) -> str:
    values = {"from": "anh-hai", "to": "chi-ba", "since": "2026-11-01", "until": "2026-11-30"} | changes
    return TWO + "delegations:\n  - {" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}\n"


def test_people_with_roles_and_a_delegation_are_in_order(make: Callable[..., Path]) -> None:
    assert problems(make, delegation()) == []
    assert problems(make, delegation(until="2026-11-01")) == [], "one day is a span too"


@pytest.mark.parametrize(
    ("changes", "code", "suggestion"),
    [
        ({"to": "chi-b"}, "E815", "chi-ba"),
        ({"from": "anh-hay"}, "E815", "anh-hai"),
        ({"to": "anh-hai"}, "E815", ""),
        ({"until": "2026-10-31"}, "E820", ""),
    ],
)
def test_a_delegation_that_cannot_be_is_told_where_it_stands(
    make: Callable[..., Path], changes: dict[str, str], code: str, suggestion: str
) -> None:
    (found,) = problems(make, delegation(**changes))

    assert (found.code, found.suggestion) == (code, suggestion)
    assert found.place is not None
    assert found.place.file == "loa.yaml"
    assert next(iter(changes.values())) in found.place.source_line


def test_a_role_that_there_is_not_is_told_with_those_there_are(make: Callable[..., Path]) -> None:
    (found,) = problems(make, TWO.replace("[author]", "[boss]"))

    assert found.place is not None
    assert "boss" in found.place.source_line
    assert set(found.accepted) >= {"author", "reviewer", "publisher", "admin"}
