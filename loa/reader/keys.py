"""The keys that a model knows, wherever in the file one stands."""

from __future__ import annotations

from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from loa.reader.nodes import Loc


def keys_of(model: type[BaseModel]) -> dict[str, str]:
    """Field name → the key in the file."""
    return {name: field.alias or name for name, field in model.model_fields.items()}


def model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """The record that stands at ``loc`` in a file of ``model``; None where the schema has no record."""
    current: Any = model
    for step in loc:
        current = _field(current, step) if _is_record(current) else _entry(current)
    found = _plainly(current)
    return found if _is_record(found) else None


def _is_record(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _field(model: type[BaseModel], step: str | int) -> Any:
    for name, field in model.model_fields.items():
        if step in (name, field.alias):
            return _plainly(field.annotation)
    return None


def _entry(container: Any) -> Any:
    """What an entry of tuple[Record, ...] or dict[str, Record] is."""
    arguments = [argument for argument in get_args(container) if argument is not ...]
    return _plainly(arguments[-1]) if arguments else None


def _plainly(annotation: Any) -> Any:
    """The part of ``Record | None`` (or of another choice) that is or holds a record."""
    if get_origin(annotation) in (Union, UnionType):
        return next((part for part in get_args(annotation) if part is not type(None)), None)
    return annotation
