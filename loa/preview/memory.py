"""Memory of the desk: what a look at a whole book leaves behind goes back to the system."""

from __future__ import annotations

import ctypes
import sys

from loa.dispatch.package import seen
from loa.reader.loaded import tree_of

_ARENA_MAX = -8
"""The name of a parameter of glibc's ``mallopt``: how many stores of free memory there may be."""


def few_arenas() -> None:
    """Have all threads share two stores of free memory: glibc would give each thread its own, and keep it full."""
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(_ARENA_MAX, 2)


def give_back() -> None:
    """Forget what was opened for one look, and let go of the pages that are free; only glibc keeps them."""
    seen.cache_clear()
    tree_of.cache_clear()
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
