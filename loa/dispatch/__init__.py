"""Plan, approve, beat, reconcile: the desk's side of every delivery."""

from loa.dispatch.actions import correct, take_down
from loa.dispatch.again import retry
from loa.dispatch.approval import APPROVE, RETURN, Selection, decide
from loa.dispatch.beat import BeatResult, Service
from loa.dispatch.desk import Desk
from loa.dispatch.fetching import bring_shown
from loa.dispatch.health import examine, look_after
from loa.dispatch.making import (
    Failing,
    Finished,
    Maker,
    Wanted,
    has_renderers,
    render_plan,
    render_what_can_be,
    write_out,
)
from loa.dispatch.overview import Known, overview
from loa.dispatch.pace import release_moment, resume
from loa.dispatch.person import settle
from loa.dispatch.plan import Parts, PlanResult, plan, plan_some
from loa.dispatch.views import ApprovalView, AttachmentView, DeliveryView, ReceiptView

__all__ = [
    "APPROVE",
    "RETURN",
    "ApprovalView",
    "AttachmentView",
    "BeatResult",
    "DeliveryView",
    "Desk",
    "Failing",
    "Finished",
    "Known",
    "Maker",
    "Parts",
    "PlanResult",
    "ReceiptView",
    "Selection",
    "Service",
    "Wanted",
    "bring_shown",
    "correct",
    "decide",
    "examine",
    "has_renderers",
    "look_after",
    "overview",
    "plan",
    "plan_some",
    "release_moment",
    "render_plan",
    "render_what_can_be",
    "resume",
    "retry",
    "settle",
    "take_down",
    "write_out",
]
