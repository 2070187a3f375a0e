"""Segments: stretches of a clip that are encoded once and joined, packet for packet, into every clip that has them.

A clip is cut where scenes that name the unit meet scenes that do not. The key of a segment tells all that its frames
show and nothing else, so the body of a clip is encoded for the first commune and found by all the others.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from loa.render.clip.frames import Stage
from loa.render.clip.sound import Track
from loa.render.clip.sprites import signature
from loa.render.clip.writer import ENCODING
from loa.render.fontfiles import fonts_hash
from loa.render.order import RENDERER_VERSION
from loa.render.picture import Design, image_names
from loa.render.tree.fill import Element, grow
from loa.render.tree.measure import Placed

_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Segment:
    """Some scenes in a row that are encoded as one."""

    stages: tuple[Stage, ...]

    @property
    def start(self) -> int:
        return self.stages[0].shot.start

    @property
    def end(self) -> int:
        return self.stages[-1].shot.end


def segments(plan: Design, stages: Sequence[Stage]) -> tuple[Segment, ...]:
    """The clip cut where scenes of the unit's own begin and end."""
    runs = groupby(stages, key=lambda stage: names_the_unit(plan, stage))
    return tuple(Segment(tuple(run)) for _, run in runs)


def names_the_unit(plan: Design, stage: Stage) -> bool:
    """Whether a scene would be another one without the unit's name, number, address or logo."""
    inner = replace(plan, scope=stage.shot.scope)
    anyone = replace(inner, scope=replace(stage.shot.scope, data={**stage.shot.scope.data, "unit": {}}))
    return list(_shown(inner, stage)) != list(_shown(anyone, stage))


def _shown(plan: Design, stage: Stage) -> Iterator[Any]:
    trees = (stage.shot.scene.box, plan.template.overlay)
    for tree in trees:
        for element in () if tree is None else grow(plan.template, tree, plan.scope):
            yield _plain(element)


def _plain(element: Element) -> tuple[Any, ...]:
    return element.kind, sorted(element.texts.items()), element.accent, tuple(map(_plain, element.children))


def key_of(plan: Design, ground: Sequence[Placed], segment: Segment) -> str:
    """The name of a segment: the same for the same frames, another for any change that could show."""
    digest = hashlib.blake2b(digest_size=20)
    common = (RENDERER_VERSION, fonts_hash(), plan.theme.brand, plan.theme.elder, plan.spec.width, plan.spec.height)
    for told in (*common, *ENCODING, *map(signature, ground), *_told(segment), *_files(plan, ground, segment)):
        digest.update(f"{told}\0".encode())
    return digest.hexdigest()


def _told(segment: Segment) -> Iterator[str]:
    for stage in segment.stages:
        yield f"{stage.shot.length} {stage.shot.leaves}"
        yield from (f"{signature(sprite.placed)} {sprite.was} {sprite.goes_on}" for sprite in stage.sprites)
        if stage.footage is not None:
            yield f"{file_hash(stage.footage.media.path)} {stage.footage.start:.3f}"


def _files(plan: Design, ground: Sequence[Placed], segment: Segment) -> Iterator[str]:
    roots = (*ground, *(sprite.placed for stage in segment.stages for sprite in stage.sprites))
    for name in sorted({name or plan.theme.brand.logo for root in roots for name in image_names(root.element)}):
        path = plan.ws.inside(name) if name else None
        yield f"{name} {file_hash(path) if path is not None and path.is_file() else ''}"


def key_of_sound(tracks: Sequence[Track], seconds: float) -> str:
    """The name of a mix: the same for the same samples."""
    told = (RENDERER_VERSION, f"{seconds:.4f}", *(f"{file_hash(track.media.path)} {track.told}" for track in tracks))
    return hashlib.blake2b("\n".join(told).encode(), digest_size=20).hexdigest()


def file_hash(path: Path) -> str:
    """The content of a file, as a name."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def kept(folder: Path, key: str, make: Callable[[], bytes]) -> bytes:
    """The bytes that were made under this key, if they are there and whole; else they are made, and kept.

    The file's time tells when it was last asked for.
    """
    path = folder / key[:2] / f"{key}.part"
    with suppress(FileNotFoundError):
        data = path.read_bytes()
        if hashlib.sha256(data[_DIGEST:]).digest() == data[:_DIGEST]:
            os.utime(path)
            return data[_DIGEST:]
    made = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{uuid.uuid4().hex}.tmp")
    aside.write_bytes(hashlib.sha256(made).digest() + made)
    os.replace(aside, path)  # noqa: PTH105 (as on the shelf)
    return made
