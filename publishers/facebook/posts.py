"""Posts with words, a link or photos. Photos are uploaded unpublished first, so that only one call is in doubt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from loa.clock import Clock
from loa.delivery import Attachment, Message, Receipt, Refused, RetryLater, Unknown
from publishers.approved import approved_bytes
from publishers.common import Halt, halt, later
from publishers.facebook.graph import SOON, Graph, NoPreview
from publishers.facebook.table import id_of, post_id_of
from publishers.facebook.words import link_for_comment

PHOTO_LIFE = timedelta(hours=23)
"""Meta forgets an unpublished photo after about a day; an hour is left for the post."""


class PhotoShelf:
    """Photos that are uploaded and in no post yet: picture with its alt text → its id and the moment of its upload.

    It lasts as long as this process: the desk's book keeps the ids of a doubtful sending for reading back, and after
    a restart a picture is simply uploaded again, which nobody sees. A photo leaves the shelf when a post may have
    taken it, and returns when the reading says that none did.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._free: dict[str, tuple[str, datetime]] = {}
        self._lent: dict[str, tuple[str, datetime]] = {}

    def find(self, item: Attachment) -> str | None:
        """A photo of this picture that is free and young enough."""
        photo, made = self._free.get(_name(item), ("", self._clock.now()))
        return photo if photo and self._clock.now() - made < PHOTO_LIFE else None

    def put(self, item: Attachment, photo: str) -> None:
        """A photo that was uploaded just now."""
        self._free[_name(item)] = (photo, self._clock.now())

    def lend(self, photos: Sequence[str]) -> None:
        """A post may take these."""
        for name, (photo, made) in list(self._free.items()):
            if photo in photos:
                self._lent[photo] = (name, made)
                del self._free[name]

    def give_back(self, photos: Sequence[str]) -> None:
        """No post took these."""
        for photo in photos:
            if photo in self._lent:
                name, made = self._lent.pop(photo)
                self._free[name] = (photo, made)

    def forget(self, photos: Sequence[str]) -> None:
        """These are in a post, or no longer there."""
        for photo in photos:
            self._lent.pop(photo, None)


class Posts:
    """Puts posts out."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.shelf = PhotoShelf(graph.clock)
        self._without_preview: set[str] = set()
        """Keys of messages whose link Meta could not read: the next try leaves the preview out, the text keeps it."""

    def publish(self, message: Message, text: str) -> Receipt:
        """Put a post out. Gives its receipt.

        Raises:
            Halt: with the ending, when it is not certain that the post is out.
        """
        reused = any(self.shelf.find(item) for item in message.attachments)
        photos = self._photos(message.attachments)
        form = {"message": text, **self._preview(message)}
        for number, photo in enumerate(photos):
            form[f"attached_media[{number}]"] = json.dumps({"media_fbid": photo})
        hint = {"photos": ",".join(photos)} if photos else {}
        self.shelf.lend(photos)
        try:
            answer = self._graph.commit(f"{self._graph.page}/feed", form, hint)
        except NoPreview:
            self._without_preview.add(message.key)
            raise
        except Halt as stopped:
            self._settle(photos, stopped, reused=reused)
            raise
        post = post_id_of((answer.json() or {}).get("id"))
        if not post:
            halt(Unknown("E603", "no id in the answer", hint))
        self.shelf.forget(photos)
        self._without_preview.discard(message.key)
        return Receipt(post, self._graph.address(post), hint)

    def _preview(self, message: Message) -> dict[str, str]:
        """The link as a parameter, of which Meta makes a preview; photos take its place."""
        wanted = message.link and not message.attachments and not link_for_comment(message)
        return {"link": message.link} if wanted and message.key not in self._without_preview else {}

    def _settle(self, photos: Sequence[str], stopped: Halt, *, reused: bool) -> None:
        """What becomes of the photos of a post that is not out."""
        ending = stopped.ending
        if isinstance(ending, Unknown):
            return
        if reused and isinstance(ending, Refused) and ending.code == "E607":
            # It may be a kept photo that Meta has dropped early, and not the words: once more with new ones.
            self.shelf.forget(photos)
            halt(later(self._graph.clock, SOON, "E604", ending.detail))
        if isinstance(ending, RetryLater):
            self.shelf.give_back(photos)

    def _photos(self, attachments: Sequence[Attachment]) -> list[str]:
        """The ids of all pictures in order; the same picture twice in one post needs two photos."""
        photos: list[str] = []
        for item in attachments:
            known = self.shelf.find(item)
            if known is None or known in photos:
                known = self._upload(item)
                self.shelf.put(item, known)
            photos.append(known)
        return photos

    def _upload(self, item: Attachment) -> str:
        """Upload one photo that nobody sees yet."""
        form = {"published": "false", "alt_text_custom": item.alt_text}
        picture = approved_bytes(item, self._graph.clock)
        files = {"source": (f"{item.sha256}{item.path.suffix}", picture, item.media_type)}
        found = self._graph.unseen(f"{self._graph.page}/photos", data=form, files=files)
        return id_of(found.get("id")) or halt(later(self._graph.clock, SOON, "E603", "no photo id"))


def _name(item: Attachment) -> str:
    """The alt text belongs to the photo: another one needs another photo."""
    return f"{item.sha256} {item.alt_text}"
