"""What citizens answer: a refusal counts at once, for every list; whatever else they write is counted and not kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from loa import store
from loa.delivery import Inbound
from loa.dispatch.desk import Desk
from loa.store import fates, replies
from loa.store.inbox import KeptLetter
from loa.text import slug
from loa.workspace import Workspace

REPLY = "opt_out_reply"
"""The setting of an account that holds the words of the confirmation."""
Meaning = Literal["opt_out", "opt_in", "other"]
_REFUSES = re.compile(
    r"(tc|tu-choi|stop|unsubscribe)(-.*)?"
    r"|(huy|ngung|dung)(-(dk|dang-ky|qc|sms|tin|nhan|nhan-tin|tin-nhan))?"
    r"|dk-dnc(-s)?"
)
_WANTS = re.compile(r"mo|dk|dang-ky|start|huy-dnc(-s)?")
_LONGEST = 40
"""A refusal is short: a letter that begins with the same word is for people to read."""


def meaning_of(text: str) -> Meaning:
    """What a message of a citizen asks for. Marks, case, spaces and signs do not matter."""
    words = slug(text)
    if len(words) <= _LONGEST and _REFUSES.fullmatch(words):
        return "opt_out"
    return "opt_in" if _WANTS.fullmatch(words) else "other"


def reply_text(workspace: Workspace, account_id: str) -> str:
    """What the office has decided to answer to those who refuse; empty where nothing is answered."""
    accounts = workspace.settings.accounts
    return next((each.settings.get(REPLY, "").strip() for each in accounts if each.id == account_id), "")


def hear(
    desk: Desk,
    connection: store.Connection,
    letter: KeptLetter,
    messages: Sequence[Inbound],
    counts: Counter[tuple[str, str]],
) -> None:
    """Write refusals down. A wish to get messages again counts only when it is heard for the first time.

    A gateway that repeats an old wish must never undo the refusal that came after it.
    """
    for each in messages:
        meaning = meaning_of(each.text)
        mark = desk.vault.mark_bytes(each.number)
        if meaning == "opt_out" and fates.opt_out(connection, mark, letter.at, f"sms:{letter.account_id}"):
            counts["opt_out", letter.account_id] += 1
            if reply_text(desk.workspace, letter.account_id):
                replies.owe(connection, letter.account_id, mark, desk.vault.seal(each.number), desk.clock.now())
        elif meaning == "opt_in" and letter.is_first_reading and fates.opt_in(connection, mark):
            counts["opt_in", letter.account_id] += 1
        elif meaning == "other" and letter.is_first_reading:
            counts["other message", letter.account_id] += 1
