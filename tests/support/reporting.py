"""A gateway's horn that only reads reports, and calls in the book for it to report on."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from loa.delivery import Fate, Inbound, Receipt, ReceiptNews, State, Told, WebhookCall
from loa.dispatch import Desk
from loa.errors import LoaError
from loa.store import Plan, Vault, save_plan
from loa.store.inbox import keep_letters, letter_of
from loa.store.people_tables import batch, recipient
from support.planted import phone

ACCOUNT = "sms-tinh"
TAKEN = datetime(2027, 3, 1, 1, 0, tzinfo=UTC)


@dataclass
class Reader:
    """Reads reports that are written as JSON: ``{"receipts": [...], "inbound": [...]}``."""

    on_ask: Callable[[Receipt, str, tuple[str, ...]], Told] = lambda *_: Told()
    asked: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    def read_webhook(self, call: WebhookCall) -> Told:
        if call.headers.get("x-signature") == "forged":
            raise LoaError("E741")
        try:
            said = json.loads(call.body)
        except ValueError:
            raise LoaError("E742") from None
        return told(said)

    def ask(self, receipt: Receipt, key: str, numbers: tuple[str, ...]) -> Told:
        self.asked.append((receipt.platform_id, key, numbers))
        return self.on_ask(receipt, key, numbers)


def told(said: Mapping[str, list[dict[str, object]]]) -> Told:
    receipts = [
        ReceiptNews(
            Fate(each.get("fate", 0)),
            totals={Fate(int(fate)): count for fate, count in dict(each.get("totals", {})).items()},
            **{name: each[name] for name in each if name not in ("fate", "totals")},
        )
        for each in said.get("receipts", [])
    ]
    return Told(tuple(receipts), tuple(Inbound(**each) for each in said.get("inbound", [])))


def e164(number: int) -> str:
    return f"+84{phone(number)[1:]}"


def report(desk: Desk, *receipts: Mapping[str, object], inbound: Sequence[Mapping[str, str]] = (), **more: str) -> None:
    """Let a gateway report, as the door keeps it."""
    body = json.dumps({"receipts": receipts, "inbound": list(inbound)}).encode()
    call = WebhookCall("POST", {}, {"x-signature": more.get("signature", "")}, more.get("body", "").encode() or body)
    keep_letters(desk.book, [letter_of(desk.vault, more.get("account", ACCOUNT), call, desk.clock.now())])


def add_delivery(desk: Desk, name: str = "tin", state: State = State.DUE) -> int:
    """A delivery that is sent to people; its number in the book."""
    plan = Plan(
        key=f"thu-nghiem/{name}",
        campaign_id="thu-nghiem",
        item_id=name,
        unit_code="tinh-mau",
        channel="sms",
        account_id=ACCOUNT,
        due=TAKEN - timedelta(minutes=1),
        expires=TAKEN + timedelta(days=1),
        when_late="ask",
        state=state,
        content_hash="h",
        package=json.dumps(PACKAGE),
        labels={"campaign": "Chiến dịch thử", "item": "Tin", "unit": "Tỉnh Mẫu", "account": "Tin nhắn tỉnh Mẫu"},
    )
    with desk.book.write() as connection:
        save_plan(connection, [plan], [], TAKEN)
        return connection.scalar(sa.text("SELECT max(id) FROM delivery")) or 0


PACKAGE = {
    "text": "Mời bà con đến tiêm vắc-xin",
    "title": "",
    "summary": "",
    "link": "",
    "assets": [],
    "recipients": {"list": "doi-ngu", "count": 10, "digest": "d"},
    "options": {},
    "account": {"settings": {}},
}


def add_call(
    desk: Desk,
    delivery_id: int,
    numbers: Sequence[int],
    *,
    key: str = "",
    platform_id: str = "",
    state: State = State.DONE,
    parts: int = 1,
    first_seq: int | None = None,
    ask_at: datetime | None = None,
    done_at: datetime | None = TAKEN,
) -> int:
    """A call of a delivery to these planted numbers, as the sending side leaves it in the book."""
    vault: Vault = desk.vault
    first = first_seq if first_seq is not None else numbers[0]
    with desk.book.write() as connection:
        batch_id = (connection.scalar(sa.select(sa.func.max(batch.c.id))) or 0) + 1
        connection.execute(
            sa.insert(batch).values(
                id=batch_id,
                key=key or f"key-{batch_id}",
                delivery_id=delivery_id,
                account_id=ACCOUNT,
                content_hash="h",
                first_seq=first,
                last_seq=first + len(numbers) - 1,
                size=len(numbers),
                parts=parts * len(numbers),
                state=state,
                hint={},
                platform_id=platform_id,
                done_at=done_at,
                ask_at=ask_at,
            )
        )
        rows = [
            {
                "delivery_id": delivery_id,
                "seq": first + place,
                "mark": vault.mark_bytes(e164(number)),
                "sealed": vault.seal(e164(number)),
                "state": state if state != State.RETRY_LATER else State.UNKNOWN,
                "batch_id": batch_id,
            }
            for place, number in enumerate(numbers)
        ]
        connection.execute(sa.insert(recipient), rows)
    return batch_id


def fates_of(desk: Desk, delivery_id: int) -> dict[int, tuple[Fate, str, str]]:
    """Place → fate, parts and code of every recipient."""
    query = sa.select(recipient.c.seq, recipient.c.fate, recipient.c.fate_parts, recipient.c.code)
    with desk.book.read() as connection:
        found = connection.execute(query.where(recipient.c.delivery_id == delivery_id))
        return {seq: (fate, parts, code) for seq, fate, parts, code in found}
