"""A sandbox over real HTTP, a clock that both sides share, and a bench for each channel."""

from __future__ import annotations

import hashlib
import socket
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.planted import PLANTED, X_USER, phone

from loa.clock import SimulatedClock
from loa.delivery import Account, Attachment, Ending, Equipment, Message, Pending, Publisher
from loa.sandbox import Effect, Sandbox, overrides, read_journal
from publishers import REGISTRY

START = datetime(2026, 10, 10, 1, 0, tzinfo=UTC)
SECRETS = {
    "facebook": {"page_token": PLANTED["facebook-page-token"]},
    "zalo": {"app_secret": PLANTED["zalo-app-secret"], "access_token": "sandbox-4318657068771012646"},
    "x": {
        name: PLANTED[f"x-{name.replace('_', '-')}"]
        for name in ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
    },
    "sms": {"api_key": PLANTED["sms-api-key"], "secret_key": PLANTED["sms-secret-key"]},
}
SETTINGS = {
    "facebook": {"page_id": "1029384756"},
    "zalo": {"oa_id": "4318657068771012646", "app_id": "1234567890123456789"},
    "x": {"user_id": X_USER},
    "sms": {"brandname": "UBNDKimLien"},
}
SECRETS |= {"zalo-broadcast": SECRETS["zalo"], "zbs": SECRETS["zalo"]}
SETTINGS |= {"zalo-broadcast": SETTINGS["zalo"] | {"package": "advanced"}, "zbs": SETTINGS["zalo"]}

NO_WAITING = {"facebook": {"transient_wait": "0"}}


@dataclass
class Bench:
    """One channel on the bench: its horn, its account, the sandbox behind it."""

    channel: str
    sandbox: Sandbox
    clock: SimulatedClock
    folder: Path
    hosts: dict[str, str] = field(default_factory=dict)

    @property
    def account(self) -> Account:
        hosts = overrides(self.sandbox.url)[self.channel] | NO_WAITING.get(self.channel, {}) | self.hosts
        return Account(
            f"{self.channel}-kim-lien",
            self.channel,
            "Xã Kim Liên",
            SETTINGS[self.channel],
            hosts,
            SECRETS[self.channel],
        )

    def publisher(self) -> Publisher:
        return REGISTRY[self.channel].build(self.account, self.clock, equipment=Equipment(self.sandbox.public))

    def message(self, **changes: object) -> Message:
        text = "Ngày Chuyển đổi số quốc gia 10/10: nộp hồ sơ tại nhà & nhận kết quả qua bưu điện."
        plain = Message(key="khoa-1", text=text, title="Ngày Chuyển đổi số quốc gia", summary="Nộp hồ sơ tại nhà")
        if self.channel == "sms":
            plain = replace(plain, recipient=f"+84{phone(1)[1:]}")
        if self.channel == "zalo":
            plain = replace(plain, attachments=(self.picture(),))
        return replace(plain, **changes)  # type: ignore[arg-type]  # any field, by name

    def picture(self, name: str = "anh", alt: str = "Người dân nộp hồ sơ trên điện thoại") -> Attachment:
        data = png(name)
        return self._attachment("picture", f"{name}.png", data, "image/png", alt=alt)

    def clip(self, seconds: float = 12.0) -> Attachment:
        data = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"phim " * 5000
        return self._attachment("clip", "clip.mp4", data, "video/mp4", seconds=seconds)

    def journal(self) -> tuple[Effect, ...]:
        return read_journal(self.sandbox.journal)

    def to_the_end(self, publisher: Publisher, message: Message) -> Ending:
        """Publish and follow up until the platform has decided."""
        ending = publisher.publish(message)
        for _ in range(5):
            if not isinstance(ending, Pending):
                break
            self.clock.move_to(ending.check_at)
            ending = publisher.follow_up(message, ending.receipt)
        return ending

    def settle(self) -> None:
        self.clock.advance(REGISTRY[self.channel].card.settle + timedelta(seconds=1))

    def _attachment(self, kind: str, name: str, data: bytes, media_type: str, **values: object) -> Attachment:
        place = self.folder / name
        place.write_bytes(data)
        sha256 = hashlib.sha256(data).hexdigest()
        known = {"alt_text": values.get("alt", ""), "seconds": values.get("seconds", 0.0)}
        return Attachment(kind, place, sha256, media_type, 1080, 1920 if kind == "clip" else 1080, **known)  # type: ignore[arg-type]  # any field, by name


def holding(item: Attachment, data: bytes) -> Attachment:
    """The same attachment with other bytes, approved as they are."""
    item.path.write_bytes(data)
    return replace(item, sha256=hashlib.sha256(data).hexdigest())


def png(seed: str) -> bytes:
    """A real picture of one colour, another one for another ``seed``."""
    colour = hashlib.sha256(seed.encode()).digest()[:3]
    rows = b"".join(b"\0" + colour * 8 for _ in range(8))

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture
def sandbox(tmp_path: Path, clock: SimulatedClock) -> Iterator[Sandbox]:
    with Sandbox(tmp_path / "sandbox", clock=clock) as running:
        yield running


@pytest.fixture
def bench(sandbox: Sandbox, clock: SimulatedClock, tmp_path: Path) -> Callable[[str], Bench]:
    return lambda channel: Bench(channel, sandbox, clock, tmp_path)


@pytest.fixture
def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
