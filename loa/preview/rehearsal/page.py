"""The page of rehearsals: watch the last one, begin another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from loa.errors import LoaError
from loa.preview.acts import Form, act
from loa.preview.door.rights import require
from loa.preview.frame import Page, show
from loa.preview.rehearsal.recorded import Recorded, last_recorded
from loa.preview.rehearsal.running import LONGEST_DAYS, Runner
from loa.preview.room import room_of
from loa.preview.small import channel_icon
from loa.preview.visits import visit_of


def rehearsal(request: Request) -> Response:
    """The page, at the last moment of the rehearsal where no other is asked for."""
    visit, room = visit_of(request), room_of(request)
    recorded = last_recorded(room, visit.lang)
    today = room.desk.clock.now().astimezone(room.zone).date()
    campaigns = {view.campaign_id: view.campaign_title for view in room.shown(visit.lang).views}
    return show(
        request,
        "rehearsal/page.html",
        recorded=recorded,
        first=today,
        last=today + timedelta(days=30),
        most=LONGEST_DAYS,
        campaigns=sorted(campaigns.items(), key=lambda each: each[1]),
        may_start="reviewer" in visit.rights,
        runner=_runner(request),
        **_moment(request, recorded),
    )


def at_moment(request: Request) -> Response:
    """What the screens show at the moment that was chosen."""
    recorded = last_recorded(room_of(request), visit_of(request).lang)
    return show(request, "rehearsal/moment.html", **_moment(request, recorded))


def progress(request: Request) -> Response:
    """How far the rehearsal is that runs now; the page renews itself when it has ended."""
    answer = show(request, "rehearsal/progress.html", runner=_runner(request))
    if not _runner(request).is_running and not _runner(request).has_failed:
        answer.headers["HX-Redirect"] = "/rehearsal"
    return answer


def _started(request: Request, form: Form) -> Response:
    visit, room = visit_of(request), room_of(request)
    require(visit, "reviewer")
    campaign = form.get("campaign")
    known = {view.campaign_id for view in room.shown(visit.lang).views}
    try:
        first, last = (date.fromisoformat(form.get(name)) for name in ("first", "last"))
    except ValueError as error:
        raise LoaError("E873", most=LONGEST_DAYS) from error
    if campaign and campaign not in known:
        raise LoaError("E804")
    workspace = room.desk.workspace
    _runner(request).start(workspace.root, workspace.var / "rehearsals", campaign, first, last)
    return show(request, "rehearsal/progress.html", runner=_runner(request))


def _runner(request: Request) -> Runner:
    state = request.app.state
    if not hasattr(state, "rehearsals"):
        state.rehearsals = Runner()
    runner: Runner = state.rehearsals
    return runner


def _moment(request: Request, recorded: Recorded | None) -> dict[str, Any]:
    """The chosen unit and moment; the first unit and the last moment where none was chosen."""
    asked = request.query_params
    codes = [code for code, _ in recorded.units] if recorded else []
    unit = asked.get("unit", "") if asked.get("unit", "") in codes else next(iter(codes), "")
    moments = recorded.moments(unit) if recorded else []
    wanted = asked.get("step", "")
    step = min(int(wanted), len(moments) - 1) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else -1  # noqa: PLR2004 - more digits than any rehearsal has moments
    seen = recorded.seen(unit, moments[step]) if recorded and moments else None
    return {
        "unit": unit,
        "moments": moments,
        "step": step % len(moments) if moments else 0,
        "seen": seen,
        "icon": channel_icon,
    }


PAGE = Page(
    "/rehearsal",
    "Diễn tập",
    "Rehearsal",
    "rehearsal",
    (
        Route("/rehearsal", rehearsal, methods=["GET"]),
        Route("/rehearsal/at", at_moment, methods=["GET"]),
        Route("/rehearsal/progress", progress, methods=["GET"]),
        Route("/rehearsal/start", act(_started), methods=["POST"]),
    ),
)
