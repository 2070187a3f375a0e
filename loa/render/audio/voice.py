"""Voices that are programs of their own: started as processes, never part of ours, so that an office may choose any.

espeak-ng is free and clear but plainly a machine; piper reads with a neural model that the office supplies; ``command``
is for whatever else it has. Whoever has none records a person: nothing here is needed for that.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from loa.errors import RenderError
from loa.workspace import Workspace
from loa.workspace.settings import VoiceSettings

_PATIENCE = 180
_ESPEAK_CLOCK = 36.5
"""espeak's "words a minute" for one syllable a second: its Vietnamese voice at 120 says 3.3 (measured)."""


class Voice(Protocol):
    """Somebody who reads a passage aloud."""

    def say(self, words: str, sound: Path) -> None:
        """Write ``words`` as a WAV file."""


@dataclass(frozen=True, slots=True)
class Program:
    """A voice that is a program: ``command`` may hold {text} and {sound}; without {text} it reads standard input."""

    command: tuple[str, ...]

    def say(self, words: str, sound: Path) -> None:
        text = sound.with_suffix(".txt")
        text.write_text(_one_line(words) + "\n", encoding="utf-8")
        program = shutil.which(self.command[0])
        if program is None:
            raise RenderError("E474", program=self.command[0])
        arguments = [part.replace("{text}", str(text)).replace("{sound}", str(sound)) for part in self.command[1:]]
        self._run([program, *arguments], text)
        if not sound.is_file() or not sound.stat().st_size:
            raise RenderError("E475", program=self.command[0], reason=sound.name)

    def _run(self, command: Sequence[str], text: Path) -> None:
        try:
            with text.open("rb") as words:
                done = subprocess.run(command, stdin=words, capture_output=True, timeout=_PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RenderError("E475", program=self.command[0], reason=str(error)[-200:]) from error
        if done.returncode:
            told = done.stderr.decode("utf-8", errors="replace").strip()
            raise RenderError("E475", program=self.command[0], reason=told[-200:] or f"exit {done.returncode}")


def _one_line(words: str) -> str:
    """Programs that read line by line write a file for each line: a new line becomes the end of a sentence."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return " ".join(line if line[-1] in ".!?…,;:" else f"{line}." for line in lines)


def _espeak(_: Workspace, settings: VoiceSettings) -> Voice:
    pace = str(round(settings.pace * _ESPEAK_CLOCK))
    return Program(
        (settings.program or "espeak-ng", "-v", "vi", "-s", pace, "-b", "1", "-f", "{text}", "-w", "{sound}")
    )


def _piper(ws: Workspace, settings: VoiceSettings) -> Voice:
    return Program((settings.program or "piper", "-m", str(ws.inside(settings.model)), "-f", "{sound}"))


def _command(_: Workspace, settings: VoiceSettings) -> Voice:
    return Program(settings.command)


_ENGINES: dict[str, Callable[[Workspace, VoiceSettings], Voice]] = {
    "espeak": _espeak,
    "piper": _piper,
    "command": _command,
}


def voice_of(ws: Workspace) -> Voice | None:
    """The voice that ``loa.yaml`` names; none where a person reads."""
    make = _ENGINES.get(ws.settings.voice.engine)
    return make(ws, ws.settings.voice) if make else None
