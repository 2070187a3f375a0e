"""Tài khoản: how each account is, why one rests and until when, what goes out by it next, and how fast."""

from loa.preview.accounts import page
from loa.preview.frame import Page

PAGE = Page("/accounts", "Tài khoản", "Accounts", "accounts", page.ROUTES)

__all__ = ["PAGE"]
