"""Writing MoviePy clips whose frames are I420 buffers, and joining what was written without encoding it again.

MoviePy's own pipe turns everything into rgb24, tags no colours and writes no faststart; this one hands the planes to
the same ffmpeg as they are and says what they are. One thread: the bytes do not depend on the machine's cores.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import imageio_ffmpeg

from loa.errors import RenderError
from loa.render.clip.timeline import FPS

_TAGS = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
_GROUP = 5 * FPS
"""Frames between key frames at most; Reels ask for two to five seconds, and no group leans on the one before."""
ENCODING = (
    "-vf", _TAGS, "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-tune", "animation", "-profile:v", "high",
    "-threads", "1", "-g", str(_GROUP), "-keyint_min", str(FPS), "-x264-params", "open-gop=0",
)  # fmt: skip
"""What decides the bytes of a segment besides its frames."""
_EXACT = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact")
_TICKS = ("-video_track_timescale", str(512 * FPS))
_PIPE = 1 << 20


def encode(clip: Any, width: int, height: int) -> bytes:
    """The bytes of an MP4 of this clip: H.264, colours tagged, no sound.

    Raises:
        RenderError: E441, ffmpeg could not write it.
    """
    with tempfile.TemporaryDirectory(prefix="loa-clip-") as folder:
        target, log = Path(folder) / "clip.mp4", Path(folder) / "log.txt"
        source = ("-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width}x{height}", "-r", str(FPS), "-i", "pipe:0")
        with log.open("wb") as errors:
            command = _ffmpeg(*source, *ENCODING, *_EXACT, *_TICKS, str(target))
            encoder = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=errors, bufsize=0)
            try:
                _feed(encoder, clip)
            finally:
                failed = _finish(encoder)
        if failed:
            raise RenderError("E441", reason=log.read_text(encoding="utf-8", errors="replace").strip()[-300:])
        return target.read_bytes()


def silence(seconds: float) -> bytes:
    """A silent AAC track: some players and networks refuse a video without one."""
    with tempfile.TemporaryDirectory(prefix="loa-clip-") as folder:
        target = Path(folder) / "silence.m4a"
        source = ("-f", "lavfi", "-t", f"{seconds:.6f}", "-i", "anullsrc=r=48000:cl=stereo")
        _run(*source, "-c:a", "aac", "-b:a", "96k", *_EXACT, str(target))
        return target.read_bytes()


def join(parts: Sequence[tuple[bytes, float]], sound: bytes) -> bytes:
    """Segments (each with its seconds) and a sound track as one MP4; every packet as it was, the index in front.

    Raises:
        RenderError: E441, ffmpeg could not write it.
    """
    with tempfile.TemporaryDirectory(prefix="loa-clip-") as name:
        folder = Path(name)
        for index, (data, _) in enumerate(parts):
            (folder / f"{index}.mp4").write_bytes(data)
        (folder / "sound.m4a").write_bytes(sound)
        order = (f"file {index}.mp4\nduration {seconds:.6f}\n" for index, (_, seconds) in enumerate(parts))
        (folder / "order.txt").write_text("".join(order), encoding="ascii")
        target = folder / "clip.mp4"
        _run(
            "-f", "concat", "-i", str(folder / "order.txt"), "-i", str(folder / "sound.m4a"), "-map", "0:v", "-map",
            "1:a", "-c", "copy", *_EXACT, *_TICKS, "-movflags", "+faststart", str(target),
        )  # fmt: skip
        return target.read_bytes()


def _ffmpeg(*arguments: str) -> list[str]:
    return [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-hide_banner", "-loglevel", "error", "-nostdin", *arguments]


def _run(*arguments: str) -> None:
    done = subprocess.run(_ffmpeg(*arguments), capture_output=True, check=False)
    if done.returncode:
        raise RenderError("E441", reason=done.stderr.decode("utf-8", errors="replace").strip()[-300:])


def _feed(encoder: subprocess.Popen[bytes], clip: Any) -> None:
    if encoder.stdin is None:
        return
    _widen(encoder.stdin.fileno())
    with suppress(OSError):  # ffmpeg has gone; its log tells why
        for frame in clip.iter_frames(fps=FPS, dtype="uint8"):
            rest = memoryview(frame).cast("B")
            while rest:
                rest = rest[encoder.stdin.write(rest) :]


def _widen(pipe: int) -> None:
    """A larger pipe where the system has them (Linux): a frame in three pieces and not in fifty."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415 (there is none on Windows)

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _finish(encoder: subprocess.Popen[bytes]) -> bool:
    try:
        if encoder.stdin is not None:
            encoder.stdin.close()
    except OSError:
        encoder.kill()
    return encoder.wait() != 0
