"""The door of the command: language, verbs, and the last word when something goes wrong."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from loa.errors import LoaError

if TYPE_CHECKING:
    import typer

PROBLEMS_FOUND = 1


def main() -> None:
    """Run the command line; ends the process.

    Exit codes: 0 done, 1 problems that a person must mend, 2 the command was written wrongly.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Windows console would otherwise break on Vietnamese
    _choose_language()
    app = _app()
    try:
        app(standalone_mode=True)
    except LoaError as error:
        from loa.cli.output import show_problems

        show_problems(error.problems())
        sys.exit(PROBLEMS_FOUND)


def _choose_language() -> None:
    """``--lang en`` may stand anywhere; it must be known before the help texts are made."""
    words = sys.argv
    for place, word in enumerate(words[1:], start=1):
        if word == "--lang" and place + 1 < len(words):
            os.environ["LOA_LANG"] = words[place + 1]
            del words[place : place + 2]
            return
        if word.startswith("--lang="):
            os.environ["LOA_LANG"] = word.partition("=")[2]
            del words[place]
            return


def _app() -> typer.Typer:
    from loa.cli import verbs

    return verbs.build()
