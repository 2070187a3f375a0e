"""The keys that a model knows, wherever in the file one stands."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel

from loa.reader.nodes import Loc


def keys_of(model: type[BaseModel]) -> dict[str, str]:
    """Field name → the key in the file."""
    return {name: field.alias or name for name, field in model.model_fields.items()}


def model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """The record that stands at ``loc`` in a file of ``model``; None where the schema has no record."""
    current: Any = model
    for step in loc:
        if isinstance(current, type) and issubclass(current, BaseModel):
            current = _field(current, step)
        current = _inner(current)
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _field(model: type[BaseModel], step: str | int) -> Any:
    for name, field in model.model_fields.items():
        if step in (name, field.alias):
            return field.annotation
    return None


def _inner(annotation: Any) -> Any:
    """The record inside of tuple[Record, ...], dict[str, Record] or Record | None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        found = _inner(argument)
        if found is not None:
            return found
    return None
