"""How a media host says no."""

from __future__ import annotations

DENIED = frozenset({401, 403})


class HostRefused(Exception):  # noqa: N818 - a named outcome
    """The host did not take a file, or does not show it. ``denied``: our key or password is not good there."""

    def __init__(self, detail: str, *, status: int = 0, unseen: bool = False) -> None:
        super().__init__(detail)
        self.denied = status in DENIED
        self.unseen = unseen
