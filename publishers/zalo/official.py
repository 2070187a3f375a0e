"""The horn of one Official Account. Create gives a token; the article has an id only after it was verified.

A receipt tells how far an article is: ``token:…`` waits for Zalo, an id alone is an article. An article that was
made hidden waits for a named person (``waits_for`` in the receipt's details), whose yes the desk notes there
(``shown_by``); a person may as well show it on Zalo's own pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from loa.clock import Clock
from loa.delivery import (
    NO_EQUIPMENT,
    Absent,
    Account,
    AuthNeeded,
    CannotTell,
    Done,
    Ending,
    Equipment,
    Found,
    LookUp,
    Message,
    Pending,
    Receipt,
    Refused,
    RetryLater,
    Unknown,
)
from publishers.common import (
    Halt,
    content_problem,
    halt,
    later,
    whole_text,
    with_effect,
    without_effect,
)
from publishers.http import Answer, InDoubt, NotSent, Session
from publishers.media_hosts import HostRefused, open_shelf
from publishers.zalo.cards import CARD
from publishers.zalo.horn import OaHorn
from publishers.zalo.payload import Shown, article, hidden_first, option_problem, with_media_of
from publishers.zalo.reading import Reading, Unreadable, says
from publishers.zalo.table import NO_SUCH, PROCESSING, code_of, data_of
from publishers.zalo.video import Videos

CHECK = timedelta(seconds=3)
CHECK_LATER = timedelta(minutes=1)
CHECK_SHOWN = timedelta(minutes=10)
USUAL = timedelta(minutes=1)
"""Longer than Zalo takes for an article: asked after less often then."""
LONGEST = timedelta(hours=6)
"""An article that is not ready by then is a riddle for a person."""
SINCE = "since"
"""When Zalo took it, in a receipt's details."""
SKEW = timedelta(minutes=2)
WAITING = "token:"
"""Marks a receipt that holds the token of an article in processing instead of the article's id."""
WAITS_FOR_A_PERSON = {"waits_for": "person"}
SHOWN_BY = "shown_by"
MADE_HIDDEN = {"made": "hidden"}
"""Kept with the token: a setting that is changed before the article is verified does not change how it was made."""
WITHOUT_MEDIA = replace(CARD, needs_picture=False)


class OfficialAccount(OaHorn):
    """The articles of one OA of one unit."""

    card = CARD

    def __init__(
        self,
        account: Account,
        clock: Clock,
        session: Session | None = None,
        equipment: Equipment = NO_EQUIPMENT,
    ) -> None:
        super().__init__(account, clock, session, equipment)
        self._shelf = open_shelf(account, self._door.hosts, equipment.media_folder, clock, self._door.session)
        self._videos = Videos(self._door)
        self._reading = Reading(self._door)
        self._hides = self._door.is_on("hidden_first", account.settings.get("hidden_first", ""))

    def insights(self, receipt: Receipt) -> Mapping[str, int]:
        return self._reading.figures(receipt.platform_id)

    def publish(self, message: Message) -> Ending:
        if refusal := _problem(message):
            return refusal
        try:
            if message.action == "remove":
                return self._remove(message)
            return self._revise(message) if message.action == "revise" else self._create(message)
        except Halt as stopped:
            return stopped.ending

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:
        """Ask how far it is. Whatever keeps us from asking, the article is with Zalo: never anew."""
        try:
            if receipt.platform_id.startswith(WAITING):
                return self._verified(receipt)
            if message.action == "remove":
                return self._gone(receipt, CHECK_LATER)
            return self._shown(message, receipt)
        except (NotSent, InDoubt, Unreadable):
            return Pending(receipt, self._clock.now() + CHECK_LATER)
        except Halt as stopped:
            return self._asked_later(stopped.ending, receipt)

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:  # noqa: ARG002 - the signature of the contract
        """What the account shows now: ours has our title and our words; anything else is for a person to tell."""
        try:
            if message.action != "publish":
                return self._changed(message)
            titled = self._reading.same_title(message, sent_at - SKEW)
            same = [row for row in titled if self._reading.says(row, message)]
        except (NotSent, InDoubt, Unreadable) as error:
            return CannotTell(f"E631 {error}")
        except Halt as stopped:
            return CannotTell(f"E631 {getattr(stopped.ending, 'code', '')}")
        if len(same) == 1:
            return self._found(message, same[0])
        # Another article of this title may be ours with words that Zalo changed, or not ours at all.
        return CannotTell("E632", final=True) if titled else Absent()

    def _found(self, message: Message, row: Mapping[str, Any]) -> Found:
        receipt = self._receipt(str(row["id"]))
        hides = hidden_first(message, by_default=self._hides)
        if row.get("status") == "hide" or (hides and row.get("status") != "show"):
            return Found(replace(receipt, details=WAITS_FOR_A_PERSON), self._clock.now())
        return Found(receipt)

    def _changed(self, message: Message) -> LookUp:
        """Whether a correction or a removal has happened."""
        found = self._reading.article(message.target)
        if message.action == "remove":
            return Absent() if found else Found(self._receipt(message.target))
        if found is None:
            return CannotTell(f"E607 {message.target}", final=True)
        return Found(self._receipt(message.target)) if says(found, message) else Absent()

    def _create(self, message: Message) -> Ending:
        hides = hidden_first(message, by_default=self._hides)
        made = article(message, self._door.account.name, self._show(message), "hide" if hides else "show")
        return self._commit("/v2.0/article/create", made, MADE_HIDDEN if hides else {})

    def _revise(self, message: Message) -> Ending:
        made = self._revised(message)
        return self._commit("/v2.0/article/update", {"id": message.target, **made}, {})

    def _revised(self, message: Message) -> dict[str, Any]:
        """The whole article with other words; without pictures in the message it keeps those that it has."""
        author = self._door.account.name
        if message.attachments:
            return article(message, author, self._show(message), "show")
        try:
            old = self._reading.article(message.target)
        except (NotSent, InDoubt) as error:
            halt(without_effect(self._clock, error))
        except Unreadable as error:
            halt(later(self._clock, CHECK_LATER, "E603", str(error)))
        if old is None:
            halt(Refused("E607", message.target))
        return with_media_of(old, message, author, "show")

    def _remove(self, message: Message) -> Ending:
        try:
            answer = self._door.ask("POST", "/v2.0/article/remove", json={"id": message.target})
        except (NotSent, InDoubt) as error:
            return with_effect(self._clock, error, {})
        if code_of(answer) not in {0, NO_SUCH}:
            return self._door.ending(answer)
        try:
            return self._gone(self._receipt(message.target), CHECK, answer)
        except (NotSent, InDoubt, Unreadable):
            return Pending(self._receipt(message.target), self._clock.now() + CHECK_LATER)

    def _gone(self, receipt: Receipt, wait: timedelta, answer: Answer | None = None) -> Ending:
        """Done when Zalo no longer knows the article, whatever it answered to the removal."""
        if self._reading.article(receipt.platform_id) is None:
            return Done(receipt)
        if answer is not None and code_of(answer) != 0:
            return self._door.ending(answer)
        return Pending(receipt, self._clock.now() + wait)

    def _commit(self, path: str, made: Mapping[str, Any], details: Mapping[str, str]) -> Ending:
        """The one call that citizens will see."""
        try:
            answer = self._door.ask("POST", path, json=made)
        except (NotSent, InDoubt) as error:
            return with_effect(self._clock, error, {})
        if code_of(answer) != 0:
            return self._door.ending(answer)
        token = data_of(answer).get("token")
        if not isinstance(token, str) or not token:
            return Unknown("E603", "no token in the answer")
        now = self._clock.now()
        return Pending(Receipt(f"{WAITING}{token}", details={**details, SINCE: now.isoformat()}), now + CHECK)

    def _verified(self, receipt: Receipt) -> Ending:
        token = receipt.platform_id.removeprefix(WAITING)
        answer = self._door.ask("POST", "/v2.0/article/verify", json={"token": token})
        found = data_of(answer).get("id")
        if code_of(answer) == 0 and isinstance(found, str) and found:
            if not MADE_HIDDEN.items() <= receipt.details.items():
                return Done(self._receipt(found))
            waiting = replace(self._receipt(found), details=WAITS_FOR_A_PERSON)
            return Pending(waiting, self._clock.now() + CHECK_SHOWN)
        return self._not_ready(answer, receipt)

    def _not_ready(self, answer: Answer, receipt: Receipt) -> Ending:
        age = self._clock.now() - datetime.fromisoformat(receipt.details[SINCE])
        # -201 speaks of the token (too old, cut short), not of the article, which may well be out.
        if code_of(answer) == NO_SUCH or age > LONGEST:
            return Unknown("E603", self._door.words(answer))
        if code_of(answer) in {0, PROCESSING, None}:
            soon = age < USUAL and code_of(answer) is not None
            return Pending(receipt, self._clock.now() + (CHECK if soon else CHECK_LATER))
        return self._asked_later(self._door.ending(answer), receipt)

    def _shown(self, message: Message, receipt: Receipt) -> Ending:
        """A hidden article: shown already, to be shown now that a person has said yes, or still waiting."""
        found = self._reading.article(receipt.platform_id)
        if found is None:
            return Refused("E607", receipt.platform_id)
        if found.get("status") == "show":
            return Done(self._receipt(receipt.platform_id))
        if SHOWN_BY not in receipt.details:
            return Pending(receipt, self._clock.now() + CHECK_SHOWN)
        made = article(message, self._door.account.name, self._show(message), "show")
        # The same whole article again, only shown: sending it twice changes nothing.
        details = {SHOWN_BY: receipt.details[SHOWN_BY]}
        ending = self._commit("/v2.0/article/update", {"id": receipt.platform_id, **made}, details)
        if isinstance(ending, Unknown):
            return Pending(receipt, self._clock.now() + CHECK_LATER)
        return self._asked_later(ending, receipt)

    def _asked_later(self, ending: Ending, receipt: Receipt) -> Ending:
        """How a step of an article that Zalo already has ends: what only asks for time waits with its receipt.

        A dead login is told: until a person has acted there is no use in asking. What nobody understands is left to
        the desk, which does not ask for ever.
        """
        return Pending(receipt, self._clock.now() + CHECK_LATER) if isinstance(ending, RetryLater) else ending

    def _show(self, message: Message) -> list[Shown]:
        """Make pictures public, looking at them from outside, and clips ready, before Zalo is told of them."""
        try:
            return [
                Shown(item, video_id=self._videos.video_id(item))
                if item.kind == "clip"
                else Shown(item, url=self._shelf.show(item))
                for item in message.attachments
            ]
        except (NotSent, InDoubt) as error:
            halt(without_effect(self._clock, error))
        except HostRefused as error:
            if error.denied:
                halt(AuthNeeded("E663", str(error)))
            halt(later(self._clock, CHECK_LATER, "E617" if error.unseen else "E663", str(error)))

    def _receipt(self, found: str) -> Receipt:
        web = self._door.hosts["web_host"]
        return Receipt(found, f"{web}/{found}" if web else "")


def _problem(message: Message) -> Refused | None:
    """What Zalo would refuse. Pictures and a clip may go together: one is the cover, the other stands in the body."""
    if message.action == "remove":
        return None
    if message.action == "publish" and not message.attachments:
        return Refused("E616", "", "content")
    text = whole_text(message)
    kinds = dict.fromkeys(item.kind for item in message.attachments) or [""]
    for kind in kinds:
        part = replace(message, attachments=tuple(item for item in message.attachments if item.kind == kind))
        if refusal := content_problem(WITHOUT_MEDIA, part, text):
            return refusal
    return option_problem(message)
