"""Lengths as templates write them: finite, within reason, or the name of a token: ``$margin``."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema

_FARTHEST = 20_000
"""No box of ours is longer: a larger number is a slip, and would cost memory before the lint could tell."""


def _within(value: float) -> float:
    if not math.isfinite(value) or abs(value) > _FARTHEST:
        raise ValueError("E485")
    return value


def _number_or_token(value: object) -> object:
    if not isinstance(value, str) or value.startswith(("$", "-$")):
        return value
    try:
        number = float(value)
    except ValueError:
        raise ValueError("E485") from None
    return _within(number)


def _sides(value: str) -> str:
    for word in value.split():
        _number_or_token(word)
    return value


Length = Annotated[float | str, BeforeValidator(_number_or_token), WithJsonSchema({"type": ["number", "string"]})]
Sides = Annotated[
    str,
    StringConstraints(pattern=r"^(-?\$?[a-z0-9.-]+)( -?\$?[a-z0-9.-]+){0,3}$"),
    AfterValidator(_sides),
    WithJsonSchema({}),
]
Size = Annotated[float, AfterValidator(_within)]
