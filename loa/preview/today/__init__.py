"""Hôm nay: what goes out next, what waits for whom, what went wrong, and the button that stops everything."""

from loa.preview.frame import Page
from loa.preview.today import deeds, page, photo

PAGE = Page("/today", "Hôm nay", "Today", "today", (*page.ROUTES, *deeds.ROUTES, *photo.ROUTES))

__all__ = ["PAGE"]
