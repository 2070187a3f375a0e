"""The imitation Zalo's uploads: clips for articles, pictures and files for messages."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import Response

from loa.sandbox.faces.zalo_call import BAD, Call, Refusal, Work, answer, done
from loa.sandbox.media import media_type
from loa.sandbox.world import World

MEGABYTE = 1_000_000
MOST_CLIP = 50 * MEGABYTE
MOST_A_MONTH = 5000
TOKEN_LIFE = timedelta(hours=1)
READY_AFTER = timedelta(seconds=20)
PROCESSING, READY = 3, 1


@dataclass
class Clip:
    """A clip between its token and its id."""

    account: str
    video_id: str
    size: int
    made: datetime
    sha256: str
    looks: int = 0

    def ready(self, now: datetime) -> bool:
        """At the second question or after 20 seconds, whichever comes first."""
        return self.looks > 1 or now - self.made >= READY_AFTER


class Uploads:
    """What accounts have sent."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._clips: dict[str, Clip] = {}
        self._known: dict[str, str] = {}
        self._counts: dict[tuple[str, str, str], int] = {}

    def works(self) -> list[tuple[str, str, Work]]:
        return [
            ("POST", "/v2.0/article/upload_video/preparevideo", self._prepare),
            ("GET", "/v2.0/article/upload_video/verify", self._verify),
            ("POST", "/v2.0/oa/upload/image", lambda call: self._upload(call, "image")),
            ("POST", "/v2.0/oa/upload/gif", lambda call: self._upload(call, "gif")),
            ("POST", "/v2.0/oa/upload/file", lambda call: self._upload(call, "file")),
        ]

    def clip(self, video_id: object) -> str | None:
        """The SHA-256 of a clip that an article may show; None for one that is unknown or not ready."""
        if str(video_id) in self._known:
            return self._known[str(video_id)]
        now = self._world.clock.now()
        return next(
            (each.sha256 for each in self._clips.values() if each.video_id == video_id and each.ready(now)), None
        )

    def remember(self, video_id: str, sha256: str) -> None:
        """A clip that an article showed before a restart."""
        self._known[video_id] = sha256

    def _prepare(self, call: Call) -> Response:
        data = call.files[0] if call.files else b""
        is_avi = data[:4] == b"RIFF" and data[8:12] == b"AVI "
        if len(data) > MOST_CLIP or not (media_type(data) == "video/mp4" or is_avi):
            raise Refusal(BAD, "file is invalid")
        number = self._world.number()
        token = base64.b64encode(f"sandbox clip {number}".encode()).decode()
        kept = self._world.media.keep(data, "video/mp4")
        self._clips[token] = Clip(call.account, f"{number:016x}clip", len(data), self._world.clock.now(), kept)
        return done({"token": token})

    def _verify(self, call: Call) -> Response:
        token = call.request.headers.get("token") or call.query("token")
        clip, now = self._clips.get(token), self._world.clock.now()
        if clip is None or clip.account != call.account or now - clip.made >= TOKEN_LIFE:
            raise Refusal(BAD, "token is invalid")
        clip.looks += 1
        ready = clip.ready(now)
        state = {"status": READY if ready else PROCESSING, "status_message": "ready" if ready else "processing"}
        named = {"video_id": clip.video_id if ready else "", "video_name": "clip", "video_size": clip.size}
        return done({**state, **named, "convert_percent": 100 if ready else 40, "convert_error_code": 0})

    def _upload(self, call: Call, kind: str) -> Response:
        data = call.files[0] if call.files else b""
        found, size = media_type(data), len(data)
        fits = {
            "image": found in {"image/jpeg", "image/png"} and size <= MEGABYTE,
            "gif": found == "image/gif" and size <= 5 * MEGABYTE,
            "file": data[:4] in {b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"} and size <= 5 * MEGABYTE,
        }
        if not fits[kind]:
            raise Refusal(BAD, "file is invalid")
        month = (call.account, kind, f"{self._world.clock.now():%Y-%m}")
        self._counts[month] = self._counts.get(month, 0) + 1
        if self._counts[month] > MOST_A_MONTH:
            return answer(-211, "Out of quota")
        name = "token" if kind == "file" else "attachment_id"
        return done({name: f"sandbox-{kind}-{self._world.number()}"})
