"""JSON Schema of a model for editors.

An editor reads the YAML by its own rules, so that 50, 18:30 or ``no`` may reach it as a number or a truth value; our
reader has strings only. The schema therefore takes both wherever a text is wanted, and what is left blank.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALARS = ["string", "number", "boolean", "null"]
_NEEDS_SOMETHING = ("required", "minItems", "minProperties")
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
    if "discriminator" in part:
        return _chosen_by(part["discriminator"])
    loose: dict[str, Any] = {
        # below "properties" stand the keys of our files, and one of them may well be called default
        name: {key: _loosen(inner) for key, inner in value.items()} if name == "properties" else _loosen(value)
        for name, value in part.items()
        if not _is_noise(name, value, part)
    }
    kind = loose.get("type")
    if "enum" in loose:
        loose.pop("type", None)
        loose["enum"] = _with_numbers(loose["enum"])
    elif kind == "string":
        loose = {name: value for name, value in loose.items() if name not in _TEXT_RULES} | {"type": _SCALARS}
    elif kind in ("integer", "number"):
        loose["type"] = [kind, "string", "null"]
    elif kind in ("array", "object") and not any(loose.get(rule) for rule in _NEEDS_SOMETHING):
        loose["type"] = [kind, "null"]
    if "patternProperties" in loose:
        loose["additionalProperties"] = False
    return loose


def _chosen_by(discriminator: dict[str, Any]) -> dict[str, Any]:
    """Records that one key tells apart: an editor looks at that key first, and not at every kind in turn.

    A tree of seventeen kinds, each tried at each depth, would take it minutes.
    """
    name, kinds = discriminator["propertyName"], discriminator["mapping"]
    return {
        "type": "object",
        "required": [name],
        "properties": {name: {"enum": list(kinds)}},
        "allOf": [
            {"if": {"properties": {name: {"const": kind}}, "required": [name]}, "then": {"$ref": target}}
            for kind, target in kinds.items()
        ],
    }


def _is_noise(name: str, value: Any, part: dict[str, Any]) -> bool:
    """What pydantic makes of names and docstrings says nothing to the staff (a property may well be named title)."""
    of_class = name == "description" and "properties" in part
    return name == "default" or (isinstance(value, str) and (name == "title" or of_class))


def _with_numbers(values: list[Any]) -> list[Any]:
    numbers = [int(value) for value in values if isinstance(value, str) and value.isdigit()]
    return [*values, *numbers]
