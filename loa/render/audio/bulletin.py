"""A bulletin: the sheet to read from, or the sound file, made from a template, a voice or a recording."""

from __future__ import annotations

import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from loa.errors import LoaError, Problem, RenderError
from loa.render.audio import FORMATS, SCRIPT
from loa.render.audio.chime import Samples, chime
from loa.render.audio.ffmpeg import decode
from loa.render.audio.loudness import normalise
from loa.render.audio.script import Script, write_script
from loa.render.audio.voice import Voice, voice_of
from loa.render.order import Order
from loa.render.shelf import Made
from loa.workspace import Workspace

RATE = 48_000
_CHIME_BELOW_VOICE = 0.45
_REST = 0.6


def make_bulletin(ws: Workspace, order: Order) -> Made:
    """The sheet or the sound of a bulletin; its transcript is the alternative text.

    Raises:
        RenderError: a field is wrong (E403 to E405), there is no voice (E470), or it could not be read (E471 to E477).
    """
    script = _script(ws, order)
    if order.format == SCRIPT:
        return Made("txt", script.sheet(ws.settings.voice.pace).encode(), 0, 0, script.text, script.seconds)
    with tempfile.TemporaryDirectory(prefix="loa-bulletin-") as folder:
        spoken = _voice_track(ws, order, script, Path(folder))
        whole = np.concatenate(list(_arranged(spoken, script)))
        result = Path(folder) / f"bulletin.{order.format}"
        normalise(_write(Path(folder) / "whole.wav", whole), result, channels=1)
        return Made(order.format, result.read_bytes(), 0, 0, script.text, len(whole) / RATE)


def bulletin_problems(ws: Workspace, order: Order) -> list[Problem]:
    """What would stop this order, found without a sound being made."""
    try:
        script = _script(ws, order)
        if order.format != SCRIPT:
            _reader(ws, order, script)
    except LoaError as error:
        return list(error.problems())
    return []


def _script(ws: Workspace, order: Order) -> Script:
    if order.format not in FORMATS:
        raise RenderError("E402", template=order.template, format=order.format, accepted=", ".join(FORMATS))
    return write_script(ws, order)


def _reader(ws: Workspace, order: Order, script: Script) -> Path | Voice:
    """The recording, or the voice that reads the script."""
    if script.recording:
        path = ws.find_file(script.recording)
        if not path.is_file():
            raise RenderError("E476", path=script.recording)
        return path
    voice = voice_of(ws)
    if voice is None:
        raise RenderError("E470", template=order.template, format=order.format)
    return voice


def _voice_track(ws: Workspace, order: Order, script: Script, folder: Path) -> Samples:
    reader = _reader(ws, order, script)
    if isinstance(reader, Path):
        return decode(reader, RATE)
    parts: list[Samples] = []
    for number, passage in enumerate(script.passages):
        sound = folder / f"{number:02}.wav"
        reader.say(passage.words, sound)
        parts += [decode(sound, RATE), np.zeros(int(RATE * passage.pause), np.float32)]
    return np.concatenate(parts)


def _arranged(spoken: Samples, script: Script) -> Iterator[Samples]:
    """Music, voice, music: the music a little below the voice, whatever the voice's own level."""
    if not script.chime:
        yield spoken
        return
    loud = float(np.sqrt(np.mean(np.square(spoken[np.abs(spoken) > 0.001 * (np.abs(spoken).max() or 1)])))) or 1.0
    for falling in (False, True):
        music = chime(RATE, falling=falling)
        own = float(np.sqrt(np.mean(np.square(music))))
        part = music * (loud / own * _CHIME_BELOW_VOICE)
        if falling:
            yield part
        else:
            yield from (part, np.zeros(int(RATE * _REST), np.float32), spoken)


def _write(path: Path, sound: Samples) -> Path:
    loudest = float(np.abs(sound).max()) or 1.0
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((sound * (0.7 / loudest) * 32767).astype("<i2").tobytes())
    return path
