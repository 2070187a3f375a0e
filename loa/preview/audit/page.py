"""The page of the audit log."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from loa.dispatch.deeds import deed_name
from loa.preview.audit.export import as_csv, rows_of
from loa.preview.frame import show
from loa.preview.room import room_of
from loa.preview.visits import visit_of
from loa.store.audit import Wanted, audit_choices, audit_page, verify_audit

AT_ONCE = 50
_FIELDS = ("person", "deed", "campaign", "since", "until")


def audit(request: Request) -> Response:
    """The newest deeds that the reader asked for; older ones on the next page."""
    visit, room = visit_of(request), room_of(request)
    asked = {name: request.query_params.get(name, "")[:200] for name in _FIELDS}
    before = request.query_params.get("before", "")
    start = int(before) if re.fullmatch(r"[0-9]{1,15}", before) else 0
    with room.desk.book.read() as connection:
        rows = audit_page(connection, _wanted(asked, room.zone), before=start, most=AT_ONCE + 1)
        people, deeds = audit_choices(connection)
        broken = next(verify_audit(connection), None)
    query = {name: value for name, value in asked.items() if value}
    views = room.shown(visit.lang).views
    return show(
        request,
        "audit/page.html",
        rows=rows[:AT_ONCE],
        older="?" + urlencode(query | {"before": rows[AT_ONCE - 1].id}) if len(rows) > AT_ONCE else "",
        newest=not start,
        query=urlencode(query),
        chosen=asked,
        people={name: words or name for name, words in people.items() if name},
        deeds=deeds,
        campaigns={view.campaign_id: view.campaign_title for view in views},
        by_key={view.key: view for view in views},
        broken=broken,
        deed_name=lambda deed: deed_name(deed, visit.lang),
    )


def export(request: Request) -> Response:
    """The rows that the reader asked for, as CSV."""
    visit, room = visit_of(request), room_of(request)
    asked = {name: request.query_params.get(name, "")[:200] for name in _FIELDS}
    with room.desk.book.read() as connection:
        rows = list(rows_of(connection, _wanted(asked, room.zone)))
    name = f"nhat-ky-{room.desk.clock.now().astimezone(room.zone):%Y-%m-%d}.csv"
    return StreamingResponse(
        as_csv(iter(rows), room.zone, visit.lang),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _wanted(asked: dict[str, str], zone: tzinfo) -> Wanted:
    since, until = _day(asked["since"], zone), _day(asked["until"], zone)
    return Wanted(
        asked["person"], asked["deed"], asked["campaign"], since, until + timedelta(days=1) if until else None
    )


def _day(written: str, zone: tzinfo) -> datetime | None:
    """The beginning of a day; nothing for what is no day."""
    try:
        return datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=zone)
    except ValueError:
        return None


ROUTES = (
    Route("/audit", audit, methods=["GET"]),
    Route("/audit.csv", export, methods=["GET"]),
)
