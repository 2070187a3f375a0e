"""The whole plan, looked at beside the server: what it takes stays out of it, and pages go on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool

from loa.errors import LoaError, Problem, StoreError
from loa.render.apart import Apart

_KEPT_SECONDS = 60.0
"""So long the process waits for the next change: what it has read makes that one quick."""


class Planning:
    """``planner``: brings the files of the desk into its book; a function that can be sent to another process."""

    def __init__(self, planner: Callable[[], None]) -> None:
        self._planner = planner
        self._apart = Apart(_KEPT_SECONDS, aside=True)

    def bring_in(self) -> tuple[Problem, ...]:
        """Bring the files into the book; what is wrong with them where that cannot be done.

        Raises:
            StoreError: the book cannot be written to.
        """
        try:
            self._apart.do(self._planner)
        except StoreError:
            raise
        except LoaError as error:
            return error.problems()
        except BrokenProcessPool:
            return () if self._apart.is_over else (Problem("E845"),)
        return ()

    def end(self) -> None:
        """The desk is closed; a look that is going on is broken off, and the book is as it was before it."""
        self._apart.end()
