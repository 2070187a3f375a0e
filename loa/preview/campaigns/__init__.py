"""Chiến dịch: how far each campaign has come, by phase, item, unit and channel."""

from loa.preview.campaigns import page
from loa.preview.frame import Page

PAGE = Page("/campaigns", "Chiến dịch", "Campaigns", "campaigns", page.ROUTES)

__all__ = ["PAGE"]
