"""E846–E850: the desk's pages of today, assets, accounts and the audit log."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E847": Sentence(
        "Bỏ một việc đã giao thì phải ghi lý do.",
        "Giving up what was handed to a person needs a reason.",
        "Ghi lý do để người được giao hiểu vì sao không cần làm nữa.",
        "Write the reason, so that they understand why it need not be done.",
    ),
}
