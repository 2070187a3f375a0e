"""The page "Diễn tập": a month as it passes, moment by moment, on the screens of citizens."""

from loa.preview.rehearsal.page import PAGE

__all__ = ["PAGE"]
