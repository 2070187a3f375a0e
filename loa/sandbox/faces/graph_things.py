"""The things on a Page, and the fields that reading them back gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from loa.sandbox.faces.graph import graph_time

PROCESSING = timedelta(seconds=20)
POST_FIELDS = frozenset(
    {
        *("id", "message", "created_time", "updated_time", "permalink_url", "is_published", "scheduled_publish_time"),
        *("status_type", "full_picture", "parent_id", "application", "shares", "attachments", "from", "comments"),
    }
)
PHOTO_FIELDS = frozenset({"id", "page_story_id", "link", "alt_text_custom", "name", "created_time", "from", "images"})
VIDEO_FIELDS = frozenset(
    {
        *("id", "post_id", "permalink_url", "status", "published", "created_time", "updated_time"),
        *("description", "title", "length", "source", "from"),
    }
)
COMMENT_FIELDS = frozenset({"id", "message", "created_time", "from", "parent", "permalink_url"})


@dataclass
class Photo:
    """An uploaded photo; nobody sees it until a post takes it."""

    id: str
    page: str
    sha256: str
    alt: str
    made: datetime
    story: str = ""
    name: str = ""
    temporary: bool = False

    def shown(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "page_story_id": self.story or None,
            "alt_text_custom": self.alt,
            "name": self.name or None,
            "link": f"https://www.facebook.com/photo.php?fbid={self.id}",
            "created_time": graph_time(self.made),
        }


@dataclass
class Post:
    """A post on a Page. ``due``: when Meta's own scheduler shows it; ``video``: the clip that it carries."""

    id: str
    page: str
    message: str
    made: datetime
    photos: list[Photo] = field(default_factory=list)
    link: str = ""
    published: bool = True
    due: datetime | None = None
    changed: datetime | None = None
    video: str = ""

    def shown(self) -> dict[str, Any]:
        targets = [{"target": {"id": photo.id}, "type": "photo"} for photo in self.photos]
        targets += [{"target": {"id": self.video}, "type": "video_inline"}] if self.video else []
        return {
            "id": self.id,
            "message": self.message or None,
            "created_time": graph_time(self.made),
            "updated_time": graph_time(self.changed or self.made),
            "permalink_url": f"https://www.facebook.com/{self.id}",
            "is_published": self.published,
            "scheduled_publish_time": int(self.due.timestamp()) if self.due else None,
            "attachments": {"data": targets} if targets else None,
            "from": {"id": self.page},
        }


@dataclass
class Video:
    """A Reel or a video between its start and its end."""

    id: str
    page: str
    made: datetime
    reel: bool = True
    size: int = 0
    data: bytearray = field(default_factory=bytearray, repr=False)
    session: str = ""
    sha256: str = ""
    description: str = ""
    title: str = ""
    finished: datetime | None = None
    hidden: bool = False
    """Finished as a draft: citizens do not see it."""
    post: str = ""
    looks: int = 0
    captions: dict[str, str] = field(default_factory=dict)

    def is_out(self, now: datetime) -> bool:
        """After the second look or 20 seconds of processing, whichever comes first."""
        return self.finished is not None and (self.looks > 1 or now - self.finished >= PROCESSING)

    def shown(self, now: datetime) -> dict[str, Any]:
        ready = self.is_out(now)
        out = ready and not self.hidden
        return {
            "id": self.id,
            "status": self._status(ready=ready),
            "published": out,
            "description": self.description or None,
            "title": self.title or None,
            "post_id": self.post if out else None,
            "permalink_url": f"/reel/{self.id}" if self.reel else f"/{self.page}/videos/{self.id}",
            "created_time": graph_time(self.finished or self.made),
            "updated_time": graph_time(self.finished or self.made),
        }

    def _status(self, *, ready: bool) -> dict[str, Any]:
        waiting = {"status": "in_progress" if self.finished else "not_started"}
        state = "draft" if self.hidden else "published"
        return {
            "video_status": "ready" if ready else "processing" if self.finished else "uploading",
            "uploading_phase": {
                "status": "complete" if self.sha256 else "in_progress" if self.data else "not_started",
                "bytes_transfered": self.size if self.sha256 else len(self.data),
            },
            "processing_phase": {"status": "complete"} if ready else waiting,
            "publishing_phase": {"status": "complete", "publish_status": state} if ready else waiting,
        }


@dataclass
class Comment:
    """A comment by the Page itself under one of its posts."""

    id: str
    page: str
    target: str
    message: str
    made: datetime

    def shown(self) -> dict[str, Any]:
        moment = graph_time(self.made)
        return {"id": self.id, "message": self.message, "created_time": moment, "from": {"id": self.page}}


Thing = Post | Photo | Video | Comment
