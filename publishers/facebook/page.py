"""The horn of one Facebook Page. Photos are uploaded unpublished first, so that only one call is ever in doubt."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from loa.clock import Clock
from loa.delivery import (
    Account,
    Attachment,
    CannotTell,
    Done,
    Ending,
    Finding,
    LookUp,
    Message,
    Pending,
    Receipt,
    Refused,
    Unknown,
)
from publishers.common import (
    Halt,
    Horn,
    check_account,
    content_problem,
    halt,
    hosts_of,
    later,
    whole_text,
    with_effect,
    without_effect,
)
from publishers.facebook import CARD
from publishers.facebook.reading import Reading
from publishers.facebook.table import ending_of, error_of
from publishers.http import Answer, InDoubt, NotSent, Session, call, new_session

REEL_CHECK = timedelta(seconds=20)
OK = 200


class Page(Horn):
    """One Page of one unit. Uses the Page token only."""

    card = CARD

    def __init__(self, account: Account, clock: Clock, session: Session | None = None) -> None:
        check_account(account, CARD)
        self._account = account
        self._clock = clock
        self._session = session or new_session()
        self._hosts = hosts_of(account, CARD)
        self._page = account.settings["page_id"]
        self._token = account.secrets["page_token"]

    def preflight(self) -> list[Finding]:
        try:
            answer = self._graph("GET", self._page, params={"fields": "id,name"})
        except (NotSent, InDoubt) as error:
            return [Finding("stop", "E601", str(error))]
        if answer.status == OK and (answer.json() or {}).get("id") == self._page:
            return [Finding("ok", "E690", str((answer.json() or {}).get("name", "")))]
        found = error_of(answer, self._account.secrets)
        return [Finding("stop", "E605" if found else "E603", found.detail if found else f"HTTP {answer.status}")]

    def publish(self, message: Message) -> Ending:
        text = whole_text(message)
        if refusal := content_problem(CARD, message, text):
            return refusal
        try:
            if any(item.kind == "clip" for item in message.attachments):
                return self._reel(message.attachments[0], text, message.title)
            return self._post(message, text)
        except Halt as stopped:
            return stopped.ending

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:  # noqa: ARG002 - the receipt says it all
        """A Reel is public only when its publishing phase says so."""
        fields = "status,published,post_id,permalink_url"
        try:
            answer = self._graph("GET", receipt.platform_id, params={"fields": fields})
        except (NotSent, InDoubt):
            return Pending(receipt, self._clock.now() + REEL_CHECK)
        return self._reel_state(answer, receipt)

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:
        reading = Reading(self._graph, self._page, self._hosts["web_host"], self._clock)
        try:
            return reading.look_up(message, whole_text(message), sent_at, hint)
        except (NotSent, InDoubt) as error:
            return CannotTell(f"E631 {error}")

    def _post(self, message: Message, text: str) -> Ending:
        form = {"message": text}
        photos = [self._photo(item) for item in message.attachments]
        for number, photo in enumerate(photos):
            form[f"attached_media[{number}]"] = json.dumps({"media_fbid": photo})
        if message.link and not photos:
            form["link"] = message.link
        hint = {"photos": ",".join(photos)} if photos else {}
        answer = self._commit(f"{self._page}/feed", form, hint)
        post = (answer.json() or {}).get("id")
        if not isinstance(post, str) or not post:
            return Unknown("E603", "no id in the answer", hint)
        return Done(Receipt(post, f"{self._hosts['web_host']}/{post}", hint))

    def _photo(self, item: Attachment) -> str:
        """Upload one photo that nobody sees yet; Meta forgets it after a day if no post takes it."""
        form = {"published": "false", "alt_text_custom": item.alt_text}
        with item.path.open("rb") as picture:
            files = {"source": (f"{item.sha256}{item.path.suffix}", picture, item.media_type)}
            found = self._unseen("POST", f"{self._page}/photos", data=form, files=files)
        return str(found.get("id") or halt(later(self._clock, REEL_CHECK, "E603", "no photo id")))

    def _reel(self, clip: Attachment, text: str, title: str) -> Ending:
        path = f"{self._page}/video_reels"
        started = self._unseen("POST", path, data={"upload_phase": "start"})
        video = str(started.get("video_id") or halt(later(self._clock, REEL_CHECK, "E603", "no video id")))
        self._send_bytes(str(started.get("upload_url", "")), clip)
        form = {"upload_phase": "finish", "video_id": video, "video_state": "PUBLISHED", "description": text}
        hint = {"video": video}
        answer = self._commit(path, form | ({"title": title} if title else {}), hint)
        if (answer.json() or {}).get("success") is not True:
            return Unknown("E603", "no success in the answer", hint)
        return Pending(Receipt(video, details=hint), self._clock.now() + REEL_CHECK)

    def _send_bytes(self, upload_url: str, clip: Attachment) -> None:
        """The clip itself, only to the host that the settings name: the token travels with it."""
        if not upload_url.startswith(f"{self._hosts['rupload_host']}/"):
            halt(Refused("E622", upload_url.partition("?")[0]))
        headers = {
            "Authorization": f"OAuth {self._token}",
            "offset": "0",
            "file_size": str(clip.path.stat().st_size),
            "Content-Type": "application/octet-stream",
        }
        with clip.path.open("rb") as film:
            self._checked(lambda: call(self._session, "POST", upload_url, headers=headers, data=film))

    def _reel_state(self, answer: Answer, receipt: Receipt) -> Ending:
        found = answer.json() or {}
        status: dict[str, Any] = found.get("status") or {}
        publishing: dict[str, Any] = status.get("publishing_phase") or {}
        if publishing.get("publish_status") == "published" or found.get("published") is True:
            post = str(found.get("post_id") or receipt.platform_id)
            return Done(
                Receipt(receipt.platform_id, f"{self._hosts['web_host']}/reel/{receipt.platform_id}", {"post_id": post})
            )
        if status.get("video_status") in {"error", "expired", "upload_failed"}:
            return Refused("E609", str(status.get("video_status")), "content")
        return Pending(receipt, self._clock.now() + REEL_CHECK)

    def _graph(self, method: str, path: str, **parts: Any) -> Answer:
        url = f"{self._hosts['graph_host']}/{self._hosts['version']}/{path}"
        if proof := self._proof():
            place = "data" if method == "POST" else "params"
            parts[place] = {**parts.get(place, {}), "appsecret_proof": proof}
        return call(self._session, method, url, headers={"Authorization": f"Bearer {self._token}"}, **parts)

    def _proof(self) -> str:
        """Meta's proof that the caller holds the app's secret; only where the office has stored that secret."""
        secret = self._account.secrets.get("app_secret", "")
        return hmac.new(secret.encode(), self._token.encode(), hashlib.sha256).hexdigest() if secret else ""

    def _unseen(self, method: str, path: str, **parts: Any) -> dict[str, Any]:
        return self._checked(lambda: self._graph(method, path, **parts)).json() or {}

    def _checked(self, ask: Callable[[], Answer]) -> Answer:
        """A step that citizens cannot see: whatever is in doubt may simply be done again."""
        try:
            answer = ask()
        except (NotSent, InDoubt) as error:
            raise Halt(without_effect(self._clock, error)) from None
        if answer.status == OK and answer.json() is not None and "error" not in (answer.json() or {}):
            return answer
        ending = ending_of(answer, self._clock, self._account.secrets, {})
        if isinstance(ending, Unknown):
            ending = later(self._clock, REEL_CHECK, ending.code, ending.detail)
        raise Halt(ending)

    def _commit(self, path: str, form: Mapping[str, str], hint: Mapping[str, str]) -> Answer:
        """The one call that citizens will see."""
        try:
            answer = self._graph("POST", path, data=dict(form))
        except (NotSent, InDoubt) as error:
            raise Halt(with_effect(self._clock, error, hint)) from None
        if answer.status == OK and answer.json() is not None and "error" not in (answer.json() or {}):
            return answer
        raise Halt(ending_of(answer, self._clock, self._account.secrets, hint))
