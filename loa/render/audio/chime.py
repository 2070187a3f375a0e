"""The music that says "listen" before a bulletin: four notes of a bell, made here, so that nobody owns it but us."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

_NOTES = (392.0, 523.25, 659.26, 783.99)  # sol đô mi sol
_STEP, _RING = 0.42, 2.6
_PARTIALS = ((1.0, 1.0, 1.0), (2.0, 0.45, 1.6), (3.01, 0.2, 2.6), (5.4, 0.06, 4.5))
"""Of a bell: how high above the note, how loud, and how much faster it dies away."""


def chime(rate: int, *, falling: bool = False) -> Samples:
    """The notes rising before a bulletin, or falling after it; about four seconds."""
    notes = _NOTES[::-1] if falling else _NOTES
    length = int(rate * (_STEP * (len(notes) - 1) + _RING))
    sound = np.zeros(length)
    for index, note in enumerate(notes):
        start = int(rate * _STEP * index)
        sound[start:] += _bell(note, length - start, rate)
    return np.asarray(sound / np.abs(sound).max(), np.float32)


def _bell(note: float, length: int, rate: int) -> NDArray[np.float64]:
    time = np.arange(length) / rate
    attack = np.minimum(time / 0.008, 1)
    fade = np.minimum((time[-1] - time) / 0.25, 1)
    strokes = np.zeros(length)
    for above, loud, decay in _PARTIALS:
        strokes += loud * np.exp(-time * 1.7 * decay) * np.sin(2 * np.pi * note * above * time)
    return np.asarray(attack * fade * strokes)
