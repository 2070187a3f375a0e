"""Who approves in whose name, as ``loa.yaml`` says it: only people who are listed, for another, for a span of days."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from loa.errors import Problem
from loa.reader import Loaded
from loa.workspace.settings import Settings


def delegation_problems(loaded: Loaded[Settings]) -> Iterator[Problem]:
    """People who are not listed or the same twice, and ends before beginnings."""
    known = [each.id for each in loaded.value.reviewers]
    for number, each in enumerate(loaded.value.delegations):
        for key, person in (("from", each.given_by), ("to", each.to)):
            if person not in known or (key == "to" and person == each.given_by):
                others = [name for name in known if name != each.given_by or key == "from"]
                place = loaded.place_of(("delegations", number, key))
                yield Problem("E815", {"value": person}, place, tuple(others), _near(person, others))
        if each.until < each.since:
            dates = {"start": each.since.isoformat(), "end": each.until.isoformat()}
            yield Problem("E820", dates, loaded.place_of(("delegations", number, "until")))


def _near(person: str, known: list[str]) -> str:
    return next(iter(get_close_matches(person, known, n=1, cutoff=0.6)), "")
