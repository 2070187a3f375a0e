"""E22x to E29x: campaigns and their content (E200 to E219 belong to the workspace)."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {}
