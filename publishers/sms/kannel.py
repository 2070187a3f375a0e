"""Kannel, the office's own gateway program. It gives no id of its own: ours stands in the address of the report.

Its ``sendsms`` page takes everything in the address, where logs would keep the password and the number; as a POST it
takes the same in headers.
"""

from __future__ import annotations

from urllib.parse import quote

from loa.delivery import (
    Batch,
    BatchAnswer,
    Done,
    Ending,
    Fate,
    Inbound,
    Receipt,
    ReceiptNews,
    Told,
    WebhookCall,
)
from loa.errors import LoaError
from publishers.http import Answer
from publishers.sms.cards import KANNEL
from publishers.sms.horn import Call, SmsHorn, Table, counted
from publishers.sms.reading import bare, e164, form_of

SEND = "/cgi-bin/sendsms"
EVERY_REPORT = "31"
GSM7, UCS2 = "0", "2"
ACCEPTED = 202
QUEUED = "3:"
"""No carrier is connected at the moment: Kannel keeps it until one is."""
NOES: Table = {
    "authorization failed": ("account", "E605"),
    "sender missing": ("account", "E606"),
    "not routable": ("row", "E619"),
    "receiver": ("row", "E618"),
    "garbage 'to'": ("row", "E618"),
    "black-lists": ("row", "E618"),
    "misformed": ("content", "E607"),
    "empty text": ("content", "E607"),
    "temporal failure": ("later", "E604"),
    "unknown request": ("account", "E659"),
}
"""Words of its answer → for whom it is a no, and the code of our sentence. A status stands for several of them."""
FATES = {
    "1": Fate.DELIVERED,
    "2": Fate.FAILED,
    "4": Fate.BUFFERED,
    "8": Fate.ACCEPTED,
    "16": Fate.FAILED,
}
"""Its kinds of report. "Delivered" may come before "accepted"."""
BAD_ADDRESSES = {"0x0000000b": "E618", "0x0000000a": "E619"}
"""The SMPP status in a report of a refusal: bad destination, bad sender."""


class Kannel(SmsHorn):
    """One sender name on one Kannel."""

    card = KANNEL
    host = "kannel_host"

    def _call_for(self, batch: Batch) -> Call:
        [number] = batch.numbers
        headers = {
            "X-Kannel-Username": self._account.settings["username"],
            "X-Kannel-Password": self._account.secrets["password"],
            "X-Kannel-From": self._account.settings["brandname"],
            "X-Kannel-To": bare(number),
            "X-Kannel-Coding": UCS2 if counted(batch.text).encoding == "ucs2" else GSM7,
            "Content-Type": "text/plain; charset=UTF-8",
        }
        if self._webhook_url:
            headers |= {"X-Kannel-DLR-Mask": EVERY_REPORT, "X-Kannel-DLR-Url": self._report_to(batch.key)}
        encoded = {name: value.encode() for name, value in headers.items()}
        return Call("POST", self._address + SEND, {"headers": encoded, "data": batch.text.encode()})

    def _report_to(self, key: str) -> str:
        """Where Kannel reports to. A percent sign of our own is doubled: Kannel fills in %d and its like."""
        address = f"{self._webhook_url}?key={quote(key, safe='')}"
        return f"{address.replace('%', '%%')}&type=%d&reply=%A"

    def _answered(self, batch: Batch, answer: Answer) -> BatchAnswer:
        return BatchAnswer(self._ending(answer, batch.key))

    def _ending(self, answer: Answer, key: str) -> Ending:
        words = answer.body[:200].decode(errors="replace").strip()
        if answer.status == ACCEPTED:
            return Done(Receipt(key, details={"queued": "yes"} if words.startswith(QUEUED) else {}))
        known = next((each for each in NOES if each in words.lower()), "")
        if not known:
            return self._doubt(answer, key)
        return self._no({known: NOES[known]}, known, f"HTTP {answer.status}", key)

    def read_webhook(self, call: WebhookCall) -> Told:
        """No signature: only the secret path speaks for the caller. What a report carries back is our own query."""
        given = form_of(call)
        if "from" in given and "text" in given:
            number = e164(given["from"])
            return Told(inbound=(Inbound(number, given["text"], given.get("id", "")),) if number else ())
        fate = FATES.get(given.get("type", ""))
        if fate is None or not given.get("key"):
            raise LoaError("E742")
        reply = given.get("reply", "")
        code = ""
        if fate == Fate.FAILED:
            code = next((ours for theirs, ours in BAD_ADDRESSES.items() if theirs in reply.lower()), "E748")
        return Told((ReceiptNews(fate, key=given["key"], code=code, detail=self._told(reply) if code else ""),))


HORN = Kannel
