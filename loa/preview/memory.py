"""Memory of the desk: what a look at a whole book leaves behind goes back to the system."""

from __future__ import annotations

import ctypes
import sys

from loa.dispatch.package import seen


def give_back() -> None:
    """Forget packages that were opened for one look, and let go of the pages that are free; only glibc keeps them."""
    seen.cache_clear()
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
