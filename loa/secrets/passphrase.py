"""The passphrase of the encrypted file: from the environment, from a file, or typed without being shown."""

from __future__ import annotations

import getpass
import os
import sys
import unicodedata
import warnings
from pathlib import Path

from loa import logs
from loa.errors import LoaError

VARIABLE = "LOA_PASSPHRASE"
FILE_VARIABLE = "LOA_PASSPHRASE_FILE"
LEAST = 12
"""Characters: whoever steals the file may guess as long as he likes."""
_PROMPT = "Mật khẩu kho khóa / Passphrase: "
_PROMPT_AGAIN = "Gõ lại mật khẩu / Once more: "


def passphrase(*, new: bool = False) -> str:
    """The passphrase; for a ``new`` file a typed one is asked twice.

    Raises:
        LoaError: E923 there is none and nobody to ask; E924 a new one is too short or was not typed the same twice.
    """
    found = _from_environment() or _typed(new=new)
    if new and len(found) < LEAST:
        raise LoaError("E924", least=LEAST)
    logs.hide(found)
    return found


def _from_environment() -> str:
    """In composed form: keyboards for Vietnamese write the same letter in two ways."""
    if value := os.environ.get(VARIABLE):
        return unicodedata.normalize("NFC", value)
    if place := os.environ.get(FILE_VARIABLE):
        try:
            return unicodedata.normalize("NFC", Path(place).read_text(encoding="utf-8").rstrip("\r\n"))
        except (OSError, UnicodeDecodeError) as error:
            raise LoaError("E923", detail=f"{FILE_VARIABLE}: {type(error).__name__}") from None
    return ""


def _typed(*, new: bool) -> str:
    if not sys.stdin or not sys.stdin.isatty():
        raise LoaError("E923", detail=VARIABLE)
    typed = hidden_line(_PROMPT)
    if new and hidden_line(_PROMPT_AGAIN) != typed:
        raise LoaError("E924", least=LEAST)
    if not typed:
        raise LoaError("E923", detail=VARIABLE)
    return typed


def hidden_line(prompt: str) -> str:
    """A line from the terminal that is not shown while it is typed, in composed form.

    Raises:
        LoaError: E923, the terminal cannot hide it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return unicodedata.normalize("NFC", getpass.getpass(prompt))
        except getpass.GetPassWarning as error:
            raise LoaError("E923", detail="getpass") from error
