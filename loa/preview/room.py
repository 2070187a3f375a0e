"""What every page may use: the desk by the files as they are now, and what the book says, read once for many."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from starlette.requests import Request

from loa.dispatch import AttachmentView, DeliveryView, Desk, Known, overview
from loa.messages import Lang
from loa.preview.memory import give_back
from loa.store.screen import change_mark


@dataclass(frozen=True, slots=True)
class Shown:
    """The book at one moment, for people: its deliveries in the order in which they are due, and ways into them."""

    mark: tuple[int, ...]
    views: tuple[DeliveryView, ...]
    by_id: dict[int, DeliveryView]
    assets: dict[str, AttachmentView]
    """By SHA-256: no other file of the machine has an address."""


class Room:
    """One open review desk. Threads share it."""

    def __init__(self, desk: Desk, campaigns: Sequence[str] | None, host: str) -> None:
        self.host = host
        self._desk = desk
        self._campaigns = campaigns
        self._mutex = threading.Lock()
        self._shown: dict[Lang, Shown] = {}
        self._known: dict[Lang, Known] = {}
        self._besides: dict[str, AttachmentView] = {}

    @property
    def desk(self) -> Desk:
        """By the settings as they are now."""
        return self._desk

    @property
    def zone(self) -> tzinfo:
        """In which people read times."""
        return self._desk.workspace.zone

    def shows(self, campaign_id: str) -> bool:
        """Whether the desk was opened for this campaign."""
        return self._campaigns is None or campaign_id in self._campaigns

    def renew(self, desk: Desk) -> None:
        """The staff's files have changed: pages go by ``desk`` from now on."""
        with self._mutex:
            self._desk = desk
            self._shown.clear()
            self._known.clear()

    def shown(self, lang: Lang = "vi") -> Shown:
        """What the book says now; read anew only when it has changed."""
        with self._mutex:
            with self._desk.book.read() as connection:
                mark = change_mark(connection)
            known = self._shown.get(lang)
            if known is None or known.mark != mark:
                known = self._shown[lang] = self._read(mark, lang)
            return known

    def asset(self, sha256: str) -> AttachmentView | None:
        """The asset of this hash, where a delivery that is shown here lists it."""
        return self.shown().assets.get(sha256) or self._besides.get(sha256)

    def show_also(self, assets: dict[str, AttachmentView]) -> None:
        """Assets of another book that is looked at here (a rehearsal's), by SHA-256; those of the one before go."""
        self._besides = assets

    def _read(self, mark: tuple[int, ...], lang: Lang) -> Shown:
        desk = self._desk
        known = self._known.setdefault(lang, Known())
        views = overview(desk.book, desk.workspace, campaigns=self._campaigns, lang=lang, cards=desk.cards, known=known)
        assets = {each.sha256: each for view in views for each in (*view.attachments, *view.besides)}
        give_back()
        return Shown(mark, views, {view.id: view for view in views}, assets)


def room_of(request: Request) -> Room:
    """The review desk that a request came to."""
    room: Room = request.app.state.room
    return room
