"""The composition root: the one room that knows the horns. ``cards`` is light, ``desks`` loads the book."""
