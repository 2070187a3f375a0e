"""What can go wrong, drawn once.

    LoaError                  something a person must know: a code and its parameters
    ├── ProblemsFound         the files of the staff have problems (all of them at once)
    ├── WorkspaceError        the workspace is missing, unreadable or held by somebody else
    ├── RenderError           a picture, clip or document could not be made
    ├── ApprovalError         an approval that the rules do not allow
    └── StoreError            the book cannot be opened or does not agree with us

The sentence that belongs to a code lives in ``loa.messages``; this room knows no language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file of the staff. ``line`` and ``column`` count from 1, in characters."""

    file: str
    line: int = 0
    column: int = 0
    length: int = 1
    source_line: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: what (``code`` and ``params``), where, what is accepted, a guess at what was meant."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None
    accepted: tuple[str, ...] = ()
    suggestion: str = ""
    severity: Severity = "error"


class LoaError(Exception):
    """Something that a person must know. Keyword arguments fill the sentence of ``code``."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = {name: str(value) for name, value in params.items()}

    def problems(self) -> tuple[Problem, ...]:
        return (Problem(self.code, self.params),)

    def __reduce__(self) -> tuple[object, ...]:
        """As it comes out of another process."""
        return _of_another_process, (type(self), self.code, self.params)


def _of_another_process(kind: type[LoaError], code: str, params: Mapping[str, str]) -> LoaError:
    return kind(code, **params)


class ProblemsFound(LoaError):  # noqa: N818 - it carries many problems, each with a name of its own
    """The files of the staff have problems; carries every one of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("E100", count=len(problems))
        self._problems = tuple(problems)

    def problems(self) -> tuple[Problem, ...]:
        return self._problems

    def __reduce__(self) -> tuple[object, ...]:
        return ProblemsFound, (self._problems,)


class WorkspaceError(LoaError):
    """The workspace is missing, unreadable or held by somebody else."""


class RenderError(LoaError):
    """A picture, clip or document could not be made."""


class ApprovalError(LoaError):
    """An approval that the rules do not allow."""


class StoreError(LoaError):
    """The book cannot be opened or does not agree with us."""
