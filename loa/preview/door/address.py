"""Under which one address the review desk answers, and to whom it is open."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Address:
    """The origin that browsers see (``https://loa.example:8766``, no slash at the end)."""

    origin: str
    is_shared: bool = False
    """Whether other machines may come too: then nobody signs in without a PIN."""

    @property
    def host(self) -> str:
        """What a browser sends as ``Host``."""
        return urlsplit(self.origin).netloc

    @property
    def is_secure(self) -> bool:
        return self.origin.startswith("https://")

    @property
    def cookie(self) -> str:
        """A name of its own for each port: browsers keep the cookies of all ports of a machine together."""
        name = f"loa-{urlsplit(self.origin).port or 443}"
        return f"__Host-{name}" if self.is_secure else name
