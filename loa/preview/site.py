"""The review desk as one application: every page's routes, behind one door."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from loa.errors import LoaError, Problem
from loa.preview import (
    accounts,
    audit,
    calendar,
    campaigns,
    compare,
    faces,
    gallery,
    live_desk,
    media,
    rehearsal,
    review,
    today,
)
from loa.preview.acts import told
from loa.preview.door import Door, People
from loa.preview.frame import Page
from loa.preview.room import Room

PAGES: tuple[Page, ...] = (
    today.PAGE,
    calendar.PAGE,
    review.PAGE,
    campaigns.PAGE,
    gallery.PAGE,
    accounts.PAGE,
    audit.PAGE,
    rehearsal.PAGE,
)
"""In the order in which people go through them."""


def site(room: Room, door: Door, plans: live_desk.Planning, problems: tuple[Problem, ...]) -> Starlette:
    """The application over ``room``, into which ``door`` lets people; ``problems`` of the files as it opens."""
    parts = (media.ROUTES, faces.ROUTES, compare.ROUTES, live_desk.ROUTES)
    routes = [Route("/", _first, methods=["GET"]), *People(door).routes, *(route for part in parts for route in part)]
    feed = live_desk.Feed()
    feed.set_problems("plan", problems)
    app = Starlette(
        routes=[*routes, *(route for page in PAGES for route in page.routes)],
        middleware=[Middleware(door.guard)],
        exception_handlers={HTTPException: _missing, LoaError: _refused},
        lifespan=live_desk.running(room, feed, plans),
    )
    app.state.room, app.state.pages, app.state.feed = room, PAGES, feed
    return app


def _first(_: Request) -> Response:
    return RedirectResponse(PAGES[0].path, status_code=303)


async def _missing(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return told(request, LoaError("E804"), status)


async def _refused(request: Request, error: Exception) -> Response:
    return told(request, error if isinstance(error, LoaError) else LoaError("E804"))
