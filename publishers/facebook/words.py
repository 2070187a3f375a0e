"""The words of a post, and whether its link stands in them or in a comment under it."""

from __future__ import annotations

from loa.delivery import Message
from loa.text import nfc
from publishers.common import whole_text

LINK_IN_COMMENT = "link_in_comment"
YES = ("có", "yes")


def link_for_comment(message: Message) -> str:
    """The link that goes into a comment; empty where it stands in the text, as it does unless told otherwise."""
    wanted = message.options.get(LINK_IN_COMMENT) in YES and message.link not in message.text
    return message.link if wanted else ""


def words_of(message: Message) -> str:
    """The text as citizens see it."""
    return nfc(message.text).rstrip() if link_for_comment(message) else whole_text(message)


def plain(text: str) -> str:
    """A text as it is compared: one form of letters, one form of line ends, no blanks at the end."""
    return nfc(text).replace("\r\n", "\n").rstrip()
