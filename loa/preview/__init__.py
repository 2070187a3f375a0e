"""The reviewers' page: every slot with picture, clip and text per channel."""

from loa.preview.app import application
from loa.preview.server import serve
from loa.preview.static import write_page

__all__ = ["application", "serve", "write_page"]
