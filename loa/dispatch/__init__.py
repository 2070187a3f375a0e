"""Plan, approve, beat, reconcile: the desk's side of every delivery."""

from loa.dispatch.approval import APPROVE, RETURN, Selection, decide
from loa.dispatch.beat import BeatResult, Service
from loa.dispatch.desk import Desk
from loa.dispatch.guard import release_moment
from loa.dispatch.making import Finished, Wanted, render_plan, write_out
from loa.dispatch.overview import overview
from loa.dispatch.person import settle
from loa.dispatch.plan import PlanResult, plan
from loa.dispatch.views import ApprovalView, AttachmentView, DeliveryView, ReceiptView

__all__ = [
    "APPROVE",
    "RETURN",
    "ApprovalView",
    "AttachmentView",
    "BeatResult",
    "DeliveryView",
    "Desk",
    "Finished",
    "PlanResult",
    "ReceiptView",
    "Selection",
    "Service",
    "Wanted",
    "decide",
    "overview",
    "plan",
    "release_moment",
    "render_plan",
    "settle",
    "write_out",
]
