"""Small facts that the templates of Duyệt tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loa.delivery import State
from loa.dispatch import AttachmentView, DeliveryView, Desk
from loa.dispatch.reviewing import Decided
from loa.store import Approval
from loa.store.remarks import Remark, remarks_of
from loa.store.versions import versions_of


def thumb(view: DeliveryView, width: int) -> str:
    """The address of a small picture of a delivery; empty where there is nothing to see."""
    found = (each for each in pictures(view) if (each.preview or each.path).is_file())
    return next((f"/thumb/{each.sha256}/{width}" for each in found), "")


def pictures(view: DeliveryView) -> tuple[AttachmentView, ...]:
    """What of a delivery can be marked on a spot: its pictures, and those that stand for clips and documents."""
    return tuple(each for each in (*view.attachments, *view.besides) if each.kind == "picture" or each.preview)


@dataclass(frozen=True, slots=True)
class Done:
    """What was just decided, for the message above the page."""

    decision: str
    seen: tuple[str, ...]
    """To take it back: the same bytes, with the decisions that there are now."""
    first: str
    count: int
    lacking: int
    """How many still need somebody's approval."""
    others: tuple[Approval, ...]

    @classmethod
    def of(cls, decision: str, done: Sequence[Decided]) -> Done:
        return cls(
            decision,
            tuple(f"{each.row.id}:{each.row.content_hash}:0" for each in done),
            f"{done[0].row.labels['item']} · {done[0].row.labels['unit']}",
            len(done),
            sum(each.state != State.APPROVED for each in done),
            tuple(one for each in done for one in each.others),
        )


@dataclass(frozen=True, slots=True)
class Numbered:
    """A remark with its number on these bytes; 0 for one on an earlier version."""

    number: int
    said: Remark


def remarks_told(desk: Desk, view: DeliveryView) -> list[Numbered]:
    """The remarks on a delivery: those on the bytes on show first, numbered as their pins are."""
    with desk.book.read() as connection:
        found = remarks_of(connection, view.key)
    mine = [each for each in found if each.content_hash == view.content_hash]
    earlier = [each for each in found if each.content_hash != view.content_hash]
    return [*(Numbered(number, each) for number, each in enumerate(mine, 1)), *(Numbered(0, each) for each in earlier)]


def versions_told(desk: Desk, view: DeliveryView) -> int:
    """How many earlier versions there are to compare with."""
    with desk.book.read() as connection:
        return len(versions_of(connection, view.key))
