"""The page of today."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from loa.preview.frame import Page, show


def today(request: Request) -> Response:
    """The whole page."""
    return show(request, "today/page.html")


PAGE = Page("/today", "Hôm nay", "Today", "today", (Route("/today", today, methods=["GET"]),))
