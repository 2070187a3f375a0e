"""The horn of one Facebook Page. What nobody sees goes first, so that only one call is ever in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from loa.clock import Clock
from loa.delivery import (
    Absent,
    Account,
    Done,
    Ending,
    Finding,
    Found,
    LookUp,
    Message,
    Pending,
    Receipt,
    Rest,
)
from publishers.common import Halt, Horn, check_account, content_problem, not_absent
from publishers.facebook import CARD
from publishers.facebook.changes import Changes
from publishers.facebook.clips import Clips
from publishers.facebook.extras import Extras
from publishers.facebook.graph import SOON, Graph
from publishers.facebook.insights import insights
from publishers.facebook.posts import Posts
from publishers.facebook.preflight import preflight
from publishers.facebook.reading import Reading
from publishers.facebook.words import words_of
from publishers.http import Session


class Page(Horn):
    """One Page of one unit. Uses the Page token only; our own scheduler fires every call, never Meta's."""

    card = CARD

    def __init__(self, account: Account, clock: Clock, session: Session | None = None) -> None:
        check_account(account, CARD)
        self._settings = account.settings
        self._clock = clock
        self._graph = Graph(account, clock, session)
        self._posts = Posts(self._graph)
        self._clips = Clips(self._graph)
        self._extras = Extras(self._graph)
        self._changes = Changes(self._graph)
        self._reading = Reading(self._graph, self._clips)

    def preflight(self) -> list[Finding]:
        return preflight(self._graph, self._settings)

    def publish(self, message: Message) -> Ending:
        try:
            if message.action == "remove":
                return self._changes.remove(message)
            text = words_of(message)
            if refusal := content_problem(CARD, message, text):
                return refusal
            if message.action == "revise":
                return self._changes.revise(message)
            return self._put_out(message, text)
        except Halt as stopped:
            return stopped.ending

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:
        """A clip is public only when Meta says so; captions and a comment come after. A removal is seen to its end."""
        if message.action != "publish":
            return self._changes.removed(message)
        if not _has_clip(message):
            return self._extras.add(message, receipt)
        state = self._clips.state(receipt)
        return self._extras.add(message, state) if isinstance(state, Receipt) else state

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:
        if message.action != "publish":
            return self._changes.look_up(message)
        found = not_absent(self._reading.look_up(message, sent_at, hint), hint)
        photos = [photo for photo in hint.get("photos", "").split(",") if photo]
        if isinstance(found, Absent):
            self._posts.shelf.give_back(photos)
        if not isinstance(found, Found):
            return found
        self._posts.shelf.forget(photos)
        left = self._clock.now() if self._extras.wanted(message) else None
        return replace(found, receipt=self._extras.expected(message, found.receipt), check_at=found.check_at or left)

    def rest(self) -> Rest | None:
        return self._graph.usage.rest()

    def insights(self, receipt: Receipt) -> Mapping[str, int]:
        return insights(self._graph, receipt)

    def _put_out(self, message: Message, text: str) -> Ending:
        if _has_clip(message):
            receipt = self._extras.expected(message, self._clips.publish(message, text))
            return Pending(receipt, self._clock.now() + SOON)
        receipt = self._extras.expected(message, self._posts.publish(message, text))
        # The comment is a step of its own: a mishap there must not put the post in doubt.
        return Pending(receipt, self._clock.now()) if self._extras.wanted(message) else Done(receipt)


def _has_clip(message: Message) -> bool:
    return any(item.kind == "clip" for item in message.attachments)
