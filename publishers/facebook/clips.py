"""Clips: which of the two ways a file goes, and what Meta says of it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loa.delivery import Attachment, Ending, Message, Pending, Receipt, Refused, Unknown
from publishers.facebook import REEL
from publishers.facebook.graph import SOON, Graph, UploadTrouble
from publishers.facebook.reels import ReelUpload
from publishers.facebook.table import id_of, is_gone, post_id_of, succeeded
from publishers.facebook.videos import VideoUpload
from publishers.http import InDoubt, NotSent
from publishers.shapes import object_in

FIELDS = "status,published,post_id,permalink_url"
FAILED = frozenset({"error", "expired", "upload_failed"})


class Clips:
    """Puts Reels and videos out."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def publish(self, message: Message, text: str) -> Receipt:
        """Upload and finish. The receipt is that of a clip which Meta still processes.

        Raises:
            Halt: with the ending, when it is not certain that the clip is out.
        """
        try:
            return self._once(message, text)
        except UploadTrouble as stopped:
            if not isinstance(stopped.ending, Refused):
                raise
            # Meta's no to such an upload: once more, and then the file is at fault.
            return self._once(message, text)

    def _once(self, message: Message, text: str) -> Receipt:
        clip = message.attachments[0]
        way = ReelUpload if is_reel(clip) else VideoUpload
        upload = way(self._graph, clip)
        upload.send()
        hint = {"video": upload.video}
        upload.finish(text, message.title, hint)
        return Receipt(upload.video, self.address(upload.video, reel=way is ReelUpload), hint)

    def state(self, receipt: Receipt) -> Ending | Receipt:
        """How a clip stands: its final receipt once it is out, else an ending."""
        again = Pending(receipt, self._graph.clock.now() + SOON)
        try:
            answer = self._graph.ask("GET", receipt.platform_id, params={"fields": FIELDS})
        except (NotSent, InDoubt):
            return again
        if is_gone(answer, self._graph.secrets):
            # Not yet to be seen, or taken down by somebody: asked again, and then a person looks.
            return Unknown("E641", receipt.platform_id)
        found = answer.json() or {}
        if not succeeded(answer) or found.get("id") != receipt.platform_id:
            error = self._graph.error_of(answer)
            return Unknown("E603", error.detail if error else f"HTTP {answer.status}")
        if is_out(found):
            return Receipt(receipt.platform_id, receipt.url, {**receipt.details, **post_of(found)})
        status = str(object_in(found, "status").get("video_status"))
        return Refused("E609", status, "content") if status in FAILED else again

    def address(self, video: str, *, reel: bool) -> str:
        """Where citizens see it."""
        return self._graph.address(f"reel/{video}" if reel else f"{self._graph.page}/videos/{video}")


def is_reel(clip: Attachment) -> bool:
    """A clip that keeps the rules of a Reel goes out as one, every other as a video."""
    return not REEL.faults(clip.facts())


def is_out(found: Mapping[str, Any]) -> bool:
    """Whether citizens can see the clip that these fields describe."""
    return publishing(found).get("publish_status") == "published" or found.get("published") is True


def publishing(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """The publishing phase; empty where the answer has none."""
    return object_in(object_in(found, "status"), "publishing_phase")


def post_of(found: Mapping[str, Any]) -> dict[str, str]:
    """The post that a clip stands in, as a detail of its receipt."""
    post = post_id_of(found.get("post_id")) or id_of(found.get("post_id"))
    return {"post_id": post} if post else {}
