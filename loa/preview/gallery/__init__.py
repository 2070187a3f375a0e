"""Ấn phẩm: every picture, clip, print and sound of the campaigns, to be looked at and downloaded."""

from loa.preview.frame import Page
from loa.preview.gallery import page

PAGE = Page("/gallery", "Ấn phẩm", "Assets", "gallery", page.ROUTES)

__all__ = ["PAGE"]
