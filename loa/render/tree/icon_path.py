"""Reading the small path language of the icons."""

from __future__ import annotations

from functools import cache
from itertools import groupby

from loa.render.tree.icons import ICONS

Command = tuple[str, tuple[float, ...]]


@cache
def icon(name: str) -> tuple[Command, ...]:
    """The strokes of an icon, as commands."""
    words = ICONS[name].split()
    commands: list[Command] = []
    for is_letter, group in groupby(words, str.isalpha):
        items = list(group)
        if is_letter:
            commands.extend((letter, ()) for letter in items)
        else:
            commands[-1] = (commands[-1][0], tuple(map(float, items)))
    return tuple(commands)
