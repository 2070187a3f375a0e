"""What is done to finished pictures for those who look at them, in a process of its own that ends when it has rested.

A server that only shows stays small: the decoders and what they take never come into it, and a picture that crashes
one takes the darkroom with it and not the server.
"""

from __future__ import annotations

from pathlib import Path

from loa.render.apart import Apart
from loa.render.thumbs import small_file, thumbnail

REST_SECONDS = 20.0
"""Pages ask for their pictures within seconds of each other."""


class Darkroom:
    """Works for all threads of this process; its own process is started by the first picture that comes."""

    def __init__(self, rest_seconds: float = REST_SECONDS) -> None:
        self._process = Apart(rest_seconds)

    def small(self, source: Path, sha256: str, width: int, folder: Path) -> Path:
        """``loa.render.thumbs.thumbnail``; what was made before is only named."""
        target = small_file(sha256, width, folder)
        return target if target.is_file() else self._process.do(thumbnail, source, sha256, width, folder)

    def codes(self, path: Path) -> tuple[str, ...]:
        """``loa.render.codes.codes_of``."""
        return self._process.do(_codes, path)

    def difference(self, before: Path, after: Path, target: Path) -> float:
        """``loa.render.differences.pixel_difference``."""
        return self._process.do(_difference, before, after, target)


def _codes(path: Path) -> tuple[str, ...]:
    from loa.render.codes import codes_of  # noqa: PLC0415 - loaded in the darkroom only

    return codes_of(path)


def _difference(before: Path, after: Path, target: Path) -> float:
    from loa.render.differences import pixel_difference  # noqa: PLC0415 - the same

    return pixel_difference(before, after, target)


darkroom = Darkroom()
"""One is enough for all pages of a process."""
