"""The staff's own sound and video: looked at with suspicion before anything is decoded."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import imageio_ffmpeg

from loa.errors import RenderError
from loa.workspace import Workspace

SOUNDS = (".wav", ".mp3", ".m4a", ".ogg")
VIDEOS = (".mp4", ".mov", ".m4v", ".webm", ".mkv")
_FORMATS = "wav,mp3,mov,mp4,m4a,3gp,3g2,mj2,ogg,matroska,webm"
"""No play lists: one of those could name other files of the machine, or addresses."""
_PCM = frozenset(("pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_u8"))
_CODECS = _PCM | {"mp3", "mp3float", "aac", "vorbis", "opus", "flac", "alac"} | {"h264", "hevc", "vp8", "vp9", "av1"}
_MOST_BYTES, _MOST_SECONDS, _MOST_PIXELS = 600_000_000, 1800.0, 4096 * 2304
_PATIENCE = 30
_MEMORY = "536870912"
_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_STREAM = re.compile(r"Stream #0:\d+.*?: (Audio|Video): (\w+)(.*)")
_SIZE = re.compile(r"\b(\d{2,5})x(\d{2,5})\b")


@dataclass(frozen=True, slots=True)
class Media:
    """A sound or video that may be decoded."""

    path: Path
    shown: str
    seconds: float
    has_sound: bool
    has_picture: bool


def source(path: Path) -> tuple[str, ...]:
    """The arguments that let ffmpeg read this file and nothing that it may point at."""
    return ("-max_alloc", _MEMORY, "-format_whitelist", _FORMATS, "-protocol_whitelist", "file", "-i", f"file:{path}")


def sound(ws: Workspace, relative: str) -> Media:
    """A sound of the workspace.

    Raises:
        WorkspaceError: E202, it lies outside.
        RenderError: E442 not there, E443 not of a kind that is taken, E444 too large or too long.
    """
    return _look(ws, relative, SOUNDS)


def video(ws: Workspace, relative: str) -> Media:
    """A video of the workspace; raises what ``sound`` raises."""
    return _look(ws, relative, VIDEOS)


def _look(ws: Workspace, relative: str, suffixes: tuple[str, ...]) -> Media:
    path = ws.inside(relative)
    if not path.is_file():
        raise RenderError("E442", path=relative)
    if path.suffix.lower() not in suffixes:
        raise RenderError("E443", path=relative, accepted=" ".join(suffixes))
    if path.stat().st_size > _MOST_BYTES:
        raise _too_much(relative)
    status = path.stat()
    return _judged(path, relative, suffixes, _told(path, (status.st_mtime_ns, status.st_size)))


def _too_much(relative: str) -> RenderError:
    return RenderError(
        "E444", path=relative, megabytes=str(_MOST_BYTES // 1_000_000), minutes=f"{_MOST_SECONDS / 60:g}"
    )


def _judged(path: Path, relative: str, suffixes: tuple[str, ...], told: str) -> Media:
    length, streams = _DURATION.search(told), _STREAM.findall(told)
    kinds = {kind for kind, _, rest in streams if "attached pic" not in rest}
    wanted = "Video" if suffixes == VIDEOS else "Audio"
    if length is None or wanted not in kinds or any(codec not in _CODECS for _, codec, _ in streams):
        raise RenderError("E443", path=relative, accepted=" ".join(suffixes))
    seconds = int(length[1]) * 3600 + int(length[2]) * 60 + float(length[3])
    sizes = [found for kind, _, rest in streams if kind == "Video" and (found := _SIZE.search(rest))]
    if seconds > _MOST_SECONDS or any(int(size[1]) * int(size[2]) > _MOST_PIXELS for size in sizes):
        raise _too_much(relative)
    return Media(path, relative, seconds, "Audio" in kinds, "Video" in kinds)


@lru_cache(maxsize=256)
def _told(path: Path, _when: tuple[int, int]) -> str:
    """What ffmpeg says of a file; it decodes nothing but what it needs to know it."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", *source(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return ""
    return done.stderr.decode("utf-8", errors="replace")
