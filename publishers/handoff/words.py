"""The words to paste, as a text file that any editor opens."""

from __future__ import annotations

from pathlib import Path

from publishers.common import whole_text
from publishers.handoff.task import Task

WORDS = "noi-dung.txt"


def parts_of(task: Task) -> tuple[tuple[str, str], ...]:
    """(heading, words to paste) in the order of a form on the screen; empty parts are left out."""
    message, card = task.message, task.card
    text = whole_text(message)
    length = f" ({_counted(len(text))}/{_counted(card.max_length)} ký tự)"
    found = (
        ("Tiêu đề", message.title),
        ("Tóm tắt", message.summary if card.max_summary else ""),
        ("Nội dung" + length, text),
    )
    return tuple((heading, words) for heading, words in found if words)


def _counted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def write_words(task: Task, folder: Path) -> None:
    """Write the parts one under the other; the mark at the start and the line ends are for old Windows editors."""
    parts = [f"{heading.upper()}\n{'=' * len(heading)}\n{words}" for heading, words in parts_of(task)]
    (folder / WORDS).write_text("\n\n\n".join(parts) + "\n", encoding="utf-8-sig", newline="\r\n")
