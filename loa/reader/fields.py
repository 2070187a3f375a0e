"""Field types of the staff's files. YAML gives strings; these decide what a string means (house rule 6)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, StringConstraints, WithJsonSchema

_YES = frozenset({"có", "yes", "true"})
_NO = frozenset({"không", "no", "false"})
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class Model(BaseModel):
    """A frozen record that knows all of its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, str_strip_whitespace=True)


def _yes_no(value: object) -> object:
    if not isinstance(value, str):
        return value
    word = value.strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueError("yes_no")


def _duration(value: object) -> object:
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"(\d{1,4})\s*([mhd])", value.strip())
    if match is None:
        raise ValueError("duration")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _short_duration(span: timedelta) -> str:
    return f"{int(span.total_seconds() // 60)}m"


def _zone(value: object) -> object:
    if isinstance(value, str):
        try:
            ZoneInfo(value)
        except (ValueError, OSError) as error:
            raise ValueError("zone") from error
    return value


def _clean_id(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


YesNo = Annotated[
    bool, BeforeValidator(_yes_no), WithJsonSchema({"enum": ["có", "không", "yes", "no", True, False]})
]
Duration = Annotated[
    timedelta,
    BeforeValidator(_duration),
    PlainSerializer(_short_duration),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,4}\s*[mhd]$"}),
]
ZoneName = Annotated[str, BeforeValidator(_zone)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
