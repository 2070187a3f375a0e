"""One post to its horn: at its turn, after a last look, and not after one before it that ended badly."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass

from loa import logs
from loa.delivery import AuthNeeded, Message, Refused, RetryLater, Unknown
from loa.dispatch import reasons
from loa.dispatch.answers import Answer
from loa.dispatch.desk import Desk
from loa.dispatch.package import attachments, seen
from loa.dispatch.posts.claim import Ready
from loa.dispatch.references import pointed_at
from loa.errors import LoaError, StoreError
from loa.store import DeliveryRow, SendingRow, fence

_TOO_LATE_SECONDS = 0.03
"""A turn in a bucket that other machines share is over so long after its moment: another takes it then."""

_MOST_SHARED = 32
"""No more posts of an account leave within one look."""


@dataclass(frozen=True, slots=True)
class NotGone:
    """The post was kept back before its first byte: certainly not sent, and ready to be claimed anew."""


Fate = Answer | NotGone


class Wire:
    """The way of claimed posts to their horns; used by many threads, each with the posts of other accounts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._mutex = threading.Lock()
        self._broken: set[str] = set()
        self._coming: dict[str, Ready] = {}
        self._since = desk.memory.seconds()

    def handed_over(self) -> None:
        """What is carried from now on was claimed just before: an older look knows nothing of it."""
        self._since = self._desk.memory.seconds()

    def is_broken(self, account_id: str) -> bool:
        """Whether an ending keeps back what was claimed of this account after it."""
        with self._mutex:
            return account_id in self._broken

    def mend(self, account_id: str) -> None:
        """All that was claimed of an account is written down: more of it may be claimed."""
        with self._mutex:
            self._broken.discard(account_id)

    def carry(self, ready: Ready) -> Fate:
        """Send one post at its turn, or say that it was kept back. Never raises."""
        account_id = ready.sending.account_id
        if self.is_broken(account_id) or not self._has_its_turn(ready) or not self._may_go(ready):
            return NotGone()
        answer = _published(self._desk, ready)
        if _stops_the_line(answer):
            with self._mutex:
                self._broken.add(account_id)
        return answer

    def _has_its_turn(self, ready: Ready) -> bool:
        """Wait for the turn of a post. In a bucket that others share, a turn that has passed is not taken later."""
        clock, pace = self._desk.clock, ready.pace
        is_strict = pace.is_shared and clock.pause(0)
        latest = ready.turn + _TOO_LATE_SECONDS if is_strict else float("inf")
        wait = self._desk.memory.gate.wait(pace.bucket, pace.distance, ready.turn, latest)
        if wait:
            clock.pause(wait)
        return wait is not None

    def _may_go(self, ready: Ready) -> bool:
        """Whether nothing came between the claim and the wire: a stop, a pause, a person, another scheduler."""
        memory, sending = self._desk.memory, ready.sending
        self._coming[sending.account_id] = ready
        try:
            sight = memory.sight(self._look, is_shared=self._desk.clock.pause(0))
            if not sight.holds(sending.id, sending.attempt + 1):
                sight = memory.sight_of(sending.id, self._look, self._since)
        except Exception as error:  # noqa: BLE001 - a book that cannot be read keeps everything back
            logs.trouble("look_failed", error)
            return False
        is_ours = sight.holds(sending.id, sending.attempt + 1)
        return is_ours and not sight.is_stopped and sending.account_id not in sight.paused

    def _look(self) -> fence.Sight:
        """At the posts that leave before the next look: in every lane the one at hand and those after it."""
        desk = self._desk
        ids = [
            id_ for each in list(self._coming.values()) for id_ in each.window[each.place : each.place + _MOST_SHARED]
        ]
        with desk.book.read() as connection:
            return fence.look(connection, desk.worker, desk.clock.now(), ids)


def _stops_the_line(answer: Answer) -> bool:
    """Whether an ending, or the platform's own meters, ask to leave what follows on the account for later."""
    match answer.ending:
        case RetryLater() | AuthNeeded() | Refused(scope="account"):
            return True
        case _:
            return answer.rest is not None


def _published(desk: Desk, ready: Ready) -> Answer:
    try:
        publisher = desk.publisher_of(ready.sending.account_id)
        message = message_of(desk, ready.delivery, ready.sending)
    except StoreError as error:
        return Answer(RetryLater(desk.clock.now(), error.code, ", ".join(map(str, error.params.values()))))
    except LoaError as error:
        return Answer(AuthNeeded(error.code, ", ".join(error.params.values())))
    except Exception as error:  # noqa: BLE001 - nothing has left: whatever it was may be over at the next try
        logs.trouble("post_not_made", error, account=ready.sending.account_id)
        return Answer(RetryLater(desk.clock.now(), reasons.NOT_MADE, type(error).__name__))
    try:
        return Answer(publisher.publish(message), publisher.rest())
    except Exception as error:  # noqa: BLE001 - the door of the wire: a bug in a horn may have sent something
        logs.trouble("horn_broke", error)
        return Answer(Unknown(reasons.HORN_BROKE, type(error).__name__))


def message_of(desk: Desk, row: DeliveryRow, each: SendingRow) -> Message:
    """The approved package as the message of one sending."""
    content = seen(row.package)
    return Message(
        key=hashlib.sha256(each.idem.encode()).hexdigest()[:32],
        text=content["text"],
        title=content["title"],
        summary=content["summary"],
        link=content["link"],
        attachments=attachments(content, desk.workspace),
        options=content["options"],
        action=content.get("action", "publish"),
        target=content.get("target", ""),
        references=_references(desk, row),
        due=row.due.astimezone(desk.workspace.zone),
        labels={**row.labels, **content.get("because", {})},
    )


def _references(desk: Desk, row: DeliveryRow) -> tuple[str, ...]:
    if not desk.cards[row.channel].refers_to:
        return ()
    with desk.book.read() as connection:
        return pointed_at(desk, connection, row).ids
