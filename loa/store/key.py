"""One key for one book: what was sealed and marked with another can be neither opened nor compared."""

from __future__ import annotations

from loa.errors import StoreError
from loa.store.book import Book
from loa.store.control import note, read_note
from loa.store.vault import Vault

_NOTE = "vault"


def bind_key(book: Book, vault: Vault) -> None:
    """Write down with which key the numbers of a book are kept; the first one stays.

    With another key, who refused would be a stranger, and would get messages again.

    Raises:
        StoreError: E725, they are kept with another key.
    """
    own = vault.mark("the key of this book")
    known = read_note(book, _NOTE)
    if known and known != own:
        raise StoreError("E725")
    if not known:
        note(book, _NOTE, own)
