"""How far from -16 LUFS a sound ends: ours against ffmpeg's loudnorm, in one pass and in two, all written as MP3.

    uv run python benchmarks/loudness.py [--write]

The kinds of sound are those that offices have: speech (by espeak-ng, if it is on this machine), speech whispered far
from the microphone, speech with knocks, a hum, music-like tones, noise. Each result is measured by the same meter.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import wave
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray
from table import rows, write_section

from loa.render.audio.loudness import AIM, PEAK, level, normalise
from loa.text.spoken import spoken

BAR = 0.5
RATE = 48_000
TEXT = spoken(
    "Kính thưa toàn thể bà con. Từ 08:00 đến 11:30 ngày 10/10/2026, tại Nhà văn hóa xã, UBND xã hướng dẫn bà con nộp "
    "hồ sơ DVCTT. Năm 2025, đã có 62,5% hồ sơ được nộp tại nhà. Cần hỗ trợ, mời bà con gọi 1022. Xin cảm ơn bà con."
)
Samples = NDArray[np.float64]


def write(path: Path, sound: Samples) -> Path:
    """A WAV file of these samples."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def speech(folder: Path) -> Samples:
    """A machine's voice, or where there is none a hum that comes and goes as syllables do."""
    time = np.arange(RATE * 15) / RATE
    if shutil.which("espeak-ng") is None:
        beat = np.clip(np.sin(2 * np.pi * 3.3 * time), 0, 1) * (np.sin(2 * np.pi * 0.2 * time) > -0.7)
        return np.asarray(0.3 * beat * sum(np.sin(2 * np.pi * 140 * k * time) / k for k in range(1, 20)))
    subprocess.run(["espeak-ng", "-v", "vi", "-s", "120", "-w", str(folder / "e.wav"), TEXT], check=True)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(folder / "e.wav"), "-ar", str(RATE)]
    raw = subprocess.run([*command, "-f", "s16le", "-"], capture_output=True, check=True).stdout
    return np.frombuffer(raw, "<i2") / 32768


def sounds(folder: Path) -> dict[str, Samples]:
    """Every kind of sound by its name."""
    voice = speech(folder)
    time = np.arange(RATE * 15) / RATE
    chance = np.random.default_rng(10)
    knocks = np.zeros(len(voice))
    for start in range(RATE, len(voice) - 60, 2 * RATE):
        knocks[start : start + 60] = 0.95
    half = len(voice) // 2
    return {
        "speech": voice,
        "speech, far away": voice * 0.01 + chance.normal(0, 0.0004, len(voice)),
        "speech with knocks": voice * 0.12 + knocks,
        "speech, loud then soft": np.concatenate([voice[:half], voice[half:] * 0.08]),
        "speech between long silences": np.concatenate([np.zeros(RATE * 8), voice, np.zeros(RATE * 8)]),
        "hum of 60 Hz": 0.4 * np.sin(2 * np.pi * 60 * time),
        "tones that swell": 0.2 * np.sin(2 * np.pi * 220 * time) * np.abs(np.sin(2 * np.pi * 0.4 * time)),
        "noise": chance.normal(0, 0.1, RATE * 15),
        "three seconds of noise": chance.normal(0, 0.02, RATE * 3),
    }


def _ffmpeg(source: Path, filters: str, *target: str) -> str:
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-y",
        "-hide_banner",
        "-nostats",
        "-i",
        str(source),
        "-af",
        filters,
        *target,
    ]
    return subprocess.run(command, capture_output=True, check=True, text=True).stderr


def _mp3(target: Path) -> tuple[str, ...]:
    return ("-ar", str(RATE), "-c:a", "libmp3lame", "-b:a", "128k", str(target))


def once(source: Path, target: Path) -> None:
    """The peer as it is mostly used."""
    _ffmpeg(source, f"loudnorm=I={AIM}:TP={PEAK}:LRA=11", *_mp3(target))


def twice(source: Path, target: Path) -> None:
    """The peer as its makers advise: measured first, then one linear gain where its limits allow."""
    told = _ffmpeg(source, f"loudnorm=I={AIM}:TP={PEAK}:LRA=11:print_format=json", "-f", "null", "-")
    seen = json.loads(re.findall(r"\{[^{}]*\}", told)[-1])
    measured = ":".join(
        f"measured_{name}={seen[f'input_{key}']}"
        for name, key in (("I", "i"), ("TP", "tp"), ("LRA", "lra"), ("thresh", "thresh"))
    )
    _ffmpeg(
        source,
        f"loudnorm=I={AIM}:TP={PEAK}:LRA=11:linear=true:{measured}:offset={seen['target_offset']}",
        *_mp3(target),
    )


def ours(source: Path, target: Path) -> None:
    """What bulletins and clips go through."""
    normalise(source, target)


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "ours": ours,
    "loudnorm, one pass": once,
    "loudnorm, two passes": twice,
}


def measured() -> tuple[list[list[str]], dict[str, float]]:
    """A line for each sound, and the worst error of each way."""
    worst = dict.fromkeys(WAYS, 0.0)
    lines = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, sound in sounds(folder).items():
            source, target = write(folder / "in.wav", sound), folder / "out.mp3"
            cells = [kind, f"{level(source).lufs:.1f}"]
            for way, make in WAYS.items():
                make(source, target)
                reached = level(target)
                worst[way] = max(worst[way], abs(reached.lufs - AIM))
                over = f", peak {reached.peak:+.1f}" if reached.peak > PEAK else ""
                cells.append(f"{reached.lufs - AIM:+.1f}{over}")
            lines.append(cells)
    return lines, worst


def main() -> int:
    """Measure, print, and with --write put the table into the docs."""
    lines, worst = measured()
    head = ["sound", "LUFS before", *(f"{way}: off by (LU)" for way in WAYS)]
    table = rows(head, lines)
    met = worst["ours"] <= BAR
    ends = ", ".join(f"{way} {error:.1f} LU" for way, error in worst.items())
    verdict = f"Worst: {ends}. Bar: {BAR} LU, {'met' if met else 'MISSED'}."
    print("\n".join((*table, "", verdict)))
    if "--write" in sys.argv:
        about = f"`benchmarks/loudness.py`: aim {AIM:g} LUFS, true peak at most {PEAK:g} dBTP, measured in the MP3."
        write_section("loudness", ["## Loudness of bulletins", "", about, "", *table, "", verdict])
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
