"""A problem for a person, in four parts: where, what is wrong, what is accepted, what to do."""

from __future__ import annotations

from typing import Any

from loa.errors import Place, Problem
from loa.messages.language import Lang
from loa.messages.sentences import remedy, sentence

_WIDTH = 110
_SHOWN_ACCEPTED = 12
# Signs that look like a plain space are what is wrong in some files: they are shown, one sign for one sign.
_VISIBLE = str.maketrans({"\t": "→", "\xa0": "⍽", "\u3000": "⍽", "\u200b": "¦", "\ufeff": "¦", "\u200e": "¦"})
_WORDS = {
    "vi": {"mean": 'Có phải ý bạn là "{}"?', "accepted": "dùng được: {}", "more": "… (còn {})", "warning": "lưu ý"},
    "en": {"mean": 'Did you mean "{}"?', "accepted": "accepted: {}", "more": "… ({} more)", "warning": "warning"},
}


def describe(problem: Problem, lang: Lang = "vi") -> str:
    """``problem`` as it is printed: place, code, sentence, the source line with a caret, the remedy."""
    lines = [_headline(problem, lang)]
    accepted = _accepted(problem.accepted, lang)
    if problem.place is not None and problem.place.source_line.strip():
        lines += _excerpt(problem.place, accepted)
    elif accepted:
        lines.append(f"   {accepted}")
    to_do = remedy(problem.code, problem.params, lang)
    return "\n".join([*lines, f"   → {to_do}"] if to_do else lines)


def as_dict(problem: Problem, lang: Lang = "vi") -> dict[str, Any]:
    """``problem`` for ``--format json``."""
    place = problem.place or Place("")
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "length": place.length,
        "message": sentence(problem.code, problem.params, lang),
        "remedy": remedy(problem.code, problem.params, lang),
        "accepted": list(problem.accepted),
        "suggestion": problem.suggestion,
        "params": dict(problem.params),
    }


def _headline(problem: Problem, lang: Lang) -> str:
    words = _WORDS[lang]
    label = problem.code if problem.severity == "error" else f"{problem.code} {words['warning']}"
    parts = [_where(problem.place), f"[{label}]", sentence(problem.code, problem.params, lang)]
    if problem.suggestion:
        parts.append(words["mean"].format(problem.suggestion))
    return " ".join(part for part in parts if part)


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    numbers = [str(number) for number in (place.line, place.column) if number]
    return ":".join([place.file, *numbers])


def _accepted(accepted: tuple[str, ...], lang: Lang) -> str:
    if not accepted:
        return ""
    shown = ", ".join(accepted[:_SHOWN_ACCEPTED])
    if len(accepted) > _SHOWN_ACCEPTED:
        shown += _WORDS[lang]["more"].format(len(accepted) - _SHOWN_ACCEPTED)
    return _WORDS[lang]["accepted"].format(shown)


def _excerpt(place: Place, accepted: str) -> list[str]:
    """The source line, and under it the caret with what is accepted. A very long line is cut around the caret."""
    source = place.source_line.rstrip("\r\n").translate(_VISIBLE)
    caret = max(place.column - 1, 0)
    if len(source) > _WIDTH:
        start = max(0, min(caret - _WIDTH // 3, len(source) - _WIDTH))
        source, caret = source[start : start + _WIDTH], caret - start
    length = max(1, min(place.length, len(source) - caret))
    mark = " " * caret + "^" + "~" * (length - 1)
    return [f"{place.line:>5} | {source}".rstrip(), f"      | {mark}  {accepted}".rstrip()]
