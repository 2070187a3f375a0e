"""The ``loa`` command: one file a verb. Heavy rooms are imported when their verb runs."""

import sys

INTERRUPTED = 130
"""What shells expect of a program that Ctrl+C has ended."""


def main() -> None:
    """Run the command line; ends the process, at Ctrl+C without a word from the first moment on.

    Exit codes: as ``loa.cli.command`` has them; 130 after Ctrl+C.
    """
    try:
        from loa.cli.command import main as run  # Ctrl+C may come while it is being imported

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


__all__ = ["main"]
