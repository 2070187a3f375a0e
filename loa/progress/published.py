"""What the book calls published, for counting: one answer, asked by every quota, task and table."""

from __future__ import annotations

from datetime import date, tzinfo

from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.views import DeliveryView


def published_on(view: DeliveryView, zone: tzinfo) -> date | None:
    """The day on which a delivery went out; None where nothing of it is out.

    - A post that was taken down is out no more: its link proves nothing to the upper level. One that was corrected
      counts once; the correction is no publication of its own.
    - What a person did by hand counts when it was reported with its link or photo, on the day of the proof.
    - A delivery to people counts once it has ended and a gateway took at least one message, on the day of its last.
    - Cancelled, refused, missed, held and doubtful deliveries do not count.
    """
    if view.state != State.DONE or view.action != "publish" or view.code == reasons.REMOVED:
        return None
    if view.recipients and view.counts and not view.counts.get(State.DONE):
        return None
    moment = max((each.at for each in view.receipts), default=view.due + view.late_by)
    return moment.astimezone(zone).date()
