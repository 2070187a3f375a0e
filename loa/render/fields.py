"""The data of an order against the fields of its template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from loa.errors import Problem, ProblemsFound, RenderError
from loa.render.order import Order
from loa.render.template import FieldSpec


def field_problems(fields: Mapping[str, FieldSpec], order: Order) -> list[Problem]:
    """Fields that are missing, too long, or of the wrong kind."""
    problems = []
    for name, spec in fields.items():
        value: Any = order.data.get(name, "")
        params = {"template": order.template, "field": name, "about": spec.about, "most": str(spec.most)}
        if spec.required and not value:
            problems.append(Problem("E403", params))
        elif value and spec.list_ != isinstance(value, list | tuple):
            problems.append(Problem("E404", params))
        elif value and spec.most and len(value) > spec.most:
            problems.append(Problem("E405", {**params, "length": str(len(value))}))
    return problems


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
