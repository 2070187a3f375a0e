"""The pages of all campaigns and of one."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from loa.campaign import Campaign, load_campaigns
from loa.errors import LoaError
from loa.preview.campaigns.progress import grouped, matrix, progress, stretches
from loa.preview.frame import show
from loa.preview.room import Room, room_of
from loa.preview.small import channel_icon, first_picture
from loa.preview.today.words import countdown
from loa.preview.visits import visit_of


def every(request: Request) -> Response:
    """All campaigns, the next to speak first."""
    room, lang = room_of(request), visit_of(request).lang
    now, known = room.desk.clock.now(), _written(room)
    found = grouped(room.shown(lang).views, lambda view: view.campaign_id)
    rows = [(name, views[0].campaign_title, progress(views, now)) for name, views in found.items()]
    rows.sort(key=lambda row: (row[2].coming is None, row[2].coming.due if row[2].coming else row[2].last))
    return show(request, "campaigns/every.html", rows=rows, known=known, **_helpers(request))


def one(request: Request) -> Response:
    """One campaign: its phases and items, and how far each unit is on each channel."""
    room, lang = room_of(request), visit_of(request).lang
    name, now = request.path_params["id"], room.desk.clock.now()
    views = [view for view in room.shown(lang).views if view.campaign_id == name]
    if not views:
        raise HTTPException(404)
    written = _written(room).get(name)
    channels, units = matrix(views, now)
    return show(
        request,
        "campaigns/one.html",
        id=name,
        title=views[0].campaign_title,
        written=written,
        whole=progress(views, now),
        stretches=stretches(views, written, now),
        channels=channels,
        units=units,
        **_helpers(request),
    )


def _written(room: Room) -> dict[str, Campaign]:
    """The campaigns as the files have them; none where the files have problems, which stand over the page."""
    try:
        return {each.campaign.id: each.campaign for each in load_campaigns(room.desk.workspace)}
    except LoaError:
        return {}


def _helpers(request: Request) -> dict[str, Any]:
    room, lang = room_of(request), visit_of(request).lang
    now = room.desk.clock.now()
    return {
        "now": now,
        "zone": room.zone,
        "icon": channel_icon,
        "picture": lambda views: next(filter(None, (first_picture(each) for each in views)), ""),
        "countdown": lambda due: countdown((due - now).total_seconds(), lang),
    }


ROUTES = (
    Route("/campaigns", every, methods=["GET"]),
    Route("/campaigns/{id:str}", one, methods=["GET"]),
)
