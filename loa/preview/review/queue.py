"""What waits for a decision, in order: slots (an item at its moment), in them packs (a channel), in them units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from urllib.parse import urlencode

from loa.delivery import State
from loa.dispatch import DeliveryView, reasons
from loa.dispatch.people import human_of
from loa.workspace import Reviewer

_OF_A_SLOT = 3
"""A key is campaign/item/day/unit/channel/account; corrections and takedowns carry a mark and stand alone."""
WINDOW = 60
"""So many slots does the queue show at once."""
MOST_AT_ONCE = 500
"""A set that is approved with one press is no larger."""
STATES = ("mine", "waiting", "returned", "changed", "approved", "all")
LOOKS = ("phone", "desktop", "notes")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for; anything unknown falls back to the first."""

    campaign: str = ""
    unit: str = ""
    channel: str = ""
    state: str = "mine"
    mode: str = ""
    look: str = "phone"
    sheet: str = ""
    page: str = ""

    @classmethod
    def asked(cls, params: Mapping[str, str]) -> Choice:
        found = cls(**{each.name: params[each.name] for each in fields(cls) if each.name in params})
        return replace(
            found,
            state=found.state if found.state in STATES else STATES[0],
            look=found.look if found.look in LOOKS else LOOKS[0],
        )

    def address(self, delivery_id: int | None = None, **changes: str) -> str:
        """Where this choice is shown, at a delivery or before all of them."""
        asked = replace(self, **changes)
        said = {each.name: getattr(asked, each.name) for each in fields(self)}
        plain = Choice()
        query = urlencode({name: value for name, value in said.items() if value != getattr(plain, name)})
        place = f"/review/{delivery_id}" if delivery_id else "/review"
        return f"{place}?{query}" if query else place

    @property
    def query(self) -> str:
        """The same, to be carried behind another address."""
        return self.address().partition("?")[2]


@dataclass(frozen=True, slots=True)
class Pack:
    """One channel of a slot: a delivery for each unit."""

    channel: str
    views: tuple[DeliveryView, ...]


@dataclass(frozen=True)
class Slot:
    """An item at its moment, with all of its channels and units."""

    key: str
    views: tuple[DeliveryView, ...]

    @property
    def first(self) -> DeliveryView:
        return self.views[0]

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        found: dict[str, list[DeliveryView]] = {}
        for view in self.views:
            found.setdefault(view.channel, []).append(view)
        return tuple(Pack(channel, tuple(views)) for channel, views in found.items())

    def pack_of(self, view: DeliveryView) -> Pack:
        return next(pack for pack in self.packs if pack.channel == view.channel)


def slot_key(view: DeliveryView) -> str:
    """Deliveries with the same one are approved together."""
    return view.key if "!" in view.key else "/".join(view.key.split("/")[:_OF_A_SLOT])


def awaits(view: DeliveryView, person: Reviewer | None) -> bool:
    """Whether a person's approval would bring a delivery further; who is not known is asked about all."""
    if view.state != State.AWAITING or not view.content_hash or view.code == reasons.RETURNED:
        return False
    return person is None or not has_approved(view, person)


def has_approved(view: DeliveryView, person: Reviewer) -> bool:
    """Whether this person's approval of these bytes stands."""
    return any(
        each.decision == "approve" and each.stands and human_of(each.reviewer_id) == human_of(person.id)
        for each in view.approvals
    )


_CHANGED = (reasons.CHANGED, reasons.CHANGED_NOT_RENDERED)
_BY_STATE: Mapping[str, Callable[[DeliveryView, Reviewer | None], bool]] = {
    "mine": awaits,
    "waiting": lambda view, _: view.state in (State.AWAITING, State.PLANNED),
    "returned": lambda view, _: view.code == reasons.RETURNED,
    "changed": lambda view, _: view.code in _CHANGED,
    "approved": lambda view, _: view.state == State.APPROVED,
    "all": lambda _view, _person: True,
}


def chosen(
    views: Iterable[DeliveryView], choice: Choice, person: Reviewer | None, beside: int | None = None
) -> list[Slot]:
    """The slots that a choice asks for, in order; the delivery ``beside`` is among them whatever is asked."""
    wanted = _BY_STATE[choice.state]
    found: dict[str, list[DeliveryView]] = {}
    for view in views:
        fits = (
            choice.campaign in ("", view.campaign_id)
            and choice.unit in ("", view.unit_code)
            and choice.channel in ("", view.channel)
            and wanted(view, person)
        )
        if fits or view.id == beside:
            found.setdefault(slot_key(view), []).append(view)
    return [Slot(key, tuple(sorted(each, key=lambda view: view.channel))) for key, each in found.items()]


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the way through the queue halts: a delivery, or the contact sheet of a pack that begins with it."""

    delivery_id: int
    sheet: bool

    def address(self, choice: Choice) -> str:
        return choice.address(self.delivery_id, sheet="1" if self.sheet else "")


def stops(slots: Sequence[Slot]) -> list[Stop]:
    """One halt a channel of each slot; several units halt at their contact sheet first."""
    return [Stop(pack.views[0].id, len(pack.views) > 1) for slot in slots for pack in slot.packs]


def around(
    slots: Sequence[Slot], pack: Pack, order: Sequence[DeliveryView], at: DeliveryView, *, sheet: bool
) -> tuple[Stop | None, Stop | None]:
    """The halts before and after: among the units of a pack in their ``order``, then among packs."""
    way = stops(slots)
    here = way.index(Stop(pack.views[0].id, len(pack.views) > 1))
    before = way[here - 1] if here else None
    after = way[here + 1] if here + 1 < len(way) else None
    if sheet or len(order) == 1:
        return before, after
    place = [view.id for view in order].index(at.id)
    inner_before = Stop(order[place - 1].id, sheet=False) if place else way[here]
    return inner_before, Stop(order[place + 1].id, sheet=False) if place + 1 < len(order) else after
