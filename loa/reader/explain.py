"""What the schema says → problems with their place: each type of error has its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from loa.errors import Problem
from loa.reader.guess import as_slug, closest
from loa.reader.keys import keys_of, model_at
from loa.reader.loaded import Tree
from loa.reader.nodes import Node, real_loc

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Loc = tuple[str | int, ...]

# The words that our own field types raise (loa.reader.fields and the models).
_OWN_WORDS = {
    "yes_no": "E145",
    "duration": "E146",
    "zone": "E147",
    "date": "E142",
    "time": "E143",
    "moment": "E144",
    "two_readings": "E154",
    "anchor_one_of": "E149",
    "when_one_of": "E150",
    "when_month_needs": "E151",
    "when_needs_weekday": "E152",
    "when_wave_needs": "E153",
}
_CODES = {
    "string_too_short": "E136",
    "string_too_long": "E137",
    "string_pattern_mismatch": "E138",
    "int_parsing": "E139",
    "int_from_float": "E139",
    "int_parsing_size": "E139",
    "decimal_parsing": "E140",
    "finite_number": "E140",
    "greater_than_equal": "E141",
    "less_than_equal": "E141",
    "too_short": "E148",
    "too_long": "E148",
    "bool_parsing": "E145",
}
_WANTS_RECORD = frozenset({"dict_type", "model_type", "model_attributes_type", "mapping_type"})
_WANTS_LIST = frozenset({"tuple_type", "list_type", "set_type"})
_PATTERN_OF_SLUG = "a-z0-9"


def explain(errors: Iterable[ErrorDetails], model: type[BaseModel], tree: Tree) -> list[Problem]:
    """Every error of the schema, each place once, in the order of the file."""
    problems = [_explain(error, model, tree) for error in _without_echoes(list(errors), tree.root)]
    at: dict[tuple[int, int, str], Problem] = {}
    for problem in problems:
        place = problem.place
        if place is not None:
            kind = problem.params.get("name", "") if problem.code in ("E130", "E131") else ""
            at.setdefault((place.line, place.column, kind), problem)
    return [at[spot] for spot in sorted(at)]


def _without_echoes(errors: list[ErrorDetails], root: Node) -> list[ErrorDetails]:
    """Only the innermost: a list whose entries are wrong is also called too short, or no text where it might be one."""
    locs = [real_loc(root, error["loc"]) for error in errors]
    outer = {loc[:end] for loc in locs for end in range(len(loc))}
    return [
        error
        for error, loc in zip(errors, locs, strict=True)
        if loc not in outer or not (error["type"] == "too_short" or error["type"].endswith("_type"))
    ]


def _explain(error: ErrorDetails, model: type[BaseModel], tree: Tree) -> Problem:
    loc, kind = error["loc"], error["type"]
    if kind == "missing":
        return _missing(loc, tree)
    if kind == "extra_forbidden":
        return _unknown_key(loc, model, tree)
    if kind == "literal_error":
        return _not_accepted(loc, error, tree)
    if kind == "value_error":
        return _own(loc, str((error.get("ctx") or {}).get("error", "")), error, tree)
    if kind.endswith("_type"):
        return _shape(loc, kind, tree)
    return _by_code(loc, _CODES.get(kind, "E159"), error, tree)


def _missing(loc: Loc, tree: Tree) -> Problem:
    name = str(loc[-1])
    parent = tree.entry(loc[:-1]).node
    blank = parent.child(loc[-1])
    code = "E155" if blank is not None else "E130"
    place = tree.place_of(loc, key=True) if blank is not None else tree.place_of(loc[:-1], key=True)
    return Problem(code, {"name": name}, place)


def _unknown_key(loc: Loc, model: type[BaseModel], tree: Tree) -> Problem:
    name, record = str(loc[-1]), model_at(model, loc[:-1])
    keys = keys_of(record) if record else {}
    suggestion = keys.get(name) or closest(name, keys.values())
    present = tree.entry(loc[:-1]).node.value
    accepted = tuple(key for key in keys.values() if not isinstance(present, dict) or key not in present)
    if suggestion not in accepted:
        suggestion = ""
    return Problem("E131", {"name": name}, tree.place_of(loc, key=True), accepted, suggestion)


def _not_accepted(loc: Loc, error: ErrorDetails, tree: Tree) -> Problem:
    accepted = tuple(re.findall(r"'([^']*)'", str((error.get("ctx") or {}).get("expected", ""))))
    if not isinstance(error["input"], str):
        return _shape(loc, "string_type", tree)
    written = error["input"]
    return Problem("E132", {"value": written}, tree.place_of(loc), accepted, closest(written, accepted))


def _own(loc: Loc, word: str, error: ErrorDetails, tree: Tree) -> Problem:
    code = _OWN_WORDS.get(word) or (word if re.fullmatch(r"E\d{3}", word) else "E159")
    return _by_code(loc, code, error, tree)


def _by_code(loc: Loc, code: str, error: ErrorDetails, tree: Tree) -> Problem:
    context: Mapping[str, Any] = error.get("ctx") or {}
    written = error["input"] if isinstance(error["input"], str) else ""
    params = {"value": written, "name": _name(loc, tree), "detail": error["msg"]}
    params |= {name: str(value) for name, value in context.items() if name != "error"}
    if code == "E141":
        params["bound"] = f"≥ {context['ge']}" if "ge" in context else f"≤ {context.get('le', '')}"
    if code == "E138" and _PATTERN_OF_SLUG not in str(context.get("pattern", "")):
        code = "E156"
    is_key = bool(loc) and loc[-1] == "[key]"
    place = tree.place_of(loc[:-1] if is_key else loc, key=is_key)
    return Problem(code, params, place, suggestion=_suggestion(code, written))


def _shape(loc: Loc, kind: str, tree: Tree) -> Problem:
    """A list, a record or one value where another was wanted."""
    params = {"name": _name(loc, tree)}
    if kind in _WANTS_RECORD:
        return Problem("E135", params, tree.place_of(loc))
    if kind in _WANTS_LIST:
        return Problem("E134", params, tree.place_of(loc))
    split = _split_by_colon(tree.entry(loc).node, tree)
    if split:
        return Problem("E113", {"fixed": f'"{split}"'}, tree.place_of(loc))
    return Problem("E133", params, tree.place_of(loc))


def _name(loc: Loc, tree: Tree) -> str:
    """The last key on the way: what the staff call the place."""
    return next((step for step in reversed(real_loc(tree.root, loc)) if isinstance(step, str)), "")


def _split_by_colon(node: Node, tree: Tree) -> str:
    """``- Hà Nội: mưa`` in a list of texts: YAML made a record of one line. The line as it was meant, or nothing."""
    if not isinstance(node.value, dict) or node.style or len(node.value) != 1 or node.end_line != node.line:
        return ""
    return tree.lines.at(node.line)[node.column :].strip()


def _suggestion(code: str, written: str) -> str:
    """The same thing as it should be written, where there can be no doubt."""
    if code == "E142" and (found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", written)):
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    if code == "E143" and (
        found := re.fullmatch(r"(\d{1,2})\s*(?:h|g|giờ|\.)\s*(\d{2})?(?:\s*phút)?", written.lower())
    ):
        return f"{int(found[1]):02}:{found[2] or '00'}"
    if code == "E140" and re.fullmatch(r"[+-]?\d+,\d+", written):
        return written.replace(",", ".")
    if code == "E140" and re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", written):
        return written.replace(".", "").replace(",", ".")
    if code == "E138":
        return as_slug(written)
    return ""
