"""A clip with the subtitles that were approved with it."""

import hashlib
from dataclasses import replace
from pathlib import Path

from loa.delivery import Attachment


def subtitled(clip: Attachment, captions: Path) -> Attachment:
    """The clip with these subtitles, as they lie there now."""
    sha256 = hashlib.sha256(captions.read_bytes()).hexdigest() if captions.exists() else "0" * 64
    return replace(clip, captions=captions, captions_sha256=sha256)
