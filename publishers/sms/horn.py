"""What the horns of all SMS gateways do alike: guard a call, name its ending, see who is at the other end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

from loa.clock import Clock
from loa.delivery import (
    NO_EQUIPMENT,
    Account,
    AuthNeeded,
    Batch,
    BatchAnswer,
    Bulk,
    CannotTell,
    ChannelCard,
    Done,
    Ending,
    Equipment,
    Finding,
    LookUp,
    Message,
    Receipt,
    Refused,
    Told,
    Unknown,
    WebhookCall,
)
from loa.errors import LoaError
from loa.text import SmsCount, nfc, sms_count
from publishers.common import SOON, Horn, address_in, check_account, hosts_of, later, with_effect
from publishers.http import LOOPBACK, Answer, InDoubt, NotSent, Session, call, new_session, redact
from publishers.shapes import whole_number
from publishers.sms.reading import unnumbered

LONGEST_WAIT = 24 * 3600
AN_EPOCH = 10**9
"""A reset beyond this is a moment (seconds since 1970), below it a wait."""
LONGEST_ID = 200
"""Signs of a gateway's own id of a call; the longest of those that we know has 36."""
TOO_MANY = 429
REHEARSAL_SECRET = "sandbox-"  # noqa: S105 - how every secret of a rehearsal begins, no secret
STUB_MARKS = ("x-sms-stub", "x-loa-sandbox")
"""What every answer of an imitation carries."""

Whom = Literal["row", "content", "account", "later", "doubt"]
Table = Mapping[str, tuple[Whom, str]]
"""A gateway's code → for whom it is a no, and the code of our sentence."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request to a gateway. ``parts``: what the session takes (json, data, headers, auth …)."""

    method: str
    url: str
    parts: Mapping[str, Any] = field(default_factory=dict, repr=False)


class SmsHorn(Horn):
    """A gateway tells how a call is made (``_call_for``) and what its answer means (``_answered``)."""

    card: ChannelCard
    host: ClassVar[str]
    """The channel setting that holds the gateway's address."""

    def __init__(
        self, account: Account, clock: Clock, session: Session | None = None, equipment: Equipment = NO_EQUIPMENT
    ) -> None:
        check_account(account, self.card)
        self._account = account
        self._clock = clock
        self._session = session or new_session()
        self._hosts = hosts_of(account, self.card)
        self._address = address_in(self._hosts, self.host)
        self._webhook_url = equipment.webhook_url
        self._server = urlsplit(self._address).hostname or ""
        self._rehearses = all(value.startswith(REHEARSAL_SECRET) for value in account.secrets.values())

    def _call_for(self, batch: Batch) -> Call:
        """The one request that makes messages of a batch."""
        raise NotImplementedError

    def _answered(self, batch: Batch, answer: Answer) -> BatchAnswer:
        """What the gateway's answer to it means."""
        raise NotImplementedError

    def read_webhook(self, call: WebhookCall) -> Told:
        raise NotImplementedError

    def submit(self, batch: Batch) -> BatchAnswer:
        batch = replace(batch, text=nfc(batch.text))
        if no := self._misled() or self._unfit(batch):
            return BatchAnswer(no)
        made = self._call_for(batch)
        try:
            answer = call(self._session, made.method, made.url, **made.parts)
        except (NotSent, InDoubt) as error:
            return BatchAnswer(with_effect(self._clock, error, _hint(batch.key)))
        if strange := self._stranger(answer, batch.key):
            return BatchAnswer(strange)
        if answer.status == TOO_MANY:
            return BatchAnswer(self._slow_down(answer, f"HTTP {TOO_MANY}"))
        return _with_short_id(self._answered(batch, answer))

    def publish(self, message: Message) -> Ending:
        """A call with one number, where that is what the gateway takes."""
        answer = self.submit(Batch(message.key, message.text, (message.recipient,), message.options))
        return answer.refused.get(message.recipient, answer.ending)

    def _standing_call(self) -> Call | None:
        """A question about the account that sends nothing; None where the gateway has none."""
        return None

    def _standing(self, answer: Answer) -> Finding | None:  # noqa: ARG002 - for gateways that have the question
        """What its answer says; None: nothing."""
        return None

    def preflight(self) -> list[Finding]:
        """Without a question that sends nothing, or without an answer to it, the first real message will tell."""
        if no := self._misled():
            return [Finding("stop", no.code, no.detail)]
        later_on = Finding("ok", "E691", self._account.settings.get("brandname") or self._account.name)
        asked = self._standing_call()
        if asked is None:
            return [later_on]
        try:
            answer = call(self._session, asked.method, asked.url, **asked.parts)
        except (NotSent, InDoubt) as error:
            return [Finding("stop", "E601", str(error))]
        if strange := self._stranger(answer, ""):
            return [Finding("stop", strange.code, strange.detail)]
        return [self._standing(answer) or later_on]

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:  # noqa: ARG002 - nothing is ever pending here
        return Done(receipt)

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:  # noqa: ARG002 - the signature of the contract
        """No gateway of ours can be read by key; one that remembers keys may be sent the same again."""
        return CannotTell("E633" if self.card.read_back == "key" else "E745", final=True)

    def look_up_batch(self, batch: Batch, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:
        return self.look_up(Message(batch.key, batch.text), sent_at, hint)

    def ask(self, receipt: Receipt, key: str, numbers: tuple[str, ...]) -> Told:  # noqa: ARG002 - the signature of the contract
        return Told()

    def _unfit(self, batch: Batch) -> Refused | None:
        """What the gateway would refuse, said before anything leaves this machine."""
        count, bulk = counted(batch.text), self._bulk(batch)
        if not 1 <= count.parts <= self.card.max_length:
            return Refused("E613", f"{count.parts} > {self.card.max_length}", "content")
        strange = "".join(sorted(set(bulk.forbidden) & set(batch.text)))
        if count.encoding == "ucs2" and not bulk.unicode:
            strange = "".join(sorted({sign for sign in batch.text if sms_count(sign).encoding == "ucs2"}))
        return Refused("E746", strange, "content") if strange else None

    def _bulk(self, batch: Batch) -> Bulk:
        if self.card.bulk is None:
            raise ValueError("a gateway's card tells what a call takes")
        return self.card.bulk(batch.options)

    def _misled(self) -> AuthNeeded | None:
        """A rehearsal never leaves this machine, whatever the settings say."""
        return AuthNeeded("E744", self._server) if self._rehearses and self._server not in LOOPBACK else None

    def _stranger(self, answer: Answer, key: str) -> AuthNeeded | Unknown | None:
        """Whether the other end is an imitation where citizens were meant, or a real gateway in a rehearsal."""
        imitation = any(mark in answer.headers for mark in STUB_MARKS)
        if imitation and self._server not in LOOPBACK:
            return AuthNeeded("E743", self._server)
        if self._rehearses and not imitation:
            return Unknown("E744", self._server, _hint(key))
        return None

    def _slow_down(self, answer: Answer, detail: str) -> Ending:
        """The gateway asks for a pause: as long as it says, a minute where it does not."""
        return later(self._clock, self._named_wait(answer) or SOON, "E604", detail, pause=True)

    def _named_wait(self, answer: Answer) -> timedelta | None:
        for name in ("retry-after", "x-rate-limit-reset", "x-ratelimit-reset"):
            seconds = whole_number(answer.headers.get(name, ""))
            if seconds is not None:
                if seconds > AN_EPOCH:
                    seconds = max(0, seconds - int(self._clock.now().timestamp()))
                return timedelta(seconds=min(max(seconds, 1), LONGEST_WAIT))
        return None

    def _no(self, table: Table, code: str, words: str, key: str) -> Ending:
        """A gateway's no by its code; a code that no table has leaves the call in doubt."""
        detail = self._told(f"{code}: {words}" if words else code)
        whom, sentence = table.get(code, ("doubt", "E603"))
        if whom == "account":
            return AuthNeeded(sentence, detail)
        if whom == "later":
            return later(self._clock, SOON, sentence, detail, pause=True)
        if whom == "doubt":
            return Unknown(sentence, detail, _hint(key))
        return Refused(sentence, detail, whom)

    def _doubt(self, answer: Answer, key: str) -> Unknown:
        return Unknown("E603", f"HTTP {answer.status}", _hint(key))

    def _told(self, words: object) -> str:
        """A gateway's words, fit for the book: no secret, no number, not long."""
        return unnumbered(redact(str(words), self._account.secrets))

    def _left(self, balance: object) -> str:
        """What is left on the account: a sum may be as long as a number."""
        return redact(str(balance), self._account.secrets)

    def _question(self, asked: Call) -> Answer:
        """Ask what became of a call; sends nothing.

        Raises:
            LoaError: E634 it could not be asked now, or the other end is not who it should be.
        """
        if self._misled():
            raise LoaError("E634", detail=self._server)
        try:
            answer = call(self._session, asked.method, asked.url, **asked.parts)
        except (NotSent, InDoubt) as error:
            raise LoaError("E634", detail=str(error)) from None
        if self._stranger(answer, ""):
            raise LoaError("E634", detail=self._server)
        return answer


@lru_cache(maxsize=8)
def counted(text: str) -> SmsCount:
    """How a text travels. The same one goes to thousands of people, call after call."""
    return sms_count(text)


def _with_short_id(answer: BatchAnswer) -> BatchAnswer:
    """An id that is longer than any gateway's would fit into no index of the book."""
    match answer.ending:
        case Done(receipt) if len(receipt.platform_id) > LONGEST_ID:
            return replace(answer, ending=Done(replace(receipt, platform_id=receipt.platform_id[:LONGEST_ID])))
    return answer


def _hint(key: str) -> dict[str, str]:
    return {"key": key}
