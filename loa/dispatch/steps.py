"""What a person will do for a delivery, before it is handed over: reviewers approve the task too."""

from __future__ import annotations

from loa.delivery import Instructing, Message
from loa.dispatch.desk import Desk
from loa.dispatch.package import attachments, seen
from loa.errors import LoaError
from loa.store import DeliveryRow
from loa.store.screen import deliveries_of


def steps_of(desk: Desk, delivery_id: int) -> tuple[str, ...]:
    """One line a step, in Vietnamese; nothing where a machine publishes, or where the account's settings lack."""
    with desk.book.read() as connection:
        rows = deliveries_of(connection, [delivery_id])
    if not rows or not desk.cards[rows[0].channel].by_hand:
        return ()
    try:
        horn = desk.examiner_of(rows[0].account_id)
    except LoaError:  # the accounts' own page tells what is missing
        return ()
    return horn.steps(_message(desk, rows[0])) if isinstance(horn, Instructing) else ()


def _message(desk: Desk, row: DeliveryRow) -> Message:
    content = seen(row.package)
    return Message(
        key="",
        text=content["text"],
        title=content["title"],
        summary=content["summary"],
        link=content["link"],
        attachments=attachments(content, desk.workspace),
        options=content["options"],
        action=content.get("action", "publish"),
        target=content.get("target", ""),
        due=row.due.astimezone(desk.workspace.zone),
        labels=row.labels,
    )
