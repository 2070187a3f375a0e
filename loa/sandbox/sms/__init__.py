"""The imitation of SMS behind every gateway: one engine with carriers, handsets and receipts; a face for each gateway.

A face (``loa.sandbox.faces``) speaks one gateway's wire format. It reads a request, makes an ``Order`` of it, hands it
to ``Engine.accept``, and says in its gateway's own words what came of it. Later the engine asks the face to dress each
receipt (``SmsFace.receipt``) and each text from a citizen (``SmsFace.inbound``) as a web call.
"""

from loa.sandbox.sms.course import MAGIC_DIGITS
from loa.sandbox.sms.engine import Engine, messages_of
from loa.sandbox.sms.face import SmsFace
from loa.sandbox.sms.order import Accepted, Call, Inbound, Message, Order, Refusal, Told, WebCall
from loa.sandbox.sms.rules import LIFELIKE, Rules, rules_from

__all__ = [
    "LIFELIKE",
    "MAGIC_DIGITS",
    "Accepted",
    "Call",
    "Engine",
    "Inbound",
    "Message",
    "Order",
    "Refusal",
    "Rules",
    "SmsFace",
    "Told",
    "WebCall",
    "messages_of",
    "rules_from",
]
