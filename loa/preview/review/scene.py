"""What one look at the review page shows: where in the queue, which delivery or which pack, and what may be done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from starlette.exceptions import HTTPException
from starlette.requests import Request

from loa.dispatch import DeliveryView
from loa.dispatch.looking import Seen
from loa.dispatch.people import human_of
from loa.messages import Lang
from loa.preview.faces import face_of
from loa.preview.review.outliers import Ranked, ranked
from loa.preview.review.queue import Choice, Pack, Slot, Stop, around, awaits, chosen, has_approved, stops
from loa.preview.room import Room, Shown, room_of
from loa.preview.visits import Visit, visit_of
from loa.store.looked import looked_at
from loa.store.remarks import open_remarks


@dataclass(frozen=True)
class Place:
    """Where in the queue somebody stands: at a delivery, or at the contact sheet of its pack."""

    slot: Slot
    pack: Pack
    view: DeliveryView
    order: tuple[Ranked, ...]
    """The units of the pack, the unusual first."""
    sheet: bool
    before: Stop | None
    after: Stop | None


@dataclass(frozen=True)
class Scene:
    """One look at the page."""

    room: Room
    visit: Visit
    shown: Shown
    choice: Choice
    slots: Sequence[Slot]
    place: Place | None

    @property
    def grid(self) -> bool:
        return self.choice.mode == "grid"

    @cached_property
    def on_show(self) -> tuple[DeliveryView, ...]:
        """What the page shows whole: one delivery, the units of a pack, or every slot."""
        if self.grid:
            return tuple(view for slot in self.slots for view in slot.views)
        if self.place is None:
            return ()
        return self.place.pack.views if self.place.sheet else (self.place.view,)

    @cached_property
    def may_decide(self) -> bool:
        return "reviewer" in self.visit.rights

    @cached_property
    def together(self) -> tuple[DeliveryView, ...]:
        """What one press would approve: the pack of a sheet, the slot of a delivery, or all that the filter shows."""
        views = self.on_show if self.grid or (self.place and self.place.sheet) else self._slot
        return tuple(view for view in views if awaits(view, self.visit.person))

    @property
    def _slot(self) -> tuple[DeliveryView, ...]:
        return self.place.slot.views if self.place else ()

    @cached_property
    def opened(self) -> set[tuple[str, str]]:
        """What the person has opened, of everything that the filter shows."""
        if self.visit.person is None:
            return set()
        keys = [view.key for slot in self.slots for view in slot.views]
        with self.room.desk.book.read() as connection:
            return looked_at(connection, human_of(self.visit.person.id), keys)

    def is_opened(self, view: DeliveryView) -> bool:
        return (view.key, view.content_hash) in self.opened

    @cached_property
    def unopened(self) -> tuple[DeliveryView, ...]:
        """Of what would be approved together: what the person has not opened, in the order of the page."""
        order = [each.view.id for each in self.place.order] if self.place and not self.grid else []
        left = [view for view in self.together if not self.is_opened(view)]
        return tuple(sorted(left, key=lambda view: order.index(view.id) if view.id in order else len(order)))

    @cached_property
    def remarked(self) -> Mapping[str, int]:
        """How many remarks are open, by delivery key."""
        with self.room.desk.book.read() as connection:
            return open_remarks(connection)

    def shows_whole(self, view: DeliveryView) -> bool:
        """Whether a contact sheet shows everything of it that goes out: then it may be judged there.

        A picture at 320 pixels or more and the whole text do; what has several pictures, sound or paper, what is
        heard, read as an article or counted in parts is judged only enlarged.
        """
        card = self.room.desk.cards[view.channel]
        is_post = view.action == "publish" and not (view.message or view.terms or view.besides)
        is_article = card.needs_title or (card.max_summary and view.summary)
        pictures = [each for each in view.attachments if each.kind == "picture"]
        is_plain = is_post and not is_article and len(view.attachments) == len(pictures) <= 1
        return bool(view.content_hash) and is_plain

    def said_of(self, slot: Slot) -> int:
        """How many remarks are open in a slot."""
        return sum(self.remarked.get(view.key, 0) for view in slot.views)

    def has_opened(self, slot: Slot) -> bool:
        return all(self.is_opened(view) for view in slot.views)

    @cached_property
    def campaigns(self) -> Mapping[str, str]:
        """What may be filtered by: id and title."""
        return {view.campaign_id: view.campaign_title for view in self.shown.views}

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Code and name, by name."""
        found = {view.unit_code: view.unit_name for view in self.shown.views}
        return dict(sorted(found.items(), key=lambda each: each[1]))

    @cached_property
    def channels(self) -> Sequence[str]:
        """Every channel that there is."""
        return sorted({view.channel for view in self.shown.views})

    @property
    def mark(self) -> str:
        """Another one as soon as any of the bytes on show are others."""
        return mark_of(self.on_show)

    def approved_by_me(self, view: DeliveryView) -> bool:
        return self.visit.person is not None and has_approved(view, self.visit.person)

    def waits(self, view: DeliveryView) -> bool:
        return awaits(view, self.visit.person)


def scene_of(request: Request, at: int | None, choice: Choice | None = None) -> Scene:
    """The page as it is asked for now; ``at`` a delivery, or at the first halt of the queue."""
    visit, room = visit_of(request), room_of(request)
    shown, choice = room.shown(visit.lang), choice or Choice.asked(request.query_params)
    if at is not None and at not in shown.by_id:
        raise HTTPException(404)
    slots = chosen(shown.views, choice, visit.person, at)
    if choice.mode == "grid" and at is None:
        return Scene(room, visit, shown, choice, slots, None)
    way = stops(slots)
    if at is None and not way:
        return Scene(room, visit, shown, choice, slots, None)
    here = Stop(at, choice.sheet == "1") if at is not None else way[0]
    return Scene(room, visit, shown, choice, slots, _place(room, shown, slots, here, visit.lang))


def _place(room: Room, shown: Shown, slots: Sequence[Slot], here: Stop, lang: Lang) -> Place:
    view = shown.by_id[here.delivery_id]
    slot = next(slot for slot in slots if view in slot.views)
    pack = slot.pack_of(view)
    order = tuple(ranked(pack.views, room.desk.workspace.units, lambda one: face_of(one, room, lang).lints, lang))
    sheet = here.sheet and len(pack.views) > 1
    before, after = around(slots, pack, [each.view for each in order], view, sheet=sheet)
    return Place(slot, pack, view, order, sheet, before, after)


def mark_of(views: Iterable[DeliveryView]) -> str:
    """A short mark of just these bytes."""
    told = "\n".join(f"{view.id} {view.content_hash}" for view in views)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def token(view: DeliveryView) -> str:
    """What a form carries of a delivery: its number, the bytes that are shown, and how many decisions are told."""
    return f"{view.id}:{view.content_hash}:{len(view.approvals)}"


def seen_of(said: str) -> Seen:
    """What a form carried; a wrong one is a mistake of whoever wrote it."""
    number, content_hash, decisions = (*said.split(":"), "", "")[:3]
    if not number.isdecimal() or not decisions.isdecimal():
        raise HTTPException(400)
    return Seen(int(number), content_hash, int(decisions))
