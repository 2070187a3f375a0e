"""A look at the skeleton of a picture before any decoder sees it: what takes hours to read is refused at once.

The decoders guard against too many pixels. They do not guard against a JPEG with a million scans, each of which goes
over the whole picture, or a PNG of nothing but empty chunks.
"""

from __future__ import annotations

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_CHUNKS = 20_000
_MOST_SEGMENTS = 2_000
_MOST_SCANS = 100
_MOST_JUNK = 4_096
_MARKER, _SCAN, _ALONE = 0xFF, 0xDA, frozenset({0x01, *range(0xD0, 0xD8)})


def plausible(data: bytes) -> bool:
    """Whether a file is built as cameras and programs build them. Other kinds than PNG and JPEG pass unseen."""
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    return True


def _png(data: bytes) -> bool:
    position, chunks = len(_PNG), 0
    while position + 8 <= len(data) and chunks <= _MOST_CHUNKS:
        (length,) = struct.unpack_from(">I", data, position)
        position += 12 + length
        chunks += 1
    return chunks <= _MOST_CHUNKS


def _jpeg(data: bytes) -> bool:
    """The segments up to the first scan, and how many scans there are: inside a scan 0xFF stands for itself only."""
    position, segments, junk = 2, 0, 0
    while position + 4 <= len(data) and segments <= _MOST_SEGMENTS and junk <= _MOST_JUNK:
        if data[position] != _MARKER or data[position + 1] == _MARKER:
            position, junk = position + 1, junk + 1
        elif data[position + 1] in _ALONE or data[position + 1] == 0:
            position, segments = position + 2, segments + 1
        elif data[position + 1] == _SCAN:
            return data.count(b"\xff\xda", position) <= _MOST_SCANS
        else:
            position += 2 + struct.unpack_from(">H", data, position + 2)[0]
            segments += 1
    return segments <= _MOST_SEGMENTS and junk <= _MOST_JUNK
