"""Whether this machine can make pictures and clips at all: the fonts have every Vietnamese letter, ffmpeg runs."""

from __future__ import annotations

import re
import subprocess
import unicodedata

import imageio_ffmpeg

from loa.errors import RenderError
from loa.render.fontfiles import FAMILIES
from loa.render.tree.fonts import missing_glyphs, width_of

_PATIENCE = 20
_CODECS = ("libx264", "aac", "libmp3lame")
_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_WEIGHTS = (400, 700)


def vietnamese_letters() -> str:
    """Every letter of Vietnamese, composed, small and capital."""
    small = "bcdđghklmnpqrstvx" + "".join(unicodedata.normalize("NFC", v + tone) for v in _VOWELS for tone in _TONES)
    return small + small.upper()


def font_trouble() -> str:
    """What is wrong with the fonts of the program; empty when each of them sets all of Vietnamese."""
    for family in FAMILIES:
        try:
            if missing := missing_glyphs(vietnamese_letters(), family):
                return f"{family}: {' '.join(missing)}"
            if not all(width_of("Tiếng Việt", 20, weight, family=family) for weight in _WEIGHTS):
                return family
        except (RenderError, OSError) as error:
            return f"{family}: {error}"
    return ""


def ffmpeg_version() -> str:
    """The version of the ffmpeg that clips are made with.

    Raises:
        RenderError: E932, it does not run, or lacks a codec.
    """
    try:
        program = imageio_ffmpeg.get_ffmpeg_exe()
        listed = _told(program, "-encoders")
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        raise RenderError("E932", detail=type(error).__name__) from error
    if missing := [codec for codec in _CODECS if not re.search(rf"^ \S+ {codec} ", listed, re.MULTILINE)]:
        raise RenderError("E932", detail=", ".join(missing))
    found = re.match(r"ffmpeg version (\S+)", _told(program, "-version"))
    return found[1] if found else "?"


def _told(program: str, question: str) -> str:
    command = [program, *(("-hide_banner",) if question != "-version" else ()), question]
    done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True, stdin=subprocess.DEVNULL)
    return done.stdout.decode("utf-8", errors="replace")
