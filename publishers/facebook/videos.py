"""A video in chunks: start, transfer, finish. The server names each chunk; a lost place is found again by its word."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from loa.delivery import Attachment, Unknown
from publishers.approved import approved_file
from publishers.common import Halt, halt, later
from publishers.facebook.graph import SOON, Graph
from publishers.facebook.table import LOST_PLACE, id_of, succeeded
from publishers.http import Answer, InDoubt, NotSent

HOST = "video_host"
LEAST_PATIENCE = 3
PATIENCE_BYTES = 10 * 1024 * 1024
"""One more mishap is borne for every so many bytes, as Meta's own client does."""


class VideoUpload:
    """One upload of one file."""

    def __init__(self, graph: Graph, clip: Attachment) -> None:
        self._graph = graph
        self._clip = clip
        self._path = f"{graph.page}/videos"
        self._size = clip.path.stat().st_size
        self._patience = max(LEAST_PATIENCE, self._size // PATIENCE_BYTES)
        self._session = ""
        self.video = ""

    def send(self) -> None:
        """Bring every byte to Meta; nobody sees anything yet. An upload that is given up is cancelled there.

        Raises:
            Halt: with the ending, when it could not be done.
        """
        form = {"upload_phase": "start", "file_size": str(self._size)}
        started = self._graph.unseen(self._path, host=HOST, data=form)
        self.video, self._session = id_of(started.get("video_id")), str(started.get("upload_session_id", ""))
        if not self.video or not self._session:
            halt(later(self._graph.clock, SOON, "E603", "no video id"))
        try:
            self._chunks(self._span(started))
        except Halt:
            self._cancel()
            raise

    def finish(self, text: str, title: str, hint: Mapping[str, str]) -> None:
        """Show the video to citizens.

        Raises:
            Halt: with the ending, when that is not certain.
        """
        form = {"upload_phase": "finish", "upload_session_id": self._session, "description": text}
        answer = self._graph.commit(self._path, form | ({"title": title} if title else {}), hint, host=HOST)
        if (answer.json() or {}).get("success") is not True:
            halt(Unknown("E603", "no success in the answer", hint))

    def _chunks(self, span: tuple[int, int]) -> None:
        with approved_file(self._clip, self._graph.clock) as film:
            while span[0] != span[1]:
                film.seek(span[0])
                span = self._chunk(span[0], film.read(span[1] - span[0]))

    def _chunk(self, start: int, data: bytes) -> tuple[int, int]:
        """Send one chunk. Gives the span that the server wants next, which may be the same one again."""
        form = {"upload_phase": "transfer", "upload_session_id": self._session, "start_offset": str(start)}
        files = {"video_file_chunk": (self._clip.path.name, data, "application/octet-stream")}
        try:
            answer = self._graph.ask("POST", self._path, host=HOST, data=form, files=files)
        except (NotSent, InDoubt) as error:
            self._bear(later(self._graph.clock, SOON, "E602", str(error)))
            return start, start + len(data)
        found = answer.json() or {}
        if not succeeded(answer) or "end_offset" not in found:
            return self._after(answer, start, data)
        span = self._span(found)
        if span[0] <= start != span[1]:
            # Taken, and asked for again: for ever, if nobody counts.
            self._bear(later(self._graph.clock, SOON, "E603", f"offset {span[0]} after {start}"))
        return span

    def _after(self, answer: Answer, start: int, data: bytes) -> tuple[int, int]:
        """What to send after a chunk that was not taken."""
        error = self._graph.error_of(answer)
        stop = self._graph.stop(answer)
        if error is not None and error.subcode == LOST_PLACE and "start_offset" in error.data:
            self._bear(later(self._graph.clock, SOON, "E603", error.detail), at_once=True)
            return self._span(error.data)
        if error is None or error.passes:
            self._bear(stop.ending)
            return start, start + len(data)
        raise stop

    def _bear(self, ending: Any, *, at_once: bool = False) -> None:
        """One mishap more; too many of them end the upload with ``ending``."""
        self._patience -= 1
        if self._patience < 0:
            halt(ending)
        if not at_once:
            time.sleep(self._graph.pause)

    def _span(self, found: Mapping[str, Any]) -> tuple[int, int]:
        """The chunk that the server names, inside this file."""
        try:
            start, end = int(found["start_offset"]), int(found["end_offset"])
        except (KeyError, TypeError, ValueError):
            start, end = -1, -1
        if not 0 <= start <= end <= self._size:
            halt(later(self._graph.clock, SOON, "E603", "offsets outside the file"))
        return start, end

    def _cancel(self) -> None:
        """Tell Meta that no more will come. Whether it hears is of no matter: nobody has seen anything."""
        form = {"upload_phase": "cancel", "upload_session_id": self._session}
        with suppress(NotSent, InDoubt):
            self._graph.ask("POST", self._path, host=HOST, data=form)
