"""The calendar over HTTP: the page, its feed, the calendar file, the wall plan, and the move of a slot."""

from __future__ import annotations

import json
from datetime import date, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from loa.campaign.events import Appointment, appointments
from loa.dispatch.words import channel_name
from loa.preview.calendar.feed import Span, answer, entries_of, plans_of
from loa.preview.calendar.filters import GROUPS, Filter, filter_of
from loa.preview.calendar.moving import may_move, move
from loa.preview.calendar.wall import month_of, wall
from loa.preview.frame import Page, show, static_address
from loa.preview.room import room_of
from loa.preview.small import channel_icon
from loa.preview.visits import visit_of
from loa.timetable import Slot, titles_of, to_ics

_LONGEST = timedelta(days=400)
_FILE_BACK, _FILE_AHEAD = timedelta(days=31), timedelta(days=365)


def page(request: Request) -> Response:
    """The calendar; what it shows comes by ``slots``."""
    visit, room, plans = visit_of(request), room_of(request), plans_of(request)
    hours = plans.workspace.settings.policies.quiet_hours
    channels = sorted({view.channel for view in room.shown(visit.lang).views})
    channels += sorted({name for item in plans.items.values() for name in item.send} - set(channels))
    config = {
        "lang": visit.lang,
        "today": room.desk.clock.now().astimezone(room.zone).date().isoformat(),
        "quiet": [f"{hours.start:%H:%M}", f"{hours.end:%H:%M}"],
        "icons": static_address("icons.svg"),
        "channels": {each: [channel_icon(each), channel_name(each, visit.lang)] for each in channels},
        "mayMove": may_move(visit),
    }
    return show(
        request,
        "calendar/page.html",
        config=json.dumps(config, ensure_ascii=False),
        chosen=filter_of(request.query_params),
        choices=_choices(request, channels),
        may_move=may_move(visit),
    )


def slots(request: Request) -> Response:
    """The entries and days from ``from`` to ``to`` (days, both shown), as JSON."""
    visit, room = visit_of(request), room_of(request)
    span, wanted = span_of(request), filter_of(request.query_params)
    found = answer(room, plans_of(request), span, wanted, visit.lang, may_move=may_move(visit))
    return Response(json.dumps(found, ensure_ascii=False, separators=(",", ":")), media_type="application/json")


def calendar_file(request: Request) -> Response:
    """What the filter shows, a month back and a year ahead, as a file for any calendar program."""
    room, plans, lang = room_of(request), plans_of(request), visit_of(request).lang
    today = room.desk.clock.now().astimezone(room.zone).date()
    span = Span(today - _FILE_BACK, today + _FILE_AHEAD)
    found = [
        Slot(
            due=entry.due,
            campaign_id=entry.campaign_id,
            item_id=entry.item_id,
            unit_code=unit,
            occurrence=entry.occurrence or entry.due.astimezone(room.zone).date(),
            expires=entry.due,
            days_left=0,
            meeting=entry.meeting,
        )
        for entry in entries_of(room, plans, span, filter_of(request.query_params), lang)
        for unit in entry.units
        if entry.occurrence or entry.meeting
    ]
    content = to_ics(found, plans.workspace, titles_of(plans.campaigns), _meetings(request, span))
    headers = {"content-disposition": 'attachment; filename="lich-phat.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def _meetings(request: Request, span: Span) -> list[Appointment]:
    """The meetings of a span of days; none where only some posts are asked for."""
    room, plans, wanted = room_of(request), plans_of(request), filter_of(request.query_params)
    return [
        each
        for each in appointments(one.campaign for one in plans.campaigns if room.shows(one.campaign.id))
        if wanted.allows(each.campaign.id, each.meeting.unit, "", "") and not wanted.state
        if span.first <= each.meeting.date <= span.last
    ]


def wall_plan(request: Request) -> Response:
    """A month on A4 across, for the wall."""
    room, plans, lang = room_of(request), plans_of(request), visit_of(request).lang
    first = month_of(request.query_params.get("month", ""), room.desk.clock.now().astimezone(room.zone).date())
    wanted = filter_of(request.query_params)
    found = wall(room, plans, first, wanted, lang)
    return show(
        request, "calendar/wall.html", wall=found, chosen=wanted, named=_named(request, wanted), icon=channel_icon
    )


def span_of(request: Request) -> Span:
    """The days that an address asks for."""
    try:
        first, last = (date.fromisoformat(request.query_params.get(name, "")) for name in ("from", "to"))
    except ValueError as error:
        raise HTTPException(400) from error
    if not timedelta(0) <= last - first <= _LONGEST:
        raise HTTPException(400)
    return Span(first, last)


def _choices(request: Request, channels: list[str]) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen, by field: value and name."""
    plans, lang = plans_of(request), visit_of(request).lang
    room = room_of(request)
    views = room.shown(lang).views
    campaigns = {view.campaign_id: view.campaign_title for view in views}
    campaigns |= {each.id: each.title for each in (one.campaign for one in plans.campaigns) if room.shows(each.id)}
    units = {unit.code: unit.name for unit in plans.workspace.units.units}
    named = {view.unit_code for view in views} | {plans.workspace.settings.body.unit}
    return {
        "campaign": sorted(campaigns.items(), key=lambda each: each[1]),
        "unit": [each for each in units.items() if each[0] in named],
        "audience": list(plans.audiences.items()),
        "channel": [(each, channel_name(each, lang)) for each in channels],
        "state": [(name, words[lang == "en"]) for name, words in GROUPS.items()],
    }


def _named(request: Request, wanted: Filter) -> list[str]:
    """What is chosen, as people call it."""
    choices = _choices(request, [wanted.channel] if wanted.channel else [])
    return [name for field, known in choices.items() for value, name in known if value == getattr(wanted, field)]


PAGE = Page(
    "/calendar",
    "Lịch",
    "Calendar",
    "calendar",
    (
        Route("/calendar", page, methods=["GET"]),
        Route("/calendar/slots", slots, methods=["GET"]),
        Route("/calendar/lich.ics", calendar_file, methods=["GET"]),
        Route("/calendar/wall", wall_plan, methods=["GET"]),
        Route("/calendar/move", move, methods=["POST"]),
    ),
)
