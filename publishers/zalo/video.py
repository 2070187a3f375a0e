"""Clips on their way into an article: sent once, verified until Zalo has made them ready."""

from __future__ import annotations

from datetime import timedelta

from loa.delivery import Attachment, Refused
from publishers.approved import approved_bytes
from publishers.common import halt, later
from publishers.zalo.door import Door
from publishers.zalo.table import PROCESSING, code_of, data_of

PREPARE = "/v2.0/article/upload_video/preparevideo"
VERIFY = "/v2.0/article/upload_video/verify"
CHECK = timedelta(seconds=20)
READY = 1
MOST_MINUTES = 60 * 24 * 366
ENDED = (2, 4, 5)
"""Locked, failed, deleted: this clip will never be ready. Everything else is on its way."""


class Videos:
    """The clips of one account. What was sent is remembered for as long as Zalo keeps its token, over restarts too.

    Nobody sees a clip before an article shows it, so that every step here may be done again: a process that
    was killed while it sent sends the clip once more.
    """

    def __init__(self, door: Door) -> None:
        self._door = door
        self._life = timedelta(minutes=door.number("video_life_minutes", MOST_MINUTES))

    def video_id(self, clip: Attachment) -> str:
        """Zalo's id of a clip that is ready.

        Raises:
            Halt: not ready yet (try again soon: the clip is not sent anew), or never will be.
        """
        known = self._door.memory.read(clip.sha256, self._door.clock.now())
        token = known["token"] if known else self._prepare(clip)
        if not known:
            self._door.memory.write(clip.sha256, {"token": token}, self._door.clock.now() + self._life)
        return self._verified(clip, token)

    def _prepare(self, clip: Attachment) -> str:
        files = {"file": (f"{clip.sha256}.mp4", approved_bytes(clip, self._door.clock), clip.media_type)}
        answer = self._door.ask("POST", PREPARE, files=files)
        token = data_of(answer).get("token")
        if code_of(answer) != 0 or not isinstance(token, str) or not token:
            halt(self._door.unseen(answer))
        return token

    def _verified(self, clip: Attachment, token: str) -> str:
        # The official Java sample sends the token as a header, other clients as a parameter.
        answer = self._door.ask("GET", VERIFY, headers={"token": token}, params={"token": token})
        data = data_of(answer)
        status, video = data.get("status"), data.get("video_id")
        if code_of(answer) == 0 and status == READY and isinstance(video, str) and video:
            return video
        words = f"status {status} {data.get('convert_percent', '')}".strip()
        if code_of(answer) in {0, PROCESSING} and status not in ENDED:
            halt(later(self._door.clock, CHECK, "E658", words))
        self._door.memory.forget(clip.sha256)
        if code_of(answer) == 0:
            halt(Refused("E657", f"{words}, {data.get('convert_error_code', '')}", "content"))
        return halt(self._door.unseen(answer))
