"""What the tests of the preview show: views like those of the book, with real files beside them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from loa.delivery import State
from loa.dispatch import ApprovalView, AttachmentView, DeliveryView, ReceiptView

HOST = "127.0.0.1:8766"


@dataclass(frozen=True)
class Answer:
    """What the application answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


Ask = Callable[..., Answer]
"""Asks an application: ``ask("/", "lang=en", method="POST", origin="https://…")``."""


def asking(app: Any) -> Ask:
    """A caller of an application, without a network."""

    def ask(path: str = "/", query: str = "", method: str = "GET", **headers: str) -> Answer:
        named = {"host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
        # A thread of its own: where a browser test ran before, this one has a loop that is at work.
        with ThreadPoolExecutor(1) as apart:
            return apart.submit(asyncio.run, _call(app, path, query, method, named)).result()

    return ask


async def _call(app: Any, path: str, query: str, method: str, headers: Mapping[str, str]) -> Answer:
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], found, b"".join(each.get("body", b"") for each in sent[1:]))


def attachment(folder: Path, data: bytes = b"picture", kind: str = "picture") -> AttachmentView:
    sha256 = hashlib.sha256(data).hexdigest()
    path = folder / f"{sha256}.{'jpg' if kind == 'picture' else 'mp4'}"
    path.write_bytes(data)
    media_type = "image/jpeg" if kind == "picture" else "video/mp4"
    seconds = 0.0 if kind == "picture" else 8.0
    return AttachmentView(kind, path, sha256, media_type, 1080, 1350, seconds, "Bảy mươi phần trăm")  # type: ignore[arg-type] - two known words


def view(number: int = 1, **changes: Any) -> DeliveryView:
    due = datetime(2027, 10, 10, 0, 30, tzinfo=UTC)
    plain = DeliveryView(
        id=number,
        key=f"chuyen-doi-so/ngay-hoi/2027-10-10/xa-mot/facebook/{number}",
        campaign_id="chuyen-doi-so",
        campaign_title="Ngày Chuyển đổi số",
        item_id="ngay-hoi",
        item_title="Hôm nay 10/10",
        unit_code="xa-mot",
        unit_name="Xã Một",
        channel="facebook",
        account_id="fb-xa-mot",
        account_name="Xã Một (trang mẫu)",
        due=due,
        expires=due + timedelta(hours=2),
        state=State.AWAITING,
        reason="",
        text="Chào ngày 10/10!",
        title="Hôm nay 10/10",
        link="https://dichvucong.gov.vn",
        attachments=(),
        content_hash="ab12cd34ef56" + "0" * 52,
        approvals=(ApprovalView("Nguyễn Thị Lan", "approve", due - timedelta(days=2), "Đồng ý"),),
        recipients=0,
        receipts=(ReceiptView("1001_1", "https://www.facebook.com/1001_1", due, 0),),
    )
    return replace(plain, **changes)
