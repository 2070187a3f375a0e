"""The sound of a clip: the staff's narration and footage in front, their music behind, at one loudness."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from loa.errors import RenderError
from loa.render.audio import loudness
from loa.render.clip.media import Media, source

RATE = 48_000
_BED, _UNDER = -22.0, -36.0
"""LUFS of the music where nobody speaks, and under a voice (which has −16)."""
_FADE_IN, _FADE_OUT, _SOFT = 0.5, 1.6, 0.06
_WINDOW = 0.05
_SPEECH = 0.012
"""Above this RMS somebody speaks."""
_BEFORE, _AFTER = 0.25, 0.7
"""Seconds in which the music makes way for a voice, and comes back after it."""
_PATIENCE = 300
Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Track:
    """One sound in a clip: what, from which second of it, where in the clip, how long; a voice or the bed."""

    media: Media
    begin: float
    at: float
    seconds: float
    voice: bool

    @property
    def told(self) -> str:
        """What decides its samples, for the key of the mix."""
        return f"{self.begin:.3f} {self.at:.4f} {self.seconds:.4f} {self.voice}"


def mix(tracks: Sequence[Track], seconds: float) -> bytes:
    """All tracks as one AAC track of exactly this length, at −16 LUFS.

    Raises:
        RenderError: E443 a track cannot be decoded; E472, E473 of the loudness.
    """
    voice = _together([track for track in tracks if track.voice], seconds, loudness.AIM)
    bed = _together([track for track in tracks if not track.voice], seconds, _BED)
    if voice.any():
        bed *= _making_way(voice)[:, None]
    with tempfile.TemporaryDirectory(prefix="loa-sound-") as folder:
        wave, result = Path(folder) / "mix.wav", Path(folder) / "mix.m4a"
        _write(voice + bed, wave)
        loudness.normalise(wave, result)
        return result.read_bytes()


def _together(tracks: Sequence[Track], seconds: float, lufs: float) -> Samples:
    whole = np.zeros((round(seconds * RATE), 2), np.float32)
    for track in tracks:
        samples = _faded(_decoded(track), track)
        at = round(track.at * RATE)
        room = whole[at : at + len(samples)]
        room += samples[: len(room)] * _gain(track, lufs)
    return whole


def _gain(track: Track, lufs: float) -> np.float32:
    measured = loudness.measure(track.media.path)
    return np.float32(10 ** ((lufs - max(measured, -50.0)) / 20))


def _decoded(track: Track) -> Samples:
    """The samples of a track; a bed that is too short begins again."""
    again = () if track.voice else ("-stream_loop", "-1")
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-nostdin", *again,
        "-ss", f"{track.begin:.3f}", "-t", f"{track.seconds:.4f}", *source(track.media.path),
        "-map", "0:a:0", "-vn", "-ac", "2", "-ar", str(RATE), "-threads", "1", "-fflags", "+bitexact",
        "-f", "f32le", "pipe:1",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as late:
        raise RenderError("E443", path=track.media.shown, accepted="MP3, M4A, OGG, WAV") from late
    samples = np.frombuffer(done.stdout[: len(done.stdout) // 8 * 8], "<f4").reshape(-1, 2)
    if not len(samples) or not np.isfinite(samples).all():
        raise RenderError("E443", path=track.media.shown, accepted="MP3, M4A, OGG, WAV")
    return samples[: round(track.seconds * RATE)].clip(-4, 4)


def _faded(samples: Samples, track: Track) -> Samples:
    """A track with its edges softened; the bed comes and goes slowly."""
    rise, fall = (_SOFT, _SOFT) if track.voice else (_FADE_IN, _FADE_OUT)
    shape = np.ones(len(samples), np.float32)
    for length, where in ((rise, slice(None)), (fall, slice(None, None, -1))):
        count = min(len(samples), round(length * RATE))
        shape[where][:count] *= np.sin(np.linspace(0, np.pi / 2, count, dtype=np.float32))
    return np.asarray(samples * shape[:, None], np.float32)


def _making_way(voice: Samples) -> NDArray[np.float32]:
    """The gain of the bed over time: down before somebody speaks, up again after."""
    step = round(_WINDOW * RATE)
    count = -(-len(voice) // step)
    padded = np.zeros(count * step, np.float32)
    padded[: len(voice)] = voice.mean(axis=1)
    speaks = np.sqrt((padded.reshape(count, step) ** 2).mean(axis=1)) > _SPEECH
    before, after = round(_BEFORE / _WINDOW), round(_AFTER / _WINDOW)
    wide = np.array([speaks[max(0, at - after) : at + before + 1].any() for at in range(count)])
    smooth = np.convolve(np.pad(wide.astype(float), before, mode="edge"), np.ones(2 * before + 1), "valid")
    down = _UNDER - _BED
    decibels = down * smooth / (2 * before + 1)
    over = np.interp(np.arange(len(voice)), (np.arange(count) + 0.5) * step, decibels)
    return np.asarray(10 ** (over / 20), np.float32)


def _write(samples: Samples, path: Path) -> None:
    """Float samples as a WAV, by ffmpeg."""
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-hide_banner", "-loglevel", "error", "-f", "f32le", "-ar", str(RATE),
        "-ac", "2", "-i", "pipe:0", "-c:a", "pcm_f32le", "-fflags", "+bitexact", str(path),
    ]  # fmt: skip
    done = subprocess.run(command, input=samples.tobytes(), capture_output=True, check=False)
    if done.returncode:
        raise RenderError("E441", reason=done.stderr.decode("utf-8", errors="replace").strip()[-300:])
