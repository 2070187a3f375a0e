"""The places of secrets, and the plainest of them: environment variables."""

from __future__ import annotations

import os
from enum import StrEnum

PREFIX = "LOA_SECRET_"


class Place(StrEnum):
    """Where a secret was found, in the order in which the places are asked."""

    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    FILE = "file"


def secret_variable(name: str) -> str:
    """The environment variable that holds the secret of this name: ``fb-xa`` is ``LOA_SECRET_FB_XA``."""
    return PREFIX + name.upper().replace("-", "_")


def in_environment(name: str) -> str | None:
    """The value in the environment; an empty variable counts as none."""
    return os.environ.get(secret_variable(name)) or None


def names_in_environment() -> tuple[str, ...]:
    """The secrets that the environment holds, in small letters with hyphens."""
    held = (name.removeprefix(PREFIX) for name, value in os.environ.items() if name.startswith(PREFIX) and value)
    return tuple(sorted(name.lower().replace("_", "-") for name in held))
