"""The staff's video behind a scene: cut out, cropped to cover the format, at our frame rate and in our colours."""

from __future__ import annotations

import subprocess
import threading
from dataclasses import dataclass, field

import imageio_ffmpeg
import numpy as np

from loa.errors import RenderError
from loa.render.clip.media import Media, source
from loa.render.clip.timeline import FPS
from loa.render.pen import Pixels

_PATIENCE = 300.0
_SCALING = "in_range=auto:out_range=tv:out_color_matrix=bt709:flags=bicubic+accurate_rnd+bitexact"


@dataclass(slots=True)
class Footage:
    """The frames of a part of a video. Asked one after another they come from one run of ffmpeg."""

    media: Media
    start: float
    frames: int
    width: int
    height: int
    _process: subprocess.Popen[bytes] | None = None
    _watch: threading.Timer | None = None
    _at: int = -1
    _shown: Pixels = field(default_factory=lambda: np.zeros((0, 0), np.uint8))

    def frame(self, number: int) -> Pixels:
        """A frame as I420 planes; after the end of the video, its last.

        Raises:
            RenderError: E443, nothing could be decoded.
        """
        number = min(number, self.frames - 1)
        if number < self._at or self._at < 0:
            self._begin()
        while self._at < number and self._next():
            self._at += 1
        if self._at == self.frames - 1:
            self.close()
        return self._shown

    def _next(self) -> bool:
        pipe = self._process.stdout if self._process is not None else None
        size = self.width * self.height * 3 // 2
        data = pipe.read(size) if pipe is not None else b""
        if len(data) == size:
            self._shown = np.frombuffer(data, np.uint8).reshape(self.height * 3 // 2, self.width)
            return True
        if not self._shown.size:
            self.close()
            raise RenderError("E443", path=self.media.shown, accepted="H.264, HEVC, VP9, AV1")
        return False

    def _begin(self) -> None:
        self.close()
        size = f"{self.width}:{self.height}"
        steps = (
            f"fps={FPS}", f"scale={size}:force_original_aspect_ratio=increase:{_SCALING}", f"crop={size}",
            "format=yuv420p",
        )  # fmt: skip
        command = [
            imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-nostdin", "-threads", "1",
            "-ss", f"{self.start:.3f}", "-t", f"{self.frames / FPS + 0.5:.3f}", *source(self.media.path),
            "-map", "0:v:0", "-an", "-sn", "-dn", "-vf", ",".join(steps), "-f", "rawvideo", "pipe:1",
        ]  # fmt: skip
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._watch = threading.Timer(_PATIENCE, self._process.kill)
        self._watch.daemon = True
        self._watch.start()
        self._at = -1

    def close(self) -> None:
        """End ffmpeg, if it runs."""
        if self._watch is not None:
            self._watch.cancel()
        if self._process is not None:
            self._process.kill()
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process.wait()
        self._process = self._watch = None
