"""Hôm nay: what goes out next, what waits for whom, what went wrong, and the button that stops everything."""

from loa.preview.today.page import PAGE

__all__ = ["PAGE"]
