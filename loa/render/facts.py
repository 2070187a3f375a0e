"""What a finished file is, read from the file itself: pixels, codecs, rates, key frames, where its index lies."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from loa.delivery import MediaFacts
from loa.errors import RenderError
from loa.render.order import Asset

_INSIDE = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_VIDEO = {b"avc1": "h264", b"hvc1": "hevc", b"hev1": "hevc", b"vp09": "vp9", b"av01": "av1"}
_AUDIO = {b"mp4a": "aac"}
_BROKEN = (struct.error, IndexError, KeyError, ValueError, ZeroDivisionError)


@dataclass(frozen=True, slots=True)
class ClipFacts(MediaFacts):
    """Of a clip, also what channels recommend and players need."""

    profile: int = 0
    """Of H.264: 66 baseline, 77 main, 100 high."""
    colors: tuple[int, int, int] = (0, 0, 0)
    """Primaries, transfer, matrix: (1, 1, 1) is BT.709."""
    index_first: bool = False
    """Whether a player may begin before it has the whole file."""


def facts_of(asset: Asset) -> MediaFacts:
    """The facts of a finished picture or clip.

    Raises:
        RenderError: E489, the file is not what it was made as.
    """
    if asset.kind == "clip":
        return clip_facts(asset.path)
    if asset.kind == "picture":
        return _picture_facts(asset.path)
    return MediaFacts(asset.kind, asset.media_type, asset.path.stat().st_size, seconds=asset.seconds)


def _picture_facts(path: Path) -> MediaFacts:
    from PIL import Image  # noqa: PLC0415 (a clip needs no Pillow)

    try:
        with Image.open(path) as picture:
            media_type = Image.MIME.get(picture.format or "", "")
            return MediaFacts("picture", media_type, path.stat().st_size, picture.width, picture.height)
    except (OSError, ValueError, SyntaxError) as error:
        raise RenderError("E489", path=path.name) from error


@dataclass(frozen=True, slots=True)
class _Box:
    """One box of an MP4, and the names of those around it."""

    name: bytes
    around: tuple[bytes, ...]
    body: bytes
    at: int


def clip_facts(path: Path) -> ClipFacts:
    """The facts of an MP4, from its index.

    Raises:
        RenderError: E489, it is no MP4, or its index is broken.
    """
    data = path.read_bytes()
    try:
        boxes = list(_boxes(data, 0, len(data), ()))
        return _gathered(boxes, len(data))
    except _BROKEN as error:
        raise RenderError("E489", path=path.name) from error


def _boxes(data: bytes, start: int, end: int, around: tuple[bytes, ...]) -> Iterator[_Box]:
    while start + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, start + 8)[0], 16
        size = size or end - start
        if size < head or start + size > end:
            raise IndexError
        if name in _INSIDE:
            yield _Box(name, around, b"", start)
            yield from _boxes(data, start + head, start + size, (*around, name))
        else:
            yield _Box(name, around, b"" if name == b"mdat" else data[start + head : start + size], start)
        start += size


def _gathered(boxes: list[_Box], size: int) -> ClipFacts:
    tracks: list[dict[bytes, bytes]] = []
    for box in boxes:
        if box.name == b"trak":
            tracks.append({})
        elif tracks and b"trak" in box.around:
            tracks[-1][box.name] = box.body
    places = {box.name: box.at for box in boxes if box.name in (b"moov", b"mdat")}
    kinds = {track[b"hdlr"][8:12]: track for track in tracks}
    picture, sound = kinds.get(b"vide"), _sound(kinds.get(b"soun"))
    if picture is None or len(places) < 2:  # noqa: PLR2004 (the index and the frames)
        raise IndexError
    entry = picture[b"stsd"][8:]
    width, height = struct.unpack_from(">HH", entry, 32)
    frames, ticks, clock, steady = _timing(picture)
    return ClipFacts(
        kind="clip",
        media_type="video/mp4",
        bytes=size,
        width=width,
        height=height,
        seconds=ticks / clock,
        rate=clock / steady if steady else frames * clock / ticks,
        video=_VIDEO.get(entry[4:8], entry[4:8].decode("latin-1")),
        audio=sound.codec,
        sample_rate=sound.rate,
        channels=sound.channels,
        group=_longest_group(picture, frames) * ticks / clock / frames,
        profile=_within(entry, b"avcC", 1)[0],
        colors=_colors(entry),
        index_first=places[b"moov"] < places[b"mdat"],
    )


def _timing(track: dict[bytes, bytes]) -> tuple[int, int, int, int]:
    """Frames, ticks, ticks a second, and the ticks of each frame where all have the same."""
    clock = struct.unpack_from(">I", track[b"mdhd"], 20 if track[b"mdhd"][0] else 12)[0]
    count = struct.unpack_from(">I", track[b"stts"], 4)[0]
    runs = [struct.unpack_from(">II", track[b"stts"], 8 + 8 * number) for number in range(count)]
    frames, ticks = sum(many for many, _ in runs), sum(many * each for many, each in runs)
    return frames, ticks, clock, runs[0][1] if len(runs) == 1 else 0


def _longest_group(track: dict[bytes, bytes], frames: int) -> int:
    """Frames between two key frames at most; without a list of them each frame is one."""
    if b"stss" not in track:
        return 1
    count = struct.unpack_from(">I", track[b"stss"], 4)[0]
    keys = [*struct.unpack_from(f">{count}I", track[b"stss"], 8), frames + 1]
    return int(max(after - key for key, after in pairwise(keys)))


class _Sound(NamedTuple):
    codec: str = ""
    rate: int = 0
    channels: int = 0


def _sound(track: dict[bytes, bytes] | None) -> _Sound:
    if track is None:
        return _Sound()
    entry = track[b"stsd"][8:]
    channels, _, _, _, rate = struct.unpack_from(">HHHHI", entry, 24)
    return _Sound(_AUDIO.get(entry[4:8], entry[4:8].decode("latin-1")), rate >> 16, channels)


def _within(entry: bytes, name: bytes, offset: int) -> bytes:
    """What follows the head of a box inside a description, or zeros where there is none."""
    at = entry.find(name)
    return entry[at + 4 + offset :] if at >= 0 else bytes(16)


def _colors(entry: bytes) -> tuple[int, int, int]:
    body = _within(entry, b"colr", 0)
    if body[:4] not in (b"nclx", b"nclc"):
        return 0, 0, 0
    primaries, transfer, matrix = struct.unpack_from(">HHH", body, 4)
    return primaries, transfer, matrix
