"""The composition root: the one room that knows the horns."""

from loa.wiring.desks import cards, open_desk

__all__ = ["cards", "open_desk"]
