"""What a channel takes of pictures and clips, and what of a file breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

MediaKind = Literal["picture", "clip", "document", "audio"]
FaultName = Literal["type", "bytes", "seconds", "size", "ratio", "encoding"]
Span = tuple[float, float]
KIND_NAMES: dict[MediaKind, str] = {"picture": "ảnh", "clip": "clip", "document": "tài liệu", "audio": "âm thanh"}
"""The kinds as people say them."""
_ANY: Span = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What is known of a file; what is not known (0 or empty) is not judged."""

    kind: MediaKind
    media_type: str = ""
    bytes: int = 0
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    rate: float = 0.0
    """Frames a second."""
    video: str = ""
    audio: str = ""
    sample_rate: int = 0
    channels: int = 0
    group: float = 0.0
    """Seconds between two key frames, at most."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule that a file breaks: what was found and what the channel asks for, as people write it."""

    name: FaultName
    found: str
    allowed: str
    untried: bool = False
    """The platform's pages say so; whether it truly refuses, nobody has tried: a warning, not a stop."""


@dataclass(frozen=True, slots=True)
class MediaRule:
    """What the channel takes of one kind of media; ``max_count`` in one post."""

    kind: MediaKind
    media_types: tuple[str, ...]
    max_count: int
    max_bytes: int
    min_seconds: float = 0.0
    max_seconds: float = 0.0
    min_size: tuple[int, int] = (0, 0)
    """Pixels: the shorter side, the longer side."""
    max_size: tuple[int, int] = (0, 0)
    ratio: Span = _ANY
    """Width over height, from and to."""
    rates: Span = _ANY
    video: tuple[str, ...] = ()
    audio: tuple[str, ...] = ()
    sample_rates: tuple[int, ...] = ()
    max_group: float = 0.0
    untried: tuple[FaultName, ...] = ()

    def faults(self, facts: MediaFacts) -> tuple[Fault, ...]:
        """Every rule that the file breaks."""
        return tuple(
            Fault(name, found, allowed, name in self.untried)
            for name, found, allowed in (*self._of_file(facts), *self._of_frame(facts), *self._of_streams(facts))
        )

    def _of_file(self, facts: MediaFacts) -> Iterator[tuple[FaultName, str, str]]:
        if facts.media_type and facts.media_type not in self.media_types:
            yield "type", facts.media_type, ", ".join(self.media_types)
        if facts.bytes > self.max_bytes:
            yield "bytes", f"{facts.bytes / 1e6:.1f} MB", f"≤ {self.max_bytes / 1e6:g} MB"
        if facts.seconds and self.max_seconds and not self.min_seconds <= facts.seconds <= self.max_seconds:
            yield "seconds", f"{facts.seconds:.1f}", f"{self.min_seconds:g}–{self.max_seconds:g}"

    def _of_frame(self, facts: MediaFacts) -> Iterator[tuple[FaultName, str, str]]:
        if not facts.width or not facts.height:
            return
        found = f"{facts.width}×{facts.height}"
        short, long = sorted((facts.width, facts.height))
        if short < self.min_size[0] or long < self.min_size[1]:
            yield "size", found, f"≥ {self.min_size[0]}×{self.min_size[1]}"
        if self.max_size[1] and (short > self.max_size[0] or long > self.max_size[1]):
            yield "size", found, f"≤ {self.max_size[0]}×{self.max_size[1]}"
        if self.ratio[1] and not self.ratio[0] <= facts.width / facts.height <= self.ratio[1]:
            yield "ratio", f"{found} ({facts.width / facts.height:.2f})", f"{self.ratio[0]:.2f}–{self.ratio[1]:.2f}"

    def _of_streams(self, facts: MediaFacts) -> Iterator[tuple[FaultName, str, str]]:
        if facts.rate and self.rates[1] and not self.rates[0] <= facts.rate <= self.rates[1]:
            yield "encoding", f"{facts.rate:g} fps", f"{self.rates[0]:g}–{self.rates[1]:g} fps"
        for found, allowed in ((facts.video, self.video), (facts.audio, self.audio)):
            if found and allowed and found not in allowed:
                yield "encoding", found, ", ".join(allowed)
        if facts.sample_rate and self.sample_rates and facts.sample_rate not in self.sample_rates:
            yield "encoding", f"{facts.sample_rate} Hz", ", ".join(f"{rate} Hz" for rate in self.sample_rates)
        if self.max_group and facts.group > self.max_group:
            yield "encoding", f"GOP {facts.group:.1f} s", f"≤ {self.max_group:g} s"
