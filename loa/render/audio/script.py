"""The script of a bulletin: passages filled with data, in the words that an announcer says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loa.errors import RenderError
from loa.render.audio.template import AudioTemplate, load_audio
from loa.render.fields import field_problems, refuse
from loa.render.order import Order
from loa.render.tree.fill import Scope
from loa.text.spoken import seconds, spoken
from loa.workspace import Workspace

CHIME_SECONDS = 4.0
_LONG_REST = 1.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """One passage, in words, with the rest after it."""

    name: str
    words: str
    pause: float


@dataclass(frozen=True, slots=True)
class Script:
    """All that is said, and about how long it takes."""

    title: str
    unit: str
    passages: tuple[Spoken, ...]
    seconds: float
    chime: bool
    recording: str

    @property
    def text(self) -> str:
        """The transcript of the sound."""
        return "\n\n".join(passage.words for passage in self.passages)

    def sheet(self, pace: float) -> str:
        """The page that lies before the announcer."""
        length = f"Thời lượng: khoảng {_written(round(self.seconds / 60, 1))} phút, đọc {_written(pace)} tiếng một giây"
        head = [self.title.upper(), self.unit, length]
        body = [
            "\n".join(filter(None, (f"[{passage.name}]" if passage.name else "", passage.words, _rest(passage.pause))))
            for passage in self.passages
        ]
        music = ["(nhạc hiệu)"] if self.chime else []
        return "\n\n".join(["\n".join(filter(None, head)), *music, *body, *music]) + "\n"


def _rest(pause: float) -> str:
    return f"(nghỉ {_written(pause)} giây)" if pause >= _LONG_REST else ""


def _written(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def write_script(ws: Workspace, order: Order) -> Script:
    """The script of an order.

    Raises:
        RenderError: a field is missing or of the wrong kind (E403 to E405); E477, the bulletin is too long.
        ProblemsFound: several of these.
    """
    template = load_audio(ws, order.template)
    refuse(field_problems(template.fields, order))
    given = {name: value for name, value in order.data.items() if value}
    scope = Scope({**_defaults(template), **given}, order.format)
    voice = ws.settings.voice
    passages = tuple(_passages(template, scope, dict(voice.words)))
    length = sum(seconds(passage.words, voice.pace) + passage.pause for passage in passages)
    length += 2 * CHIME_SECONDS if template.chime else 0
    if length > template.longest * 60:
        shown = {"length": _written(round(length / 60, 1)), "most": _written(template.longest)}
        raise RenderError("E477", template=order.template, **shown)
    name, recording = scope.text("unit.name"), scope.text("recording")
    return Script(template.title, name, passages, length, template.chime, recording)


def _defaults(template: AudioTemplate) -> dict[str, str]:
    return {name: spec.default for name, spec in template.fields.items() if spec.default}


def _passages(template: AudioTemplate, scope: Scope, own: dict[str, str]) -> Iterator[Spoken]:
    for passage in template.script:
        for inner in scope.each(passage.each) if passage.each else (scope,):
            if inner.holds(passage.when) and (words := spoken(inner.fill(passage.text), own)):
                yield Spoken(inner.fill(passage.name), words, passage.pause)
