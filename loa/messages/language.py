"""The two languages that the program speaks."""

from __future__ import annotations

from typing import Literal

Lang = Literal["vi", "en"]
