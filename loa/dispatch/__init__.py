"""Plan, approve, beat, reconcile: the desk's side of every delivery."""

from loa.dispatch.approval import APPROVE, RETURN, Selection, decide
from loa.dispatch.beat import BeatResult, Service
from loa.dispatch.desk import Desk
from loa.dispatch.guard import release_moment
from loa.dispatch.overview import overview
from loa.dispatch.person import settle
from loa.dispatch.plan import PlanResult, plan, render_plan
from loa.dispatch.views import ApprovalView, AttachmentView, DeliveryView, ReceiptView

__all__ = [
    "APPROVE",
    "RETURN",
    "ApprovalView",
    "AttachmentView",
    "BeatResult",
    "DeliveryView",
    "Desk",
    "PlanResult",
    "ReceiptView",
    "Selection",
    "Service",
    "decide",
    "overview",
    "plan",
    "release_moment",
    "render_plan",
    "settle",
]
