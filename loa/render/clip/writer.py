"""Writing a MoviePy clip whose frames are I420 buffers.

MoviePy's own pipe turns everything into rgb24, tags no colours and writes no faststart; this one hands the planes to
the same ffmpeg as they are and says what they are. One thread: the bytes do not depend on the machine's cores.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

import imageio_ffmpeg

from loa.errors import RenderError
from loa.render.clip.timeline import FPS

_TAGS = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"


def _command(width: int, height: int, seconds: float, target: Path) -> list[str]:
    return [
        imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-hide_banner", "-loglevel", "error", "-nostdin",
        "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width}x{height}", "-r", str(FPS), "-i", "pipe:0",
        "-f", "lavfi", "-t", f"{seconds:.6f}", "-i", "anullsrc=r=48000:cl=stereo",
        "-map", "0:v", "-map", "1:a", "-vf", _TAGS,
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-tune", "animation", "-profile:v", "high",
        "-threads", "1", "-g", str(2 * FPS), "-keyint_min", str(FPS), "-x264-params", "open-gop=0",
        "-c:a", "aac", "-b:a", "96k", "-ar", "48000",
        "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
        "-movflags", "+faststart", str(target),
    ]  # fmt: skip


def write(clip: Any, width: int, height: int) -> bytes:
    """The bytes of an MP4 of this clip: H.264, silent AAC, colours tagged, index in front.

    Raises:
        RenderError: E441, ffmpeg could not write it.
    """
    with tempfile.TemporaryDirectory(prefix="loa-clip-") as folder:
        target, log = Path(folder) / "clip.mp4", Path(folder) / "log.txt"
        with log.open("wb") as errors:
            encoder = subprocess.Popen(
                _command(width, height, clip.duration, target), stdin=subprocess.PIPE, stderr=errors
            )
            try:
                _feed(encoder, clip)
            finally:
                failed = _finish(encoder)
        if failed:
            raise RenderError("E441", reason=log.read_text(encoding="utf-8", errors="replace").strip()[-300:])
        return target.read_bytes()


def _feed(encoder: subprocess.Popen[bytes], clip: Any) -> None:
    if encoder.stdin is None:
        return
    try:
        for frame in clip.iter_frames(fps=FPS, dtype="uint8"):
            encoder.stdin.write(frame.data)
    except OSError:  # ffmpeg has gone; its log tells why
        return


def _finish(encoder: subprocess.Popen[bytes]) -> bool:
    try:
        if encoder.stdin is not None:
            encoder.stdin.close()
    except OSError:
        encoder.kill()
    return encoder.wait() != 0
