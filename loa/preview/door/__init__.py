"""The door: whom a page lets in, by a link that is used once, and who may do what behind it."""

from loa.preview.door.address import Address
from loa.preview.door.entry import Door
from loa.preview.door.lan import Opening, open_to_others
from loa.preview.door.people import People

__all__ = ["Address", "Door", "Opening", "People", "open_to_others"]
