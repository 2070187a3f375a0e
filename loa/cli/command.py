"""The door of the command: language, verbs, and the last word when something goes wrong."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from loa.cli.language import LANGUAGES, say
from loa.cli.logged import log_bug, log_problems
from loa.errors import LoaError

if TYPE_CHECKING:
    import typer

PROBLEMS_FOUND = 1
WRITTEN_WRONGLY = 2


def main() -> None:
    """Run the command line; ends the process.

    Exit codes: 0 done, 1 problems that a person must mend, 2 the command was written wrongly.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Windows console would otherwise break on Vietnamese
    sys.excepthook = log_bug
    _choose_language()
    if len(sys.argv) == 1:
        sys.argv.append("--help")
    sys.exit(_run(_app()))


def _run(app: typer.Typer) -> int:
    """Run the verb that was asked for; the exit code."""
    from typer import Abort
    from typer.exceptions import TyperException

    try:
        code = app(standalone_mode=False)
    except TyperException as error:
        from loa.cli.usage import show_misuse

        show_misuse(error)
        return error.exit_code
    except Abort:
        sys.stderr.write(say("Đã hủy.", "Aborted.") + "\n")
        return PROBLEMS_FOUND
    except LoaError as error:
        from loa.cli.output import show_problems

        show_problems(error.problems())
        log_problems(error.problems())
        return PROBLEMS_FOUND
    except OSError as error:
        return _tell_of_file(error)
    return code or 0


def _tell_of_file(error: OSError) -> int:
    """A file or folder that the machine does not let us use: no bug of ours, and somebody can mend it."""
    from loa.cli.output import show_problems
    from loa.errors import Problem

    if error.filename is None:  # not about a file: a bug, which must be seen whole
        raise error
    problem = Problem("E805", {"place": str(error.filename), "detail": error.strerror or type(error).__name__})
    show_problems([problem])
    log_problems([problem])
    return PROBLEMS_FOUND


def _choose_language() -> None:
    """``--lang en`` may stand anywhere; it must be known before the help texts are made."""
    words = sys.argv
    for place, word in enumerate(words[1:], start=1):
        if word == "--lang":
            _speak("".join(words[place + 1 : place + 2]))
            del words[place : place + 2]
            return
        if word.startswith("--lang="):
            _speak(word.partition("=")[2])
            del words[place]
            return


def _speak(language: str) -> None:
    if language not in LANGUAGES:
        sys.stderr.write(f"Lỗi / Error: --lang {' | '.join(LANGUAGES)}\n")
        sys.exit(WRITTEN_WRONGLY)
    os.environ["LOA_LANG"] = language


def _app() -> typer.Typer:
    from loa.cli import verbs

    return verbs.build()
