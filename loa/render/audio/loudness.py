"""One loudness for every sound: measured as EBU R 128 says, brought to its aim by gain, and measured again.

ffmpeg's own ``loudnorm`` aims once and misses by a unit or more; here what was written is what is measured, after the
codec, and the gain is corrected until it is right. Peaks are held by a limiter at four times the sampling rate, which
sees the true peak between the samples.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from loa.errors import RenderError
from loa.render.audio.ffmpeg import run, source, target

AIM = -16.0
"""LUFS: what phones, networks and public address agree on."""
TOLERANCE = 0.5
PEAK = -1.5
"""dBTP, so that neither a codec nor a worn amplifier clips."""
_CLOSE = 0.1
_TRIES = 8
_SILENCE = -60.0
_ROOM = 0.5  # a codec overshoots by a little; where it does so by more, the limiter is lowered
_OVERSAMPLED = 192_000
_LOUDNESS = re.compile(r"\bI:\s+(-?[\d.]+|-?inf|nan) LUFS")
_PEAK_LINE = re.compile(r"\bPeak:\s+(-?[\d.]+|-?inf|nan) dBFS")


@dataclass(frozen=True, slots=True)
class Level:
    """How loud a sound is (LUFS) and its highest true peak (dBTP)."""

    lufs: float
    peak: float


def level(path: Path) -> Level:
    """Loudness and true peak of a sound.

    Raises:
        RenderError: E471, it cannot be read as sound.
    """
    told = run(path, [*source(path), "-map", "0:a:0", "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"])
    loud, peak = _LOUDNESS.findall(told), _PEAK_LINE.findall(told)
    if not loud or not peak:
        raise RenderError("E471", path=path.name, reason="ebur128")
    return Level(float(loud[-1]), float(peak[-1]))


def measure(path: Path) -> float:
    """The integrated loudness of a sound in LUFS; silence has about −70."""
    return level(path).lufs


def normalise(sound: Path, result: Path, lufs: float = AIM, channels: int = 0) -> float:
    """Write ``sound`` to ``result`` (.wav, .mp3, .m4a) at a loudness of ``lufs``, and tell what was reached.

    ``channels``: 1 for the one line of a loudspeaker, 2 for stereo, 0 as it came.

    Raises:
        RenderError: E471 no sound, E472 silence, E473 it cannot be brought to this loudness.
    """
    before = measure(sound)
    if not before > _SILENCE:
        raise RenderError("E472", path=sound.name)
    gain, ceiling = lufs - before, PEAK - _ROOM
    with tempfile.TemporaryDirectory(prefix="loa-sound-") as folder:
        aside = Path(folder) / f"sound{result.suffix}"
        for _ in range(_TRIES):
            _write(sound, aside, _Setting(gain, ceiling, channels))
            reached = level(aside)
            if abs(reached.lufs - lufs) <= _CLOSE and reached.peak <= PEAK:
                break
            gain += lufs - reached.lufs
            ceiling -= max(0.0, reached.peak - PEAK)
        if abs(reached.lufs - lufs) > TOLERANCE or reached.peak > PEAK:
            raise RenderError("E473", path=sound.name, reached=f"{reached.lufs:.1f}", wanted=f"{lufs:g}")
        result.write_bytes(aside.read_bytes())
    return reached.lufs


@dataclass(frozen=True, slots=True)
class _Setting:
    gain: float
    ceiling: float
    channels: int


def _write(sound: Path, result: Path, setting: _Setting) -> None:
    steps = (
        f"aresample={_OVERSAMPLED}",
        f"volume={setting.gain:.3f}dB:precision=double",
        f"alimiter=limit={10 ** (setting.ceiling / 20):.6f}:attack=5:release=80:level=false:latency=true",
        "aresample=48000",
    )
    told = ["-map", "0:a:0", "-af", ",".join(steps)]
    channels = ("-ac", str(setting.channels)) if setting.channels else ()
    run(sound, [*source(sound), *told, *channels, *target(result)])
