"""Comparing versions: what became of what somebody had looked at, approved or returned."""

from loa.preview.compare.page import ROUTES

__all__ = ["ROUTES"]
