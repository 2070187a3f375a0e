"""What is read aloud, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from loa.dispatch import AttachmentView
from loa.text import nfc
from loa.text.spoken import seconds

_MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Script:
    """The words, and the seconds that they take (of a sound: that it lasts)."""

    text: str
    seconds: float

    @property
    def clock(self) -> str:
        """``2:05``."""
        whole = round(self.seconds)
        return f"{whole // 60}:{whole % 60:02}"


def script_of(file: AttachmentView, pace: float, words: Mapping[str, str]) -> Script | None:
    """The words of a sound or of a sheet for an announcer (``pace`` syllables a second); None for other files."""
    if file.kind == "audio":
        return Script(file.alt_text, file.seconds or seconds(file.alt_text, pace, words))
    if not file.media_type.startswith("text/"):
        return None
    return Script(_read(file.path, file.sha256) or file.alt_text, seconds(file.alt_text, pace, words))


@lru_cache(maxsize=256)
def _read(path: Path, sha256: str) -> str:
    """A text file of ours; ``sha256`` keeps what was read apart from other bytes of the same name."""
    del sha256
    if not path.is_file() or path.stat().st_size > _MOST_BYTES:
        return ""
    return nfc(path.read_bytes().decode("utf-8-sig", errors="replace"))
