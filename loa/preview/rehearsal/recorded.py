"""What the last rehearsal left behind: its deliveries, and when each of them moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from loa import store
from loa.delivery import State
from loa.dispatch import DeliveryView, overview
from loa.errors import StoreError
from loa.messages import Lang
from loa.preview.room import Room
from loa.store.events import moves

SCREENS = (("facebook",), ("zalo", "zalo-broadcast"), ("x",), ("sms", "zbs"))
"""What is seen on a phone, a phone for each."""
_TROUBLES = (State.HELD, State.UNKNOWN, State.HUMAN, State.MISSED, State.REFUSED, State.RETRY_LATER)
_KEPT_POSTS = 3


@dataclass(frozen=True, slots=True)
class Move:
    """A delivery stood in ``state`` from ``at`` on."""

    at: datetime
    view: DeliveryView
    state: State


@dataclass(frozen=True, slots=True)
class Screen:
    """One phone: what it shows, newest first, and how much there is in all."""

    channel: str
    posts: tuple[Move, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Moment:
    """What there is to see at one moment."""

    at: datetime
    just_now: tuple[Move, ...]
    screens: tuple[Screen, ...]
    tasks: tuple[Move, ...]
    troubles: tuple[Move, ...]


@dataclass(frozen=True)
class Recorded:
    """A rehearsal that has been played, in the order of its moves."""

    folder: Path
    views: tuple[DeliveryView, ...]
    moves: tuple[Move, ...]

    @property
    def units(self) -> list[tuple[str, str]]:
        """Codes and names of the units for which something moved."""
        return sorted(
            {move.view.unit_code: move.view.unit_name for move in self.moves}.items(), key=lambda each: each[1]
        )

    def moments(self, unit: str) -> list[datetime]:
        """When something happened for a unit."""
        return sorted({move.at for move in self.moves if move.view.unit_code == unit})

    def seen(self, unit: str, at: datetime) -> Moment:
        """What the citizens of a unit, and its staff, have before them."""
        mine = [move for move in self.moves if move.view.unit_code == unit and move.at <= at]
        stands = {move.view.id: move for move in mine}
        done = sorted((each for each in stands.values() if each.state == State.DONE), key=_newest)
        phones = {channel for each in SCREENS for channel in each}
        return Moment(
            at,
            tuple(each for each in mine if each.at == at),
            tuple(filter(None, (_screen(channels, done, self.views, unit) for channels in SCREENS))),
            tuple(each for each in done if each.view.channel not in phones),
            tuple(sorted((each for each in stands.values() if each.state in _TROUBLES), key=_newest)),
        )


def _newest(move: Move) -> tuple[float, int]:
    return -move.at.timestamp(), -move.view.id


def _screen(channels: Sequence[str], done: Sequence[Move], views: Sequence[DeliveryView], unit: str) -> Screen | None:
    """The phone of some channels; none where the unit never speaks there."""
    if not any(view.channel in channels and view.unit_code == unit for view in views):
        return None
    posts = [each for each in done if each.view.channel in channels]
    return Screen(channels[0], tuple(posts[:_KEPT_POSTS]), len(posts))


def last_recorded(room: Room, lang: Lang) -> Recorded | None:
    """The rehearsal that was played last to its end; None where there is none."""
    found = [each for each in (room.desk.workspace.var / "rehearsals").glob("*/citizens") if each.is_dir()]
    books = [each.parent / "book.sqlite" for each in found if (each.parent / "book.sqlite").is_file()]
    if not books:
        return None
    newest = max(books, key=lambda each: each.stat().st_mtime_ns)
    try:
        return _read(newest, newest.stat().st_mtime_ns, lang, room)
    except StoreError:  # of another version of the program, or damaged: it is only a rehearsal's
        return None


@lru_cache(maxsize=2)
def _read(place: Path, _changed: int, lang: Lang, room: Room) -> Recorded:
    book = store.open_book(place)
    try:
        views = tuple(
            view
            for view in overview(book, room.desk.workspace, lang=lang, cards=room.desk.cards)
            if room.shows(view.campaign_id)
        )
        by_id = {view.id: view for view in views}
        told = tuple(
            Move(each.at, by_id[each.delivery_id], State(each.after))
            for each in moves(book)
            if each.delivery_id in by_id and each.after not in (State.PLANNED, State.AWAITING, State.APPROVED)
        )
    finally:
        book.close()
    room.show_also({each.sha256: each for view in views for each in (*view.attachments, *view.besides)})
    return Recorded(place.parent, views, told)
