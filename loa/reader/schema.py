"""JSON Schema of a model for editors.

An editor reads the YAML by its own rules, so that 50, 18:30 or ``no`` may reach it as a number or a truth value; our
reader has strings only. The schema therefore takes both wherever a text is wanted, and what is left blank.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALARS = ["string", "number", "boolean", "null"]
_TEXT_RULES = ("format", "minLength", "maxLength")


def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of ``model`` with the keys as files name them and the descriptions of its fields."""
    schema = _loosen(model.model_json_schema(by_alias=True, mode="validation"))
    return {"$schema": _DIALECT, **schema}


def _loosen(part: Any) -> Any:
    if isinstance(part, list):
        return [_loosen(item) for item in part]
    if not isinstance(part, dict):
        return part
    loose = {name: _loosen(value) for name, value in part.items() if name != "default" and not _is_title(name, value)}
    kind = loose.get("type")
    if kind == "string" and "enum" not in loose and "const" not in loose:
        loose = {name: value for name, value in loose.items() if name not in _TEXT_RULES} | {"type": _SCALARS}
    elif kind in ("integer", "number"):
        loose["type"] = [kind, "string", "null"]
    elif kind in ("array", "object") and "properties" not in loose:
        loose["type"] = [kind, "null"]
    if "enum" in loose:
        loose = {name: value for name, value in loose.items() if name != "type"}
        loose["enum"] = _with_numbers(loose["enum"])
    return loose


def _is_title(name: str, value: Any) -> bool:
    """The titles that pydantic makes of the field names say nothing to the staff (a property may be named title)."""
    return name == "title" and isinstance(value, str)


def _with_numbers(values: list[Any]) -> list[Any]:
    numbers = [int(value) for value in values if isinstance(value, str) and value.isdigit()]
    return [*values, *numbers]
