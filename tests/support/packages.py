"""Horns of the channels that a person serves, on a shelf of their own, with messages to lay out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from loa.clock import DEFAULT_ZONE, SimulatedClock
from loa.delivery import Account, Attachment, Equipment, Message, Publisher
from publishers import REGISTRY

DUE = datetime(2027, 10, 9, 17, 0, tzinfo=DEFAULT_ZONE)
BY_HAND = sorted(name for name, entry in REGISTRY.items() if entry.card.by_hand)
SETTINGS = {
    "person": "Nguyễn Văn Mẫu, công chức văn hóa",
    "channel_url": "https://www.youtube.com/@xa-mau",
    "profile_url": "https://www.tiktok.com/@xa-mau",
    "site_url": "https://xa-mau.example.vn",
    "air_times": "19:00 cùng ngày",
    "places": "Bộ phận Một cửa",
    "station": "Đài Phát thanh và Truyền hình Mẫu",
    "area": "Thôn 1, thôn 2",
    "body": "Ủy ban nhân dân tỉnh Mẫu",
    "recipient": "Viễn thông Mẫu",
    "place": "Mẫu",
    "signer": "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH",
}
FILES = {
    "youtube": ("clip", "mp4", "video/mp4"),
    "tiktok": ("clip", "mp4", "video/mp4"),
    "portal": ("picture", "jpg", "image/jpeg"),
    "loudspeaker": ("document", "txt", "text/plain"),
    "print": ("document", "pdf", "application/pdf"),
    "radio-tv": ("clip", "mp4", "video/mp4"),
    "visit": ("document", "pdf", "application/pdf"),
    "letter": ("document", "pdf", "application/pdf"),
}


@dataclass
class Shelf:
    """A folder for packages and one for the files that go into them."""

    root: Path
    clock: SimulatedClock = field(default_factory=lambda: SimulatedClock(DUE - timedelta(days=1)))

    @property
    def packages(self) -> Path:
        return self.root / "handoff"

    def horn(self, channel: str, **settings: str) -> Publisher:
        entry = REGISTRY[channel]
        given = {name: value for name, value in SETTINGS.items() if name in entry.card.account_settings}
        account = Account(f"{channel}-xa-mau", channel, "Kênh của xã Mẫu", given | settings)
        return entry.build(account, self.clock, equipment=Equipment(None, self.packages))

    def asset(self, channel: str, name: str = "tep", **values: Any) -> Attachment:
        kind, ending, media_type = FILES[channel]
        path = self.root / f"{name}.{ending}"
        path.write_bytes(f"nội dung của {name}".encode())
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        given = {"kind": kind, "path": path, "sha256": sha256, "media_type": media_type, "width": 1080, "height": 1350}
        return Attachment(**given | values)

    def message(self, channel: str, key: str = "mot", **values: Any) -> Message:
        given: Mapping[str, Any] = {
            "key": hashlib.sha256(key.encode()).hexdigest()[:32],
            "text": "Mời bà con thử một thủ tục trực tuyến.",
            "title": "Ngày mai là 10/10",
            "attachments": (self.asset(channel),),
            "due": DUE,
            "labels": {"campaign": "Ngày 10/10", "item": "Ngày mai là 10/10", "unit": "Xã Mẫu"},
        }
        return Message(**{**given, **values})

    def folder(self, message: Message) -> Path:
        """The package of a message; there is exactly one."""
        (found,) = self.packages.glob(f"*/*/*-{message.key[:8]}")
        return found
