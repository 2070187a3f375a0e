"""What is asked of this room (an order) and what comes back (an asset)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

RENDERER_VERSION = "3"
"""Part of every cache key and of every approval: raise it when the same order would give other bytes."""

Kind = Literal["picture", "clip", "document", "audio"]
Variant = Literal["", "elder"]


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to make: a template in one format, filled with data, in the look of a brand and for some readers."""

    template: str
    format: str
    data: Mapping[str, Any] = field(default_factory=dict)
    alt: str = ""
    variant: Variant = ""
    brand: str = ""


@dataclass(frozen=True, slots=True)
class Asset:
    """A finished picture, clip, document or sound in the cache of the workspace."""

    kind: Kind
    path: Path
    sha256: str
    media_type: str
    width: int
    height: int
    seconds: float
    alt_text: str
    captions: Path | None
    key: str
    template: str
    format: str
    preview: Path | None = None
