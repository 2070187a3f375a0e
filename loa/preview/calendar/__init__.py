"""Lịch: month, week and list of all that goes out, with what the day is, and a hand that moves it."""

from loa.preview.calendar.page import PAGE

__all__ = ["PAGE"]
