"""What follows when a post is out: its captions, and its link in a comment. Neither may lose the post itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from loa.delivery import AuthNeeded, Done, Ending, Message, Pending, Receipt, Refused
from publishers.approved import Altered, approved_captions
from publishers.facebook.graph import Graph, Unreadable, rows_of
from publishers.facebook.table import CAPTIONS_THERE, ending_of, succeeded
from publishers.facebook.words import link_for_comment, plain
from publishers.http import Answer, InDoubt, NotSent
from publishers.shapes import object_in

TRYING = timedelta(hours=2)
"""So long after the post, captions and comments are tried; what is missing then is for a person."""
WAIT = timedelta(seconds=60)
"""A comment in doubt may still be accepted for so long; only then is it looked for."""
MAX_CAPTIONS = 200 * 1024
UNTIL = "until"
COMMENT = "comment_id"


@dataclass(frozen=True, slots=True)
class Step:
    """How one extra stands: there, worth another try, or missing for good (``detail`` says why)."""

    again: bool = False
    detail: str = ""
    made: str = ""
    """The id of what this try has made."""


THERE = Step()


class Extras:
    """Adds to posts what could not go out with them."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def wanted(self, message: Message) -> bool:
        """Whether anything is left to do after the post is out."""
        return bool(self._steps(message))

    def expected(self, message: Message, receipt: Receipt) -> Receipt:
        """The receipt with the moment at which trying ends."""
        if not self.wanted(message) or UNTIL in receipt.details:
            return receipt
        until = (self._graph.clock.now() + TRYING).isoformat()
        return Receipt(receipt.platform_id, receipt.url, {**receipt.details, UNTIL: until})

    def add(self, message: Message, receipt: Receipt) -> Ending:
        """Do what is left. Pending while something is worth another try, then Done with what is missing."""
        steps = {name: work(message, receipt) for name, work in self._steps(message).items()}
        now = self._graph.clock.now()
        ends = datetime.fromisoformat(receipt.details.get(UNTIL, now.isoformat()))
        made = steps["comment"].made if "comment" in steps else ""
        known = {**receipt.details, **({COMMENT: made} if made else {})}
        if any(step.again for step in steps.values()) and now < ends:
            return Pending(Receipt(receipt.platform_id, receipt.url, known), now + WAIT)
        missing = {name: f"missing: {step.detail}" for name, step in steps.items() if step.detail}
        kept = {name: value for name, value in known.items() if name != UNTIL}
        return Done(Receipt(receipt.platform_id, receipt.url, kept | missing))

    def _steps(self, message: Message) -> Mapping[str, Callable[[Message, Receipt], Step]]:
        steps: dict[str, Callable[[Message, Receipt], Step]] = {}
        if any(item.captions for item in message.attachments):
            steps["captions"] = self._captions
        if link_for_comment(message):
            steps["comment"] = self._comment
        return steps

    def _captions(self, message: Message, receipt: Receipt) -> Step:
        """Upload the captions unless they are there. Citizens see no difference when that is done twice."""
        clip = next(item for item in message.attachments if item.captions)
        captions, locale = clip.captions or clip.path, self._graph.hosts["caption_locale"]
        try:
            data = approved_captions(clip)
        except OSError as error:
            return Step(detail=f"{captions.name}: {type(error).__name__}")
        except Altered as altered:
            return Step(detail=f"E624 {altered}")
        if len(data) > MAX_CAPTIONS:
            return Step(detail=f"{len(data)} > {MAX_CAPTIONS}")
        files = {"captions_file": (f"{captions.stem}.{locale}.srt", data, "application/x-subrip")}
        path, form = f"{receipt.platform_id}/captions", {"default_locale": locale}
        return self._try("success", lambda: self._graph.ask("POST", path, data=form, files=files))

    def _comment(self, message: Message, receipt: Receipt) -> Step:
        """One comment with the link: what is there already is read first, so that it never stands there twice."""
        if COMMENT in receipt.details:
            return THERE
        path = f"{receipt.details.get('post_id', receipt.platform_id)}/comments"
        link = link_for_comment(message)
        try:
            if self._stands(path, link):
                return THERE
        except Unreadable as problem:
            return Step(again=True, detail=str(problem))
        return self._try("id", lambda: self._graph.ask("POST", path, data={"message": link}))

    def _try(self, sign: str, ask: Callable[[], Answer]) -> Step:
        """One try; ``sign`` is what a yes has in it. Meta's trouble and limits pass, its no to the thing stays."""
        try:
            answer = ask()
        except (NotSent, InDoubt) as error:
            return Step(again=True, detail=str(error))
        if succeeded(answer) and (made := (answer.json() or {}).get(sign)):
            return Step(made=str(made))
        error_object = self._graph.error_of(answer)
        if error_object is not None and error_object.code == CAPTIONS_THERE:
            return THERE
        ending = ending_of(answer, self._graph.clock, self._graph.secrets, {})
        stays = isinstance(ending, Refused) or (isinstance(ending, AuthNeeded) and ending.code == "E606")
        return Step(again=not stays, detail=error_object.detail if error_object else f"HTTP {answer.status}")

    def _stands(self, path: str, link: str) -> bool:
        found = self._graph.read(path, fields="id,message,from", order="reverse_chronological", limit="100")
        return any(self._is_ours(entry) and plain(str(entry.get("message", ""))) == link for entry in rows_of(found))

    def _is_ours(self, entry: Mapping[str, Any]) -> bool:
        """Whose it is, Meta does not tell every token: better none than a second one."""
        return object_in(entry, "from").get("id") in {None, self._graph.page}
