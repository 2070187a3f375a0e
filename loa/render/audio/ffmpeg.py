"""ffmpeg as a process: only files, only sound, always to an end, and the same bytes every time."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from loa.errors import RenderError

_PATIENCE = 600
_LONGEST = 1800
_FORMATS = "wav,mp3,mov,mp4,m4a,3gp,3g2,mj2,ogg,flac,aac,matroska,webm"
"""No play lists: one of those could name other files of the machine, or addresses."""
_MEMORY, _MOST_BYTES = "200000000", 300_000_000
_EXACT = ("-map_metadata", "-1", "-threads", "1", "-fflags", "+bitexact", "-flags:a", "+bitexact")
_CODECS = {
    ".mp3": ("-c:a", "libmp3lame", "-b:a", "128k", "-id3v2_version", "0"),
    ".m4a": ("-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart"),
    ".wav": ("-c:a", "pcm_s16le"),
}
SUFFIXES = tuple(_CODECS)


def source(path: Path) -> tuple[str, ...]:
    """The arguments that read a file of the staff, whatever its name and whatever it tries to point at."""
    return ("-max_alloc", _MEMORY, "-format_whitelist", _FORMATS, "-protocol_whitelist", "file", "-i", f"file:{path}")


def target(path: Path) -> tuple[str, ...]:
    """The arguments that write ``path`` as its suffix says, at 48 kHz."""
    return (*_CODECS[path.suffix.lower()], "-ar", "48000", *_EXACT, f"file:{path}")


def run(path: Path, arguments: Sequence[str]) -> str:
    """Run ffmpeg; what it told at the end. ``path`` is the file that people are told of.

    Raises:
        RenderError: E471, the file is no sound that can be read, or nothing could be written.
    """
    return _run(path, arguments).stderr.decode("utf-8", errors="replace")


def decode(path: Path, rate: int) -> NDArray[np.float32]:
    """The samples of a sound, one channel.

    Raises:
        RenderError: E471, it cannot be read as sound, or is longer than any bulletin.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise RenderError("E471", path=path.name, reason=f"> {_MOST_BYTES // 1_000_000} MB")
    asked = [*source(path), "-map", "0:a:0", "-t", str(_LONGEST + 1), "-ac", "1", "-ar", str(rate), "-f", "f32le", "-"]
    samples = np.frombuffer(_run(path, asked).stdout, np.float32)
    if len(samples) > _LONGEST * rate:
        raise RenderError("E471", path=path.name, reason=f"> {_LONGEST // 60} min")
    return samples


def _run(path: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-hide_banner", "-nostdin", "-nostats", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as late:
        raise RenderError("E471", path=path.name, reason=f"> {_PATIENCE} s") from late
    if done.returncode:
        told = done.stderr.decode("utf-8", errors="replace").strip()
        raise RenderError("E471", path=path.name, reason=told.rpartition("\n")[2][-200:])
    return done
