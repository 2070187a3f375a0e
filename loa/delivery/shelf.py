"""A package laid out for a person: the names that the horn (which lays it out) and the desk (which marks it) share."""

from __future__ import annotations

FACTS = "thong-tin.json"
"""What the package is: its key, its deadline, its files with their hashes. Written by the horn."""
CONFIRMED = "xac-nhan.json"
"""Who told that it is done, when, and with what proof. Written by the desk."""
GIVEN_UP = "da-huy.txt"
"""Says, to whoever opens the folder, that nobody need do this any more. Written by the desk."""
PROOFS = "minh-chung"
"""The folder of the photos that prove it."""
CODE_LENGTH = 8
"""Characters of the idempotency key that end the folder's name: people call the package by them."""
