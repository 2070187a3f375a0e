"""``{{ name }}`` → its value. Plain substitution: there is nothing here that could run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from loa.errors import Place, Problem, ProblemsFound
from loa.reader import closest

_FIELD = re.compile(r"\{\{([^{}\n]*)\}\}")
_OPEN = re.compile(r"\{\{|\}\}")


def fill(text: str, fields: Mapping[str, str], place: Place) -> str:
    """``text`` with every field replaced by its value; a value is never read for fields again.

    Raises:
        ProblemsFound: fields without a value, at ``place``.
    """
    problems = [
        *(unknown_field(name, fields, place) for name, _ in names_in(text) if name not in fields),
        *(Problem("E237", {}, place) for _ in half_open(text)),
    ]
    if problems:
        raise ProblemsFound(problems)
    return substitute(text, lambda name: fields[name])


def substitute(text: str, value: Callable[[str], str]) -> str:
    """``text`` with every field replaced by what ``value`` says of its name."""
    return _FIELD.sub(lambda found: value(found[1].strip()), text)


def names_in(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The names of the fields in ``text``, each with its first and last position."""
    for found in _FIELD.finditer(text):
        yield found[1].strip(), found.span()


def half_open(text: str) -> Iterator[int]:
    """Where braces open or close no field."""
    if "{{" in text or "}}" in text:
        blank = _FIELD.sub(lambda found: " " * len(found[0]), text)
        yield from (found.start() for found in _OPEN.finditer(blank))


def unknown_field(name: str, known: Mapping[str, object], place: Place) -> Problem:
    """The problem of a name that no field has; of many fields, those of the same family are told."""
    family = name.partition(".")[0] + "."
    accepted = tuple(field for field in known if field.startswith(family)) or tuple(known)
    return Problem("E235", {"name": name}, place, accepted, closest(name, known))
