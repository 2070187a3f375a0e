"""``content/*.md``: front matter, the text for everybody, and variants for a channel, an audience, a language.

A variant is a section between the lines ``::: channel=sms audience=nguoi-dan lang=en`` and ``:::``. The variant that
names the most of what is asked for wins; the text outside of all sections is for everybody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from loa.errors import Place, Problem, ProblemsFound
from loa.reader import MarkdownFile, closest, read_markdown
from loa.workspace import Workspace

KEYS = ("title", "summary", "link", "language", "channel", "audience", "hashtags")
_SELECTORS = {"channel": "channel", "audience": "audience", "lang": "language"}
_FENCE = re.compile(r"^:::[ \t]*(.*?)[ \t]*$")
_PAIR = re.compile(r"([a-z]+)=([a-z0-9]+(?:[-_][a-z0-9]+)*)")


Row = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of the text and whom it is for."""

    rows: tuple[Row, ...]
    """Its lines, each with its position in the body of the file."""
    wants: Mapping[str, str]
    """What must be asked for (channel, audience, language); empty for the text for everybody."""

    @property
    def text(self) -> str:
        return "\n".join(line for _, line in self.rows)

    def position(self, of: int) -> int:
        """The position in the body of the sign number ``of`` of the text."""
        for start, line in self.rows:
            if of <= len(line):
                return start + of
            of -= len(line) + 1
        return 0


@dataclass(frozen=True)
class Content:
    """One content file. ``sections`` are its texts in the order of the file, that for everybody first."""

    file: MarkdownFile = field(repr=False)
    sections: tuple[Section, ...]
    title: str = ""
    summary: str = ""
    link: str = ""
    hashtags: tuple[str, ...] = ()

    def variant(self, *, channel: str, audience: str = "", language: str = "vi") -> str:
        """The text for this channel, audience and language; empty where the file has none for them."""
        asked = {"channel": channel, "audience": audience, "language": language}
        fitting = [s for s in self.sections if all(asked[name] == value for name, value in s.wants.items())]
        # Of two that name as much, the one in the right language, then the one for the channel.
        best = max(
            fitting, key=lambda s: (len(s.wants), "language" in s.wants, "channel" in s.wants), default=Section((), {})
        )
        return best.text

    def place(self, section: Section, position: int, length: int = 1) -> Place:
        """The place of the sign number ``position`` of a section."""
        return self.file.body_place(section.position(position), length)


def load_content(ws: Workspace, relative: str) -> Content:
    """Read a content file; ``relative`` is its path from the root of the workspace.

    Raises:
        WorkspaceError: E202, the path leads out of the workspace.
        ProblemsFound: with all that is wrong in the file.
    """
    content, problems = read_content(ws, relative)
    if problems:
        raise ProblemsFound(problems)
    return content


def read_content(ws: Workspace, relative: str) -> tuple[Content, list[Problem]]:
    """Like ``load_content``; hands out what can be told of a file together with what is wrong in its sections."""
    file = read_markdown(ws.inside(relative), relative)
    sections, problems = _cut(file)
    content = Content(
        file,
        tuple(sections),
        title=_text(file, "title"),
        summary=_text(file, "summary"),
        link=_text(file, "link"),
        hashtags=_hashtags(file),
    )
    return content, [*_unknown_keys(file), *problems]


def _text(file: MarkdownFile, key: str) -> str:
    value = file.meta.get(key, "")
    return value if isinstance(value, str) else " ".join(value)


def _hashtags(file: MarkdownFile) -> tuple[str, ...]:
    words = re.split(r"[,\s]+", _text(file, "hashtags"))
    return tuple("#" + word.lstrip("#") for word in words if word.strip("#"))


def _unknown_keys(file: MarkdownFile) -> Iterator[Problem]:
    for key in file.meta:
        if key not in KEYS:
            yield Problem("E131", {"name": key}, file.meta_place(key, of_key=True), KEYS, closest(key, KEYS))


def _cut(file: MarkdownFile) -> tuple[list[Section], list[Problem]]:
    """The sections of the body, the text for everybody first."""
    cutter = _Cutter(file)
    position = 0
    for line in file.body.split("\n"):
        cutter.take(position, line)
        position += len(line) + 1
    return cutter.finish(), cutter.problems


class _Cutter:
    """Goes through the body line by line."""

    def __init__(self, file: MarkdownFile) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.free: list[Row] = []
        self.done: list[Section] = []
        self.rows: list[Row] = []
        self.wants: Mapping[str, str] | None = None
        self.opened = Place(file.shown)

    def take(self, position: int, line: str) -> None:
        fence = _FENCE.match(line)
        if fence is None:
            (self.free if self.wants is None else self.rows).append((position, line))
        elif fence[1]:
            self._open(fence[1], self.file.body_place(position, len(line)))
        else:
            self._close(self.file.body_place(position, len(line)))

    def finish(self) -> list[Section]:
        """What the front matter says of channel, audience and language holds where a section says nothing else."""
        if self.wants is not None:
            self.problems.append(Problem("E247", {}, self.opened))
        names = ("channel", "audience", "language")
        default = {name: str(self.file.meta[name]) for name in names if self.file.meta.get(name)}
        sections = [Section(section.rows, default | dict(section.wants)) for section in self.done]
        return [Section(_trimmed(self.free), default), *sections]

    def _open(self, header: str, place: Place) -> None:
        if self.wants is not None:
            self.problems.append(Problem("E247", {}, self.opened))
        self.wants, self.opened, self.rows = self._selectors(header, place), place, []

    def _close(self, place: Place) -> None:
        if self.wants is None:
            self.problems.append(Problem("E246", {"text": ":::"}, place, tuple(_SELECTORS)))
            return
        if any(section.wants == self.wants for section in self.done):
            self.problems.append(Problem("E252", {}, self.opened))
        self.done.append(Section(_trimmed(self.rows), self.wants))
        self.wants = None

    def _selectors(self, header: str, place: Place) -> dict[str, str]:
        wants: dict[str, str] = {}
        for word in header.split():
            pair = _PAIR.fullmatch(word)
            if pair is None or pair[1] not in _SELECTORS:
                guess = closest(word.partition("=")[0], _SELECTORS)
                self.problems.append(Problem("E246", {"text": word}, place, tuple(_SELECTORS), guess and f"{guess}=…"))
            else:
                wants[_SELECTORS[pair[1]]] = pair[2]
        return wants


def _trimmed(rows: list[Row]) -> tuple[Row, ...]:
    """Without the blank lines at both ends."""
    written = [number for number, (_, line) in enumerate(rows) if line.strip()]
    return tuple(rows[written[0] : written[-1] + 1]) if written else ()
