"""The data of an order against the fields of its template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from loa.errors import Problem, ProblemsFound, RenderError
from loa.render.order import Order
from loa.render.template import FieldSpec
from loa.text import UNPRINTABLE

_LONGEST, _MOST, _DEEPEST = 100_000, 5_000, 8
"""A booklet is one text of some tens of thousands of letters; whatever is longer is no text for print."""


def field_problems(fields: Mapping[str, FieldSpec], order: Order) -> list[Problem]:
    """Fields that are missing, too long, of the wrong kind, or not fit for print at all."""
    problems = []
    for name, spec in fields.items():
        value: Any = order.data.get(name, "")
        params = {"template": order.template, "field": name, "about": spec.about, "most": str(spec.most)}
        if spec.required and not value:
            problems.append(Problem("E403", params))
        elif value and spec.list_ != isinstance(value, list | tuple):
            problems.append(Problem("E404", params))
        elif value and spec.list_ and len(value) < spec.least:
            problems.append(Problem("E438", {**params, "length": str(len(value)), "least": str(spec.least)}))
        elif value and spec.most and len(value) > spec.most:
            problems.append(Problem("E405", {**params, "length": str(len(value))}))
    return problems or list(_unfit(order))


def _unfit(order: Order) -> Iterator[Problem]:
    """Of each field, that it is longer than any template could need, or has letters that nobody can see or set."""
    for name, value in order.data.items():
        params = {"template": order.template, "field": str(name)[:60], "most": str(_LONGEST)}
        texts = list(islice(_texts(value, 1), _MOST + 1))
        if len(texts) > _MOST or any(text is None or len(text) > _LONGEST for text in texts):
            yield Problem("E426", params)
        elif found := next((match for text in texts if (match := UNPRINTABLE.search(text or ""))), None):
            yield Problem("E429", {**params, "sign": " ".join(f"U+{ord(letter):04X}" for letter in found[0][:2])})


def _texts(value: object, depth: int) -> Iterator[str | None]:
    """Every text of a field; None where records stand in records without end."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        if depth > _DEEPEST:
            yield None
            return
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner, depth + 1)


def refuse(problems: Sequence[Problem]) -> None:
    """Raise what was found: one as itself, several as one.

    Raises:
        RenderError: there is one.
        ProblemsFound: there are several.
    """
    if len(problems) == 1:
        raise RenderError(problems[0].code, **problems[0].params)
    if problems:
        raise ProblemsFound(problems)
