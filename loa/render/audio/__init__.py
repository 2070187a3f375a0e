"""Bulletins for loudspeakers: the script, a voice where there is one, and sound of one loudness."""

from __future__ import annotations

FOLDER = "audio/"
SCRIPT = "script"
FORMATS = (SCRIPT, "mp3", "m4a", "wav")
"""What a bulletin can be made as: the sheet that an announcer reads, or sound."""


def is_audio(template: str) -> bool:
    """Whether this is the name of a bulletin's template."""
    return template.startswith(FOLDER)
