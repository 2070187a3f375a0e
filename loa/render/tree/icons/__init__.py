"""Line icons on a 24 × 24 frame, in a small path language.

``M x y``, ``L x y``, ``C x y x y x y`` and ``Z`` as in SVG, always absolute, and ``O cx cy r`` for a circle. The
drawings are Lucide's (``LICENSE`` and ``source.json`` beside this file), rewritten by ``tools/vendor_icons.py``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.resources import files

_OWN = {
    "loa": "M 4 9.5 L 4 14.5 L 7.5 14.5 L 14 19 L 14 5 L 7.5 9.5 Z M 17 9 C 18.6 10.7 18.6 13.3 17 15 "
    "M 19.4 6.6 C 22.2 9.6 22.2 14.4 19.4 17.4",
}
# Names that templates used before the set was Lucide's.
_SAME_AS = {"arrow": "arrow-right", "document": "file-text"}


class _Icons(Mapping[str, str]):
    """The strokes of every icon by its name, read when the first is asked for."""

    @cached_property
    def _strokes(self) -> dict[str, str]:
        drawn: dict[str, str] = json.loads(files(__name__).joinpath("icons.json").read_bytes()) | _OWN
        return drawn | {name: drawn[other] for name, other in _SAME_AS.items()}

    def __getitem__(self, name: str) -> str:
        return self._strokes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._strokes))

    def __len__(self) -> int:
        return len(self._strokes)


ICONS: Mapping[str, str] = _Icons()
