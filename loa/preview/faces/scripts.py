"""What is read aloud: the sheet for an announcer as it was made, or the words of a sound."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from loa.dispatch import AttachmentView
from loa.text import nfc

_MOST_BYTES = 200_000


def script_of(file: AttachmentView) -> str:
    """The words; nothing for a file that is neither sound nor text. A sheet says itself how long it takes."""
    if file.kind == "audio":
        return file.alt_text
    return _read(file.path, file.sha256) or file.alt_text if file.media_type.startswith("text/") else ""


@lru_cache(maxsize=256)
def _read(path: Path, sha256: str) -> str:
    """A text file of ours; ``sha256`` keeps what was read apart from other bytes of the same name."""
    del sha256
    if not path.is_file() or path.stat().st_size > _MOST_BYTES:
        return ""
    return nfc(path.read_bytes().decode("utf-8-sig", errors="replace"))
