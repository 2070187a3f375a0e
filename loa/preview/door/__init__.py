"""The door: whom a page lets in, by a link that is used once, and what it tells browsers to keep out."""

from loa.preview.door.entry import Door

__all__ = ["Door"]
