"""Terms that were renamed on a day: those that the program brings, and the office's own ``terms.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from loa.errors import Problem, ProblemsFound
from loa.reader import load
from loa.reader.fields import Day, Model, Text
from loa.workspace import Workspace

TERMS_FILE = "terms.yaml"
_OURS = Path(__file__).parent / "data" / TERMS_FILE


class Term(Model):
    """A way to call something that was replaced on a day."""

    old: tuple[Text, ...] = Field(min_length=1, description="Cách gọi cũ")
    new: Text = Field(description="Cách gọi nay")
    since: Day = Field(description="Từ ngày nào")
    source: Text = Field(description="Theo văn bản nào")


class TermFile(Model):
    """A file of renamed terms."""

    terms: tuple[Term, ...] = Field(description="Từ ngữ đã đổi")


@dataclass(frozen=True, slots=True)
class Use:
    """An old term where it stands in a text."""

    start: int
    written: str
    term: Term


def terms_of(ws: Workspace) -> tuple[tuple[Term, ...], list[Problem]]:
    """All terms, and what is wrong with the office's own file."""
    own = ws.root / TERMS_FILE
    if not own.is_file():
        return _ours(), []
    try:
        return (*load(own, TermFile, TERMS_FILE).value.terms, *_ours()), []
    except ProblemsFound as found:
        return _ours(), list(found.problems())


def old_terms(text: str, terms: tuple[Term, ...], day: date) -> Iterator[Use]:
    """The terms of ``text`` that were replaced on ``day`` or before; of two that begin at one place, the longer."""
    taken = -1
    uses = (use for term in terms if term.since <= day for use in _uses(text, term))
    for use in sorted(uses, key=lambda use: (use.start, -len(use.written))):
        if use.start >= taken:
            taken = use.start + len(use.written)
            yield use


def _uses(text: str, term: Term) -> Iterator[Use]:
    for found in _pattern(term.old).finditer(text):
        yield Use(found.start(), found[0], term)


@lru_cache(maxsize=512)
def _pattern(old: tuple[str, ...]) -> re.Pattern[str]:
    """These words as they may stand in a text: a plan is looked through for every term, text by text."""
    words = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in sorted(old, key=len, reverse=True))
    # What the file writes in capitals is a name and is looked for as it is; other words in any case.
    flags = re.IGNORECASE if old[0].islower() else re.NOFLAG
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", flags)


@lru_cache(maxsize=1)
def _ours() -> tuple[Term, ...]:
    return load(_OURS, TermFile, TERMS_FILE).value.terms
