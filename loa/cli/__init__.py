"""The ``loa`` command: one file a verb. Heavy rooms are imported when their verb runs."""

from loa.cli.main import main

__all__ = ["main"]
