"""Duyệt: what waits for approval, one at a time or as a set; approve, return, remark, all about the bytes on show."""

from loa.preview.review.page import PAGE

__all__ = ["PAGE"]
