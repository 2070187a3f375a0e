"""The horn of one X account. Media first, then exactly one call that citizens see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from loa.clock import Clock
from loa.delivery import (
    Absent,
    Account,
    CannotTell,
    Done,
    Ending,
    Finding,
    Found,
    LookUp,
    Memory,
    Message,
    PassingMemory,
    Receipt,
    Refused,
    Rest,
    RetryLater,
    Unknown,
)
from loa.text import x_valid
from publishers.common import (
    SOON,
    Halt,
    Horn,
    check_account,
    content_problem,
    hosts_of,
    later,
    not_absent,
    whole_text,
    with_effect,
    without_effect,
)
from publishers.http import Answer, InDoubt, NotSent, Session, new_session
from publishers.x import CARD
from publishers.x.client import Client
from publishers.x.media import Upload, Uploader, alt_problem
from publishers.x.price import PRICES, price_named, price_of_post
from publishers.x.reading import Reader, Unreadable, media_keys, plain, written
from publishers.x.table import (
    GOOD,
    Meter,
    data_of,
    detail_of,
    ending_of,
    is_missing,
    note_of,
    step_ending,
)

SKEW = timedelta(minutes=2)


class Timeline(Horn):
    """One account of one unit."""

    card = CARD

    def __init__(
        self,
        account: Account,
        clock: Clock,
        session: Session | None = None,
        memory: Memory | None = None,
    ) -> None:
        check_account(account, CARD)
        self._account = account
        self._clock = clock
        self._hosts = hosts_of(account, CARD)
        self._client = Client(account.secrets, self._hosts["api_host"], session or new_session())
        self._reader = Reader(self._client, account.settings["user_id"], self._hosts, account.secrets, clock)
        self._uploader = Uploader(self._unseen, clock, self._hosts, memory or PassingMemory())
        self._meter = Meter(clock)
        self._prices = {name: price_named(name, self._hosts) for name, _ in PRICES}

    def preflight(self) -> list[Finding]:
        """Who speaks with these four secrets. How much credit is left, X tells no program."""
        try:
            answer = self._client.ask("GET", "/2/users/me")
        except (NotSent, InDoubt) as error:
            return [Finding("stop", "E601", str(error))]
        data = data_of(answer)
        if answer.status not in GOOD or not data.get("id"):
            ending = step_ending(answer, self._clock, self._account.secrets)
            return [Finding("stop", getattr(ending, "code", "E603"), detail_of(answer, self._account.secrets))]
        name = f"@{data.get('username', '')} · {data.get('name', '')}"
        # Digits are X's ids; a rehearsal's tokens have none, and nothing can go to a wrong account there.
        if str(data["id"]).isdecimal() and str(data["id"]) != self._account.settings["user_id"]:
            return [Finding("stop", "E675", f"{name}, {data['id']}")]
        return [Finding("ok", "E690", name), Finding("ok", "E676", self._hosts["post_price"])]

    def publish(self, message: Message) -> Ending:
        if message.action == "remove":
            return self._remove(message.target)
        text = _text_of(message)
        if refusal := _problem(message, text):
            return refusal
        price = price_of_post(text, self._hosts)
        try:
            uploads = self._uploader.upload(message.attachments)
        except Halt as stopped:
            return stopped.ending
        ending = self._post(text, uploads, {"price_usd": str(price)})
        if not isinstance(ending, RetryLater):
            self._uploader.forget(message.attachments)
        return ending

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:  # noqa: ARG002 - nothing is ever pending here
        return Done(receipt)

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:
        """By media key where one is remembered, else by text; two equal ones are for a person."""
        keys = set(filter(None, hint.get("media_keys", "").split(",")))
        wanted = plain(_text_of(message))
        try:
            if message.action == "remove":
                return Absent() if self._reader.stands(message.target) else Found(self._receipt(message.target))
            rows = list(self._reader.newest(sent_at - SKEW))
        except Unreadable as error:
            return CannotTell(f"E631 {error}")
        same = [row for row in rows if (keys & media_keys(row) if keys else plain(written(row)) == wanted)]
        if len(same) > 1:
            return CannotTell("E632", final=True)
        return not_absent(Found(self._receipt(same[0]["id"])) if same else Absent(), hint)

    def rest(self) -> Rest | None:
        return self._meter.rest()

    def insights(self, receipt: Receipt) -> Mapping[str, int]:
        return self._reader.figures(receipt.platform_id)

    def _post(self, text: str, uploads: Sequence[Upload], details: dict[str, str]) -> Ending:
        """The one call that citizens will see."""
        body: dict[str, Any] = {"text": text}
        hint = {}
        if uploads:
            body["media"] = {"media_ids": [upload.id for upload in uploads]}
            hint = {"media_keys": ",".join(upload.key for upload in uploads)}
        try:
            answer = self._client.ask("POST", "/2/tweets", json=body)
        except (NotSent, InDoubt) as error:
            return with_effect(self._clock, error, hint)
        self._meter.read(answer)
        if answer.status not in GOOD:
            return ending_of(answer, self._clock, self._account.secrets, hint)
        post = data_of(answer).get("id")
        if not isinstance(post, str) or not post:
            return Unknown("E603", "no id in the answer", hint)
        details["note"] = note_of(answer, self._account.secrets)
        details["subtitles"] = "".join(upload.subtitles for upload in uploads)
        return Done(self._receipt(post, {name: note for name, note in details.items() if note}))

    def _remove(self, post: str) -> Ending:
        """Take a post down; one that is gone already is down too."""
        try:
            answer = self._client.ask("DELETE", f"/2/tweets/{post}")
        except (NotSent, InDoubt) as error:
            return with_effect(self._clock, error, {})
        if is_missing(answer):
            return Done(self._receipt(post))
        if answer.status in GOOD and data_of(answer).get("deleted") is True:
            return Done(self._receipt(post, {"price_usd": str(self._prices["delete_price"])}))
        ending = step_ending(answer, self._clock, self._account.secrets)
        return ending or Unknown("E603", detail_of(answer, self._account.secrets))

    def _unseen(self, method: str, route: str, **parts: Any) -> Answer:
        """A step that citizens cannot see: whatever is in doubt may simply be done again."""
        try:
            answer = self._client.ask(method, route, **parts)
        except (NotSent, InDoubt) as error:
            raise Halt(without_effect(self._clock, error)) from None
        if answer.status in GOOD and (answer.json() is not None or not answer.body):
            return answer
        secrets = self._account.secrets
        ending = step_ending(answer, self._clock, secrets)
        raise Halt(ending or later(self._clock, SOON, "E603", detail_of(answer, secrets)))

    def _receipt(self, post: str, details: Mapping[str, str] | None = None) -> Receipt:
        return Receipt(post, f"{self._hosts['web_host']}/i/web/status/{post}", details or {})


def _text_of(message: Message) -> str:
    """The text as it is sent: X counts a Windows line end twice."""
    return whole_text(message).replace("\r\n", "\n")


def _problem(message: Message, text: str) -> Refused | None:
    """What X would refuse, said before anything leaves this machine."""
    if refusal := content_problem(CARD, message, text) or alt_problem(message.attachments):
        return refusal
    return Refused("E680", "", "content") if text and not x_valid(text) else None
