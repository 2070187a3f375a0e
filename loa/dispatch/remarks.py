"""Remarks of reviewers: on a spot of a picture or on the text, bound to the bytes that they were made on."""

from __future__ import annotations

from dataclasses import dataclass

from loa.dispatch.audit import Who, note_deed
from loa.dispatch.desk import Desk
from loa.dispatch.looking import Seen
from loa.dispatch.package import seen as content_of
from loa.dispatch.reviewing import what_changed
from loa.errors import ApprovalError, LoaError
from loa.store.remarks import WHOLE, Remark, add_remark, settle_remark
from loa.store.screen import deliveries_of

LONGEST = 1_000
"""Characters of one remark."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a remark stands: on an asset, in ten-thousandths of its width and height; without one, on the text."""

    asset_sha256: str = ""
    x: int = 0
    y: int = 0


def remark(desk: Desk, on: Seen, spot: Spot, words: str, who: Who) -> Remark:
    """Note what a person says of a spot.

    Raises:
        ApprovalError: E816 the content is another by now; E806 nobody has signed in.
        LoaError: E822 no words, or too many; E823 the delivery or the picture is not there.
    """
    by, said = who.person, words.strip()
    if by is None:
        raise ApprovalError("E806")
    if not said or len(said) > LONGEST:
        raise LoaError("E822", most=LONGEST)
    with desk.book.write() as connection:
        row = next(iter(deliveries_of(connection, [on.delivery_id], held=True)), None)
        if row is None or not row.content_hash:
            raise LoaError("E823")
        if row.content_hash != on.content_hash:
            raise ApprovalError("E816", id=row.id, item=row.labels["item"], parts=what_changed(connection, row, on))
        content = content_of(row.package)
        known = {each["sha256"] for each in (*content["assets"], *content.get("besides", ()))}
        if spot.asset_sha256 and spot.asset_sha256 not in known:
            raise LoaError("E823")
        x, y = (min(max(each, 0), WHOLE) if spot.asset_sha256 else 0 for each in (spot.x, spot.y))
        made = Remark(row.key, row.content_hash, spot.asset_sha256, x, y, by.id, by.name, said, desk.clock.now())
        add_remark(connection, made)
        note_deed(desk, who, "remark", row.key, row.content_hash, {"words": said}, connection=connection)
    return made


def settle(desk: Desk, number: int, who: Who) -> Remark:
    """Note that what a remark says is dealt with.

    Raises:
        ApprovalError: E806, nobody has signed in.
        LoaError: E823, no remark of this number is open.
    """
    by = who.person
    if by is None:
        raise ApprovalError("E806")
    with desk.book.write() as connection:
        settled = settle_remark(connection, number, by.name, desk.clock.now())
        if settled is None:
            raise LoaError("E823")
        told = {"words": settled.words}
        note_deed(desk, who, "settle", settled.delivery_key, settled.content_hash, told, connection=connection)
    return settled
