"""One YAML file → a typed record, or every problem of the file at once."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from loa.errors import Place, Problem, ProblemsFound
from loa.reader.document import Document, read_document
from loa.reader.explain import explain
from loa.reader.lines import Lines
from loa.reader.loaded import Loaded, Tree
from loa.reader.source import read_text

M = TypeVar("M", bound=BaseModel)
# More than anybody mends in one go; a file that is no campaign at all must not flood the screen.
_MOST = 200


def load(path: Path, model: type[M], shown: str) -> Loaded[M]:
    """Read ``path`` as ``model``; ``shown`` is its name in messages.

    Raises:
        ProblemsFound: with all that is wrong in the file.
    """
    return load_text(read_text(path, shown), model, shown)


def load_text(text: str, model: type[M], shown: str) -> Loaded[M]:
    """The same for a text that was read already."""
    lines = Lines(text, shown)
    document = read_document(text, lines)
    if document.root is None:
        raise _found(document.problems or [Problem("E106", {}, Place(shown, 1, 1))], shown)
    return _judge(document, model, text, Tree(document.root, lines))


def _judge(document: Document, model: type[M], text: str, tree: Tree) -> Loaded[M]:
    if not isinstance(tree.root.value, dict):
        raise _found([*document.problems, Problem("E107", {}, tree.place(tree.root))], tree.lines.shown)
    try:
        value = model.model_validate(tree.root.plain(), by_alias=True, by_name=False)
    except ValidationError as error:
        found = explain(error.errors(include_url=False), model, tree)
        raise _found(_together(document.problems, found), tree.lines.shown) from None
    if document.problems:
        raise _found(document.problems, tree.lines.shown)
    return Loaded(value, text, tree.lines.shown)


def _found(problems: list[Problem], shown: str) -> ProblemsFound:
    rest = len(problems) - _MOST
    more = [Problem("E108", {"count": str(rest)}, Place(shown))] if rest > 0 else []
    return ProblemsFound([*problems[:_MOST], *more])


def _together(of_yaml: list[Problem], of_schema: list[Problem]) -> list[Problem]:
    """What the schema says of a line that YAML already misread is noise."""
    misread = {problem.place.line for problem in of_yaml if problem.place}
    judged = [problem for problem in of_schema if problem.place and problem.place.line not in misread]
    return sorted(of_yaml + judged, key=lambda p: (p.place.line, p.place.column) if p.place else (0, 0))
