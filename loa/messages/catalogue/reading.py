"""E1xx: reading the files of the staff."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E100": Sentence("Có {count} chỗ cần sửa.", "{count} problem(s) found."),
}
