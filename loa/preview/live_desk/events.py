"""The stream of events that every open page listens to."""

from __future__ import annotations

import json
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from loa.preview.live_desk.feed import Feed, State
from loa.preview.studio import told
from loa.preview.visits import visit_of


def feed_of(request: Request) -> Feed:
    """What pages of this desk are told by."""
    feed: Feed = request.app.state.feed
    return feed


def events(request: Request) -> Response:
    """The state at once, and each new one: counts of changes, and the problems of the files in the reader's words."""
    feed, lang = feed_of(request), visit_of(request).lang

    def write(state: State) -> str:
        words = asdict(state) | {"told": told(feed.problems, lang)}
        return f"data: {json.dumps(words, ensure_ascii=False)}\n\n"

    return StreamingResponse(feed.follow(write), media_type="text/event-stream")


ROUTES = (Route("/events", events, methods=["GET"]),)
