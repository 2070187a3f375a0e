"""Uploading to X: a picture in one call, a clip in pieces. Uploads are harmless to repeat.

What has gone up is remembered as long as X keeps it, so that a sending that must wait (a clip in processing, a limit)
goes on where it was and does not begin again, in another process either.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import BinaryIO

from loa.clock import Clock
from loa.delivery import Attachment, Memory, Refused, RetryLater
from publishers.approved import Altered, approved_bytes, approved_captions, approved_file
from publishers.common import SOON, Halt, halt, later
from publishers.http import Answer
from publishers.shapes import object_in
from publishers.x.table import data_of

PIECE = 2 * 1024 * 1024
LONGEST_ALT = 1000
LONGEST_PAUSE = 60.0
"""Seconds until a clip in processing is asked after again, whatever X says."""
STUCK = timedelta(minutes=15)
"""How long one and the same upload is waited for; a clip that is stuck at X then goes up anew."""
MARGIN = timedelta(minutes=10)
"""An upload that X forgets so soon is made again."""
UNTOLD_LIFE = 3600.0
SUBTITLE_TRIES = 2
IN_DOUBT = frozenset({"E602", "E603"})
Ask = Callable[..., Answer]
Mark = tuple[str, str, int]
"""SHA-256, alt text, and which one of several equal ones in a post."""


@dataclass
class Upload:
    """A file at X, and how far it has come."""

    id: str
    key: str
    ends: datetime
    pieces: int = 0
    sent: bool = False
    digested: bool = False
    described: bool = False
    closed_at: datetime | None = None
    subtitles: str = ""
    """The language of the subtitles that stand, or why there are none; empty as long as nobody tried."""


class Uploader:
    """Brings attachments to X. ``ask`` ends the sending by itself (``Halt``) when a step fails."""

    def __init__(self, ask: Ask, clock: Clock, settings: Mapping[str, str], memory: Memory) -> None:
        self._ask = ask
        self._clock = clock
        self._settings = settings
        self._memory = memory
        self._kept: dict[Mark, Upload] = {}

    def upload(self, items: Sequence[Attachment]) -> list[Upload]:
        """Everything that a post carries, ready for it."""
        return [self._ready(item, mark) for item, mark in zip(items, _marks(items), strict=True)]

    def forget(self, items: Sequence[Attachment]) -> None:
        """A post may have taken these: another post must not carry the same ids, or reading back would mix them up."""
        for mark in _marks(items):
            self._kept.pop(mark, None)

    def _ready(self, item: Attachment, mark: Mark) -> Upload:
        known = self._known(mark)
        upload = known or self._begun(item)
        self._kept[mark] = upload
        try:
            self._bring(item, upload)
        except Halt as stopped:
            if isinstance(stopped.ending, RetryLater):
                self._memory.write(_name(mark), _words(upload), upload.ends)
                raise
            del self._kept[mark]
            self._memory.forget(_name(mark))
            if known and isinstance(stopped.ending, Refused) and stopped.ending.code != "E609":
                halt(later(self._clock, SOON, "E603", "X forgot an upload"))
            raise
        # It may be in a post from here on: another process must not carry the same id.
        self._memory.forget(_name(mark))
        return upload

    def _known(self, mark: Mark) -> Upload | None:
        """What an earlier try has left, as long as X keeps it."""
        now = self._clock.now()
        self._kept = {each: upload for each, upload in self._kept.items() if now + MARGIN < upload.ends}
        if mark not in self._kept and (words := self._memory.read(_name(mark), now)):
            upload = _upload_of(words)
            return upload if now + MARGIN < upload.ends else None
        return self._kept.get(mark)

    def _begun(self, item: Attachment) -> Upload:
        if item.kind == "clip":
            return self._session(item.path.stat().st_size, item.media_type, "tweet_video")
        body = {"media": _text_of(approved_bytes(item, self._clock)), "media_category": "tweet_image"}
        return replace(self._named(self._ask("POST", "/2/media/upload", json=body)), sent=True, digested=True)

    def _bring(self, item: Attachment, upload: Upload) -> None:
        """Each step that is left; one that stops the sending is taken up again by the next try."""
        if not upload.sent:
            self._in_pieces(approved_file(item, self._clock), upload)
        elif not upload.digested:
            self._digested(upload, self._status(upload))
        if item.alt_text and not upload.described:
            alt = {"alt_text": {"text": item.alt_text}}
            self._ask("POST", "/2/media/metadata", json={"id": upload.id, "metadata": alt})
            upload.described = True
        if item.captions and not upload.subtitles:
            upload.subtitles = self._subtitled(item, upload)

    def _session(self, size: int, media_type: str, category: str) -> Upload:
        body = {"media_type": media_type, "total_bytes": size, "media_category": category}
        return self._named(self._ask("POST", "/2/media/upload/initialize", json=body))

    def _in_pieces(self, opened: AbstractContextManager[BinaryIO], upload: Upload) -> None:
        """Send the pieces that are not up yet, and close.

        After a piece in doubt everything begins anew: whether X takes a piece twice, its pages do not say.
        """
        route = f"/2/media/upload/{upload.id}"
        try:
            with opened as film:
                for number, piece in _pieces(film, upload.pieces):
                    self._ask("POST", f"{route}/append", json={"media": _text_of(piece), "segment_index": number})
                    upload.pieces = number + 1
            answer = self._ask("POST", f"{route}/finalize")
        except Halt as stopped:
            if isinstance(stopped.ending, RetryLater) and stopped.ending.code in IN_DOUBT:
                upload.ends = self._clock.now()
            raise
        upload.sent, upload.closed_at = True, self._clock.now()
        self._digested(upload, answer)

    def _status(self, upload: Upload) -> Answer:
        """How far X is. A no to this question says nothing of the clip: X does not know the upload any more."""
        try:
            return self._ask("GET", "/2/media/upload", params={"command": "STATUS", "media_id": upload.id})
        except Halt as stopped:
            if not isinstance(stopped.ending, Refused):
                raise
            upload.ends = self._clock.now()
            halt(later(self._clock, SOON, "E603", stopped.ending.detail))

    def _digested(self, upload: Upload, answer: Answer) -> None:
        """Go on only when X has digested the clip: a post with a clip in processing is refused."""
        progress = object_in(data_of(answer), "processing_info")
        state = progress.get("state", "succeeded")
        if state == "failed":
            halt(Refused("E609", str(object_in(progress, "error").get("name", "failed")), "content"))
        if state != "succeeded":
            now = self._clock.now()
            if upload.closed_at is None or now - upload.closed_at > STUCK:
                upload.ends = now
            pause = min(max(_number(progress.get("check_after_secs"), 1.0), 1.0), LONGEST_PAUSE)
            halt(later(self._clock, timedelta(seconds=pause), "E678", upload.id))
        upload.digested = True

    def _subtitled(self, clip: Attachment, upload: Upload) -> str:
        """The language of the subtitles, or why the clip goes without: they must not cost the post."""
        language = self._settings["subtitle_language"]
        told = ""
        for _ in range(SUBTITLE_TRIES):
            try:
                words = approved_captions(clip)
                track = self._session(len(words), "text/srt", "subtitles")
                self._in_pieces(BytesIO(words), track)
                named = {"id": track.id, "language_code": language, "display_name": self._settings["subtitle_name"]}
                body = {"id": upload.id, "media_category": "TweetVideo", "subtitles": named}
                self._ask("POST", "/2/media/subtitles", json=body)
            except Halt as stopped:
                told = f"E679 {getattr(stopped.ending, 'detail', '')}".strip()
            except OSError as error:
                return f"E679 {clip.captions.name if clip.captions else clip.path.name}: {type(error).__name__}"
            except Altered as altered:
                return f"E679 E624 {altered}"
            else:
                return language
        return told

    def _named(self, answer: Answer) -> Upload:
        data = data_of(answer)
        if not data.get("id"):
            halt(later(self._clock, SOON, "E603", "no id in the answer"))
        life = timedelta(seconds=_number(data.get("expires_after_secs"), UNTOLD_LIFE))
        return Upload(str(data["id"]), str(data.get("media_key", "")), self._clock.now() + life)


def _name(mark: Mark) -> str:
    """The name of an upload in the memory of the account; an alt text is long, so its hash stands for it."""
    sha256, alt, number = mark
    return f"{sha256}/{hashlib.sha256(alt.encode()).hexdigest()[:16]}/{number}"


def _words(upload: Upload) -> dict[str, str]:
    words = {name: str(value) for name, value in asdict(upload).items() if isinstance(value, str | int)}
    return words | {name: at.isoformat() for name in ("ends", "closed_at") if (at := getattr(upload, name))}


def _upload_of(words: Mapping[str, str]) -> Upload:
    return Upload(
        id=words["id"],
        key=words["key"],
        ends=datetime.fromisoformat(words["ends"]),
        pieces=int(words["pieces"]),
        sent=words["sent"] == str(True),
        digested=words["digested"] == str(True),
        described=words["described"] == str(True),
        closed_at=datetime.fromisoformat(words["closed_at"]) if "closed_at" in words else None,
        subtitles=words["subtitles"],
    )


def alt_problem(items: Sequence[Attachment]) -> Refused | None:
    """An alt text that X would refuse, said before anything leaves."""
    longest = max((len(item.alt_text) for item in items), default=0)
    return Refused("E613", f"alt {longest} > {LONGEST_ALT}", "content") if longest > LONGEST_ALT else None


def _marks(items: Sequence[Attachment]) -> list[Mark]:
    seen: Counter[tuple[str, str]] = Counter()
    marks = []
    for item in items:
        same = (item.sha256, item.alt_text)
        marks.append((*same, seen[same]))
        seen[same] += 1
    return marks


def _pieces(film: BinaryIO, first: int) -> Iterator[tuple[int, bytes]]:
    film.seek(first * PIECE)
    while piece := film.read(PIECE):
        yield first, piece
        first += 1


def _text_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _number(value: object, otherwise: float) -> float:
    return float(value) if isinstance(value, int | float) and 0 <= value < 10**7 else otherwise
