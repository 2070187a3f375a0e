"""A slot is dragged, or moved by the keyboard: the wish goes to the campaign's file, and the page tells what became."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from loa.dispatch.audit import note_deed
from loa.dispatch.rescheduling import Moved, Wish, reschedule
from loa.messages import Lang, moment, sentence
from loa.preview.acts import Form, act
from loa.preview.door.rights import require
from loa.preview.frame import show
from loa.preview.room import Room, room_of
from loa.preview.visits import Visit, visit_of
from loa.workspace import Role

MOVERS: tuple[Role, ...] = ("author", "reviewer", "admin")
_CHANGED = "calendar-changed"


def may_move(visit: Visit) -> bool:
    """Whether the person may write a new moment into a campaign."""
    return visit.person is not None and any(role in visit.rights for role in MOVERS)


@act
def move(request: Request, form: Form) -> Response:
    """Move one occurrence of an item, for all of its units and channels; with ``undoes`` back to where it stood."""
    visit, room = visit_of(request), room_of(request)
    if not may_move(visit):
        require(visit, MOVERS[0])
    moved = reschedule(room.desk, wish_of(form, room))
    slot = {name: form.get(name) for name in ("campaign", "item", "occurrence")}
    target = "/".join(slot.values())
    note_deed(room.desk, visit, "move", target, words=_words(moved, room))
    back = slot | {
        "to": f"{moved.before.astimezone(room.zone):%Y-%m-%dT%H:%M}",
        "digest": moved.digest,
        "undoes": str(moved.dropped),
    }
    answer = show(
        request,
        "calendar/moved.html",
        moved=moved,
        warnings=_warnings(moved, visit.lang),
        undone=form.get("undoes"),
        back=json.dumps(back),
    )
    answer.headers["HX-Trigger"] = _CHANGED
    return answer


def wish_of(form: Form, room: Room) -> Wish:
    """What the form asks for; its time is that of the office."""
    try:
        to = datetime.fromisoformat(form.get("to"))
        occurrence = date.fromisoformat(form.get("occurrence"))
    except ValueError as error:
        raise HTTPException(400) from error
    local = to.replace(tzinfo=None, second=0, microsecond=0).replace(tzinfo=room.zone)
    return Wish(form.get("campaign"), form.get("item"), occurrence, local, form.get("digest"))


def _words(moved: Moved, room: Room) -> dict[str, str]:
    told: dict[str, Any] = {
        "title": moved.title,
        "from": moment(moved.before, room.zone),
        "to": moment(moved.after, room.zone),
        "place": moved.place,
        "dropped": moved.dropped,
        "digest": moved.digest,
    }
    return {name: str(value) for name, value in told.items()}


def _warnings(moved: Moved, lang: Lang) -> list[str]:
    return [sentence(each.code, each.params, lang) for each in moved.warnings]
