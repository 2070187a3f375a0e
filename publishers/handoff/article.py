"""The article for a portal: one clean HTML page, to be pasted into the editor of any portal."""

from __future__ import annotations

from pathlib import Path

from publishers.common import whole_text
from publishers.handoff.blocks import blocks
from publishers.handoff.checklist import pages
from publishers.handoff.task import Task

ARTICLE = "bai-viet.html"


def write_article(task: Task, folder: Path) -> None:
    """Headings, paragraphs, lists, figures; no scripts, no classes, and links to http(s) addresses only."""
    message = task.message
    page = (
        pages()
        .get_template(ARTICLE)
        .render(
            title=message.title,
            summary=message.summary,
            blocks=blocks(whole_text(message)),
            pictures=task.of_kind("picture"),
            documents=task.of_kind("document"),
            issued=f"{task.deadline:%Y-%m-%dT%H:%M}",
            unit=message.labels.get("unit", task.account.name),
        )
    )
    (folder / ARTICLE).write_text(page, encoding="utf-8")
