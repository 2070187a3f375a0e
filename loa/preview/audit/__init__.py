"""Nhật ký: who did what, when, to which bytes and from where; whether the log is whole."""

from loa.preview.audit import page
from loa.preview.frame import Page

PAGE = Page("/audit", "Nhật ký", "Audit log", "audit", page.ROUTES)

__all__ = ["PAGE"]
