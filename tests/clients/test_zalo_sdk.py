"""A client of Zalo's that others wrote (PyPI ``zalo-sdk``, MIT) against the sandbox, by its own ``endpoint_prefix``.

It knows the message routes (broadcast, single messages, uploads, quotas, followers). No client on PyPI or npm that
could be pointed at a host knows the article routes: the articles that it sends are made by our own horn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from zalo_sdk.oa.Client import Client
from zalo_sdk.oa.ZaloMessage import ZaloAttachment, ZaloMessageBody, ZaloRecipient
from zalo_sdk.ZaloOAException import ZaloOAException

from loa.clock import SimulatedClock
from loa.delivery import Account, Attachment, Done, Equipment, Message, Pending
from loa.sandbox import Sandbox, overrides, read_journal
from publishers import REGISTRY

OA = "4318657068771012646"
TOKEN = f"sandbox-{OA}"
FOLLOWER = "7000000000000000000"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(datetime(2026, 10, 10, 1, 0, tzinfo=UTC))


@pytest.fixture
def sandbox(tmp_path: Path, clock: SimulatedClock) -> Iterator[Sandbox]:
    with Sandbox(tmp_path / "sandbox", clock=clock) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> Client:
    return Client("1234567890123456789", "sandbox-app", TOKEN, "", endpoint_prefix=f"{sandbox.url}/zalo")


def article(sandbox: Sandbox, clock: SimulatedClock, folder: Path) -> str:
    """The id of an article that is out."""
    place = folder / "anh.png"
    place.write_bytes(PNG)
    sha256 = hashlib.sha256(PNG).hexdigest()
    picture = Attachment("picture", place, sha256, "image/png", 8, 8)
    settings = {"oa_id": OA, "app_id": "1234567890123456789"}
    secrets = {"app_secret": "sandbox-app", "access_token": TOKEN}
    account = Account("oa", "zalo", "Xã Kim Liên", settings, overrides(sandbox.url)["zalo"], secrets)
    horn = REGISTRY["zalo"].build(account, clock, equipment=Equipment(sandbox.public))
    message = Message("khoa-1", "Nộp hồ sơ tại nhà.", title="Ngày Chuyển đổi số", attachments=(picture,))
    ending = horn.publish(message)
    while isinstance(ending, Pending):
        clock.move_to(ending.check_at)
        ending = horn.follow_up(message, ending.receipt)
    assert isinstance(ending, Done)
    return ending.receipt.platform_id


def test_it_broadcasts_an_article(client: Client, sandbox: Sandbox, clock: SimulatedClock, tmp_path: Path) -> None:
    elements = [{"media_type": "article", "attachment_id": article(sandbox, clock, tmp_path)}]
    attachment = ZaloAttachment("template", {"template_type": "media", "elements": elements})
    recipient = ZaloRecipient(target={"gender": "0", "cities": "55"})
    answer = client.send_message(recipient, ZaloMessageBody(attachment=attachment), category="action")
    effect = read_journal(sandbox.journal)[-1]
    assert effect.kind == "broadcast"
    assert answer["data"]["message_id"] == effect.id
    assert effect.text == "Ngày Chuyển đổi số"


def test_it_writes_to_a_follower_and_to_nobody_else(client: Client) -> None:
    answer = client.send_message(ZaloRecipient(user_id=FOLLOWER), ZaloMessageBody(text="Chào bà con"))
    assert answer["data"]["user_id"] == FOLLOWER
    with pytest.raises(ZaloOAException):
        client.send_message(ZaloRecipient(user_id="1"), ZaloMessageBody(text="Chào bà con"))


def test_it_uploads_pictures_and_files(client: Client) -> None:
    assert client.upload_file(PNG, "image", "anh.png", "image/png")["data"]["attachment_id"]
    assert client.upload_file(b"%PDF-1.7", "file", "to-roi.pdf", "application/pdf")["data"]["token"]
    with pytest.raises(ZaloOAException):
        client.upload_file(b"MZ", "file", "la.exe", "application/octet-stream")


def test_it_asks_for_quotas_and_followers(client: Client) -> None:
    (row,) = client.get_zalo_oa_quotas("OA", "cs", "sub_quota")["data"]
    assert row.keys() >= {"asset_id", "product_type", "quota_type", "valid_through", "total", "remain"}
    assert client.get_zalo_user_quotas(FOLLOWER)["data"]["cs_reply"]["total"] == 8
    listed = client.get_list({"offset": 0, "count": 50, "is_follower": "true"})["data"]
    assert (listed["total"], len(listed["users"])) == (120, 50)


def test_a_stranger_is_turned_away(sandbox: Sandbox) -> None:
    stranger = Client("1", "x", "someone-else", "", endpoint_prefix=f"{sandbox.url}/zalo")
    with pytest.raises(ZaloOAException):
        stranger.get_zalo_oa_quotas("OA")
