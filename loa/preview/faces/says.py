"""A pair of words in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from loa.messages import Lang

Say = Callable[[str, str], str]


def speaker(lang: Lang) -> Say:
    """``say(vi, en)`` for this reader."""
    return lambda vi, en: en if lang == "en" else vi
