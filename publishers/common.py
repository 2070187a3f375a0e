"""What the horns share: composing a text, the checks before a call, and the endings of a call that failed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NoReturn
from urllib.parse import urlsplit

from loa.clock import Clock
from loa.delivery import (
    Absent,
    Account,
    Attachment,
    Batch,
    BatchAnswer,
    CannotTell,
    ChannelCard,
    Ending,
    LookUp,
    Message,
    Receipt,
    Refused,
    Rest,
    RetryLater,
    Told,
    Unknown,
    WebhookCall,
)
from loa.errors import LoaError
from loa.text import nfc
from publishers.http import LOOPBACK, InDoubt, NotSent

SOON = timedelta(minutes=1)
REPEATED = "repeated"
"""In the hint of a doubtful sending: the platform spoke of a duplicate."""


class Halt(Exception):  # noqa: N818 - carries an ending out of a step, not an error
    """A step of a sending has decided how the whole sending ends."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending)
        self.ending = ending


class Horn:
    """What a horn does where its platform has nothing of the kind."""

    def rest(self) -> Rest | None:
        return None

    def insights(self, receipt: Receipt) -> Mapping[str, int]:  # noqa: ARG002 - the signature of the contract
        return {}


class OneEach(Horn):
    """A horn to people whose platform takes one number a call and has no receipts that we read."""

    def publish(self, message: Message) -> Ending:
        raise NotImplementedError

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:
        raise NotImplementedError

    def submit(self, batch: Batch) -> BatchAnswer:
        return BatchAnswer(self.publish(_single(batch)))

    def look_up_batch(self, batch: Batch, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:
        return self.look_up(_single(batch), sent_at, hint)

    def ask(self, receipt: Receipt, key: str, numbers: tuple[str, ...]) -> Told:  # noqa: ARG002 - the signature of the contract
        return Told()

    def read_webhook(self, call: WebhookCall) -> Told:  # noqa: ARG002 - the signature of the contract
        raise LoaError("E742")


def _single(batch: Batch) -> Message:
    [number] = batch.numbers
    return Message(batch.key, batch.text, recipient=number, options=batch.options)


def halt(ending: Ending) -> NoReturn:
    """End the sending here."""
    raise Halt(ending)


def check_account(account: Account, card: ChannelCard) -> None:
    """Refuse to build a horn for an account that lacks a setting or a secret; names only, never values.

    Raises:
        LoaError: E620 for a setting, E621 for a secret.
    """
    for code, wanted, given in (
        ("E620", card.account_settings, account.settings),
        ("E621", card.account_secrets, account.secrets),
    ):
        missing = [name for name in wanted if not given.get(name)]
        if missing:
            raise LoaError(code, account=account.id, name=", ".join(missing))


def hosts_of(account: Account, card: ChannelCard) -> dict[str, str]:
    """The card's defaults with the workspace's overrides; addresses without a trailing slash."""
    return {name: value.rstrip("/") for name, value in {**dict(card.host_settings), **account.hosts}.items()}


def number_in(hosts: Mapping[str, str], name: str, most: float) -> float:
    """A channel setting that is a number from 0 to ``most``.

    Raises:
        LoaError: E659 it is none.
    """
    try:
        found = float(hosts[name])
    except ValueError:
        found = -1
    if not 0 <= found <= most:
        raise LoaError("E659", detail=f"{name}: {hosts[name]}")
    return found


def address_in(hosts: Mapping[str, str], name: str) -> str:
    """A channel setting that is the address of a server: https, or this machine's own loopback.

    Raises:
        LoaError: E659 it is none. The value is not shown: a password may stand in it.
    """
    try:
        parts = urlsplit(hosts[name])
        host, _ = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        host = ""
    if host and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)):
        return hosts[name]
    raise LoaError("E659", detail=f"{name} (https://…)")


def whole_text(message: Message) -> str:
    """The text as citizens see it: the link stands on its own line when the text does not have it yet."""
    text = nfc(message.text)
    if not message.link or message.link in text:
        return text
    return f"{text.rstrip()}\n\n{message.link}"


def content_problem(card: ChannelCard, message: Message, text: str) -> Refused | None:
    """What the platform would refuse, said before anything leaves this machine."""
    if card.measure(text) > card.max_length:
        return Refused("E613", f"{card.measure(text)} > {card.max_length}", "content")
    if card.needs_title and not message.title:
        return Refused("E612", "title", "content")
    for words, longest in ((message.title, card.max_title), (message.summary, card.max_summary)):
        if longest and len(words) > longest:
            return Refused("E613", f"{len(words)} > {longest}", "content")
    if card.needs_picture and not any(item.kind == "picture" for item in message.attachments):
        return Refused("E616", "", "content")
    return _media_problem(card, message.attachments)


def _media_problem(card: ChannelCard, attachments: tuple[Attachment, ...]) -> Refused | None:
    kinds = dict.fromkeys(attachment.kind for attachment in attachments)
    if len(kinds) > 1 and not card.mixes_kinds:
        return Refused("E614", "picture + clip", "content")
    for kind in kinds:
        own = [item for item in attachments if item.kind == kind]
        if len(own) > card.most_of(kind):
            return Refused("E614", f"{len(own)} × {kind}", "content")
        for item in own:
            found = [fault for fault in card.faults(item.facts()) if not fault.untried]
            if found:
                told = ", ".join(f"{fault.found} ({fault.allowed})" for fault in found)
                return Refused("E615", f"{item.path.name}: {told}", "content")
    return None


def later(clock: Clock, wait: timedelta, code: str, detail: str = "", *, pause: bool = False) -> RetryLater:
    """Certainly not sent; try again after ``wait``."""
    return RetryLater(clock.now() + wait, code, detail, pause)


def repeated(detail: str, hint: Mapping[str, str]) -> Unknown:
    """The platform says that it has the same post already: ours from an earlier try, or another one."""
    return Unknown("E611", detail, {**hint, REPEATED: "yes"})


def not_absent(found: LookUp, hint: Mapping[str, str]) -> LookUp:
    """What a platform says to have, and does not show, is not absent: it would only be refused again and again."""
    return CannotTell("E611") if isinstance(found, Absent) and hint.get(REPEATED) else found


def without_effect(clock: Clock, error: NotSent | InDoubt) -> RetryLater:
    """A step that citizens cannot see (an upload, a question) failed: certain, so it may be tried again."""
    return later(clock, SOON, "E601" if isinstance(error, NotSent) else "E602", str(error))


def with_effect(clock: Clock, error: NotSent | InDoubt, hint: Mapping[str, str]) -> Ending:
    """The deciding call failed: certain only when the connection never stood."""
    if isinstance(error, NotSent):
        return later(clock, SOON, "E601", str(error))
    return Unknown("E602", str(error), hint)
