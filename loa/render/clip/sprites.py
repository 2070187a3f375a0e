"""The parts of a scene that move as one, and which of them stay from one scene to the next."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loa.render.clip.dirty import MARGIN, around, dirty, widest
from loa.render.clip.timeline import Shot, leaving, pose
from loa.render.clip.yuv import Area
from loa.render.tree.measure import Placed, Rect
from loa.render.tree.paint import STILL, Pose

_NOT_SEEN = frozenset(("children", "options", "when", "motif_when"))
"""What a node says of its children and conditions; they have been followed when it is placed."""

State = tuple[float, tuple[Pose, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """A part of a scene. ``was`` says that the scene before showed it already, ``goes_on`` that the next one does."""

    placed: Placed
    shot: Shot
    moving: tuple[Placed, ...]
    page: Rect
    area: Area
    was: bool = False
    goes_on: bool = False

    def left(self, frame: int) -> float:
        """How much of the sprite is still there at this frame."""
        return 1.0 if self.goes_on else leaving(self.shot, frame)

    def pose(self, part: Placed, frame: int) -> Pose:
        return STILL if self.was else pose(part.element.node.enter, part.element.accent, self.shot, frame)

    def state(self, frame: int) -> State:
        """All that decides how the sprite looks at this frame."""
        return self.left(frame), tuple(self.pose(part, frame) for part in self.moving)

    def changed(self, before: State, now: State) -> Iterator[Area]:
        """What has to be painted again between two states: the parts that moved, or all of it."""
        if before[0] != now[0]:
            yield self.area
            return
        for part, old, new in zip(self.moving, before[1], now[1], strict=True):
            if old != new:
                yield dirty(part, old, new, self.page)


def sprites_of(root: Placed, shot: Shot, page: Rect) -> Iterator[Sprite]:
    """The parts of a placed scene, in painting order."""
    node = root.element.node
    if node.enter is None and root.children and not (node.fill or node.border or node.motif):
        for child in root.children:
            yield from sprites_of(child, shot, page)
    else:
        moving = tuple(_moving(root))
        yield Sprite(root, shot, moving, page, _reach(root, moving, page))


def _reach(placed: Placed, moving: tuple[Placed, ...], page: Rect) -> Area:
    """All that a sprite can ever cover."""
    areas = [around(placed.rect, page, MARGIN), *(widest(part, page) for part in moving)]
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _moving(placed: Placed) -> Iterator[Placed]:
    if placed.element.node.enter is not None:
        yield placed
    for child in placed.children:
        yield from _moving(child)


def continued(scenes: Sequence[Sequence[Sprite]], *, loops: bool = False) -> list[tuple[Sprite, ...]]:
    """The sprites of each scene, those that two scenes in a row share neither leaving nor coming again."""
    seen = [{signature(sprite.placed) for sprite in scene} for scene in scenes]
    last = len(scenes) - 1

    def there(index: int) -> set[str]:
        return seen[index % len(scenes)] if loops or 0 <= index <= last else set()

    return [
        tuple(
            replace(
                sprite,
                was=signature(sprite.placed) in there(index - 1),
                goes_on=signature(sprite.placed) in there(index + 1),
            )
            for sprite in scene
        )
        for index, scene in enumerate(scenes)
    ]


def signature(placed: Placed) -> str:
    """A name for all that can be seen of a placed tree: the same for the same picture in the same place."""
    digest = hashlib.blake2b(digest_size=16)
    _sign(digest, placed)
    return digest.hexdigest()


def _sign(digest: hashlib.blake2b, placed: Placed) -> None:
    element = placed.element
    node = element.node
    told = repr([(name, value) for name, value in node if name not in _NOT_SEEN])
    staggers = node.enter is not None and node.enter.stagger > 0
    turn = element.accent if staggers or "accent" in told else 0
    number = element.number if getattr(node, "counts", False) else None
    for part in (told, sorted(element.texts.items()), turn, number, element.series, placed.rect, placed.scale):
        digest.update(f"{part}\0".encode())
    for child in placed.children:
        _sign(digest, child)
    digest.update(b"\1")
