"""All areas of the catalogue as one: code → sentence."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module

from loa.messages import catalogue
from loa.messages.language import Lang
from loa.messages.sentence import Sentence


class DuplicateCodeError(ValueError):
    """Two areas of the catalogue claim the same code; a programmer's mistake."""


class _Params(dict[str, str]):
    """Parameters of a sentence. A name that was not given stays visible: the report of an error never fails itself."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


def merge(areas: Iterable[tuple[str, Mapping[str, Sentence]]]) -> dict[str, Sentence]:
    """One table of ``areas`` (name, sentences).

    Raises:
        DuplicateCodeError: a code is in two areas.
    """
    merged: dict[str, Sentence] = {}
    owner: dict[str, str] = {}
    for area, sentences in areas:
        for code, sentence_ in sentences.items():
            if code in owner:
                raise DuplicateCodeError(f"{code} is in both {owner[code]} and {area}")
            owner[code] = area
            merged[code] = sentence_
    return merged


@cache
def _table() -> dict[str, Sentence]:
    names = sorted(module.name for module in pkgutil.iter_modules(catalogue.__path__))
    return merge((name, import_module(f"{catalogue.__name__}.{name}").SENTENCES) for name in names)


def catalogue_entries() -> tuple[tuple[str, Sentence], ...]:
    """Every code with its sentence, in the order of the codes (for the page of error codes)."""
    return tuple(sorted(_table().items()))


def sentence(code: str, params: Mapping[str, str], lang: Lang = "vi") -> str:
    """What is wrong, in words."""
    found = _table().get(code)
    if found is None:  # still tells what is known: an error without a sentence must not hide behind another error
        return " ".join([code, *(f"{name}={value}" for name, value in params.items())])
    return (found.vi if lang == "vi" else found.en).format_map(_Params(params))


def remedy(code: str, params: Mapping[str, str], lang: Lang = "vi") -> str:
    """What to do about it, or an empty string where the sentence says all."""
    found = _table().get(code)
    if found is None:
        return ""
    return (found.remedy_vi if lang == "vi" else found.remedy_en).format_map(_Params(params))
