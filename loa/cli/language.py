"""The language of this run: Vietnamese, unless ``--lang en`` or LOA_LANG=en."""

from __future__ import annotations

import os

from loa.messages.language import Lang

LANGUAGES = ("vi", "en")


def lang() -> Lang:
    """The language in force."""
    return "en" if os.environ.get("LOA_LANG", "vi").lower().startswith("en") else "vi"


def say(vi: str, en: str) -> str:
    """The sentence in the language in force."""
    return en if lang() == "en" else vi
