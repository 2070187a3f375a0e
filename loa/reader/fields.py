"""Field types of the staff's files. YAML gives strings; these decide what a string means (house rule 6).

A type that cannot read its string raises ``ValueError`` with one word; ``loa.reader.explain`` knows the sentence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

_YES = frozenset({"có", "yes", "true"})
_NO = frozenset({"không", "no", "false"})
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
DATE_PATTERN = r"^\d{4}-\d{1,2}-\d{1,2}$"
TIME_PATTERN = r"^\d{1,2}:\d{2}$"
MOMENT_PATTERN = r"^\d{4}-\d{1,2}-\d{1,2}[ T]\d{1,2}:\d{2}$"
# 12.500 is 12,5 to a computer and twelve thousand five hundred to the staff: a public figure is not guessed.
_TWO_READINGS = re.compile(r"[+-]?\d{1,3}\.\d{3}")


class Blank(str):
    """A key with nothing after it (``logo:``): no value was given."""

    __slots__ = ()


class Model(BaseModel):
    """A frozen record that knows all of its keys."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, str_strip_whitespace=True, allow_inf_nan=False
    )

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, data: object) -> object:
        """A key that was left blank has its default; a record that was left blank has no keys."""
        if isinstance(data, Blank):
            return {}
        if isinstance(data, Mapping):
            return {key: value for key, value in data.items() if not isinstance(value, Blank)}
        return data


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
    match = re.fullmatch(r"([0-9]{1,4})\s*([mhd])", value.strip())
    if match is None:
        raise ValueError("duration")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _short_duration(span: timedelta) -> str:
    return f"{int(span.total_seconds() // 60)}m"


def _zone(value: object) -> object:
    if isinstance(value, str):
        try:
            ZoneInfo(value)
        except (ValueError, OSError, KeyError) as error:  # a KeyError is its way to say "no such zone"
            raise ValueError("zone") from error
    return value


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", value.strip())
    try:
        return dt.date(*(int(part) for part in match.groups())) if match else _no("date")
    except ValueError as error:
        raise ValueError("date") from error


def _time(value: object) -> object:
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", value.strip())
    try:
        return dt.time(int(match[1]), int(match[2])) if match else _no("time")
    except ValueError as error:
        raise ValueError("time") from error


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    day, _, time = value.strip().replace("T", " ").partition(" ")
    try:
        return dt.datetime.combine(_day(day), _time(time.strip()))  # type: ignore[arg-type]  # strings give date and time
    except ValueError as error:
        raise ValueError("moment") from error


def _figure(value: object) -> object:
    if isinstance(value, str) and _TWO_READINGS.fullmatch(value.strip()):
        raise ValueError("two_readings")
    return value


def _no(word: str) -> object:
    raise ValueError(word)


YesNo = Annotated[
    bool, BeforeValidator(_yes_no), WithJsonSchema({"enum": ["có", "không", "yes", "no", "true", "false", True, False]})
]
Duration = Annotated[
    timedelta,
    BeforeValidator(_duration),
    PlainSerializer(_short_duration),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,4}\s*[mhd]$"}),
]
Day = Annotated[dt.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": DATE_PATTERN})]
Time = Annotated[dt.time, BeforeValidator(_time), WithJsonSchema({"type": "string", "pattern": TIME_PATTERN})]
Moment = Annotated[dt.datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "pattern": MOMENT_PATTERN})]
Figure = Annotated[Decimal, BeforeValidator(_figure)]
ZoneName = Annotated[str, BeforeValidator(_zone)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
