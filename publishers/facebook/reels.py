"""A Reel: start, the bytes to the upload host, finish. A broken upload goes on from where it broke."""

from __future__ import annotations

import time
from collections.abc import Mapping

from loa.delivery import Attachment, Ending, Refused, Unknown
from publishers.approved import approved_file
from publishers.common import Halt, halt, later
from publishers.facebook.graph import SOON, Graph, Unreadable
from publishers.facebook.table import id_of
from publishers.http import Answer, InDoubt, NotSent
from publishers.shapes import object_in, whole_number

PATIENCE = 4
LOST_PLACE = frozenset({"OffsetInvalidError", "PartialRequestError"})


class ReelUpload:
    """One upload of one file."""

    def __init__(self, graph: Graph, clip: Attachment) -> None:
        self._graph = graph
        self._clip = clip
        self._path = f"{graph.page}/video_reels"
        self._size = clip.path.stat().st_size
        self.video = ""

    def send(self) -> None:
        """Bring every byte to Meta; nobody sees anything yet.

        Raises:
            Halt: with the ending, when it could not be done.
        """
        started = self._graph.unseen(self._path, data={"upload_phase": "start"})
        self.video = id_of(started.get("video_id")) or halt(later(self._graph.clock, SOON, "E603", "no video id"))
        url = str(started.get("upload_url", ""))
        # The token travels with the bytes: only to the host that the settings name.
        if not url.startswith(f"{self._graph.hosts['rupload_host']}/"):
            halt(Refused("E622", url.partition("?")[0]))
        self._bytes(url)

    def finish(self, text: str, title: str, hint: Mapping[str, str]) -> None:
        """Show the Reel to citizens; Meta still processes it for a while.

        Raises:
            Halt: with the ending, when that is not certain.
        """
        form = {"upload_phase": "finish", "video_id": self.video, "video_state": "PUBLISHED", "description": text}
        answer = self._graph.commit(self._path, form | ({"title": title} if title else {}), hint)
        if (answer.json() or {}).get("success") is not True:
            halt(Unknown("E603", "no success in the answer", hint))

    def _bytes(self, url: str) -> None:
        offset, tries = 0, 0
        while broken := self._from(url, offset):
            tries += 1
            if tries == PATIENCE:
                halt(broken)
            time.sleep(self._graph.pause)
            offset = self._arrived()
            if offset == self._size:
                return

    def _from(self, url: str, offset: int) -> Ending | None:
        """Send the rest of the file. None: all is there. An ending: it broke off; end so if it stays so.

        Raises:
            Halt: it will not be taken, however often it is sent.
        """
        headers = {"offset": str(offset), "file_size": str(self._size), "Content-Type": "application/octet-stream"}
        with approved_file(self._clip, self._graph.clock) as film:
            film.seek(offset)
            try:
                answer = self._graph.send_bytes(url, headers, film)
            except (NotSent, InDoubt) as error:
                return later(self._graph.clock, SOON, "E602", str(error))
        return None if (answer.json() or {}).get("success") is True else self._broken(answer)

    def _broken(self, answer: Answer) -> Ending:
        kind = str(object_in(answer.json() or {}, "debug_info").get("type", ""))
        stop = self._graph.stop(answer)
        error = self._graph.error_of(answer)
        if kind in LOST_PLACE or (error is None and not kind) or (error is not None and error.passes):
            return stop.ending
        raise Halt(Refused("E609", kind, "content")) if kind else stop

    def _arrived(self) -> int:
        """How many bytes Meta has; 0 where it cannot be asked, which only costs time."""
        try:
            status = object_in(self._graph.read(self.video, fields="status"), "status")
        except Unreadable:
            return 0
        arrived = whole_number(str(object_in(status, "uploading_phase").get("bytes_transfered")))
        return min(arrived or 0, self._size)
