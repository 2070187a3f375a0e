"""What the carriers say no to, number by number."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import NamedTuple

from loa.sandbox.sms.air import is_cheap
from loa.sandbox.sms.carriers import Carrier
from loa.sandbox.sms.course import BLOCKED
from loa.sandbox.sms.order import Order, Reason
from loa.sandbox.sms.rules import Rules


class Carried(NamedTuple):
    """A text on its way to one carrier."""

    order: Order
    carrier: Carrier | None
    """None: it makes no difference which."""
    unicode: bool
    rules: Rules


def judge_text(order: Order, carrier: Carrier | None, rules: Rules) -> Reason | None:
    """Why a carrier takes nothing of this order; None: it takes it."""
    carried = Carried(order, carrier, order.unicode is not False and not is_cheap(order.text), rules)
    return next((reason for reason, is_so in _CHECKS if is_so(carried)), None)


def judge_number(number: str, rules: Rules) -> Reason | None:
    """Why a carrier delivers nothing to this number, whatever the text is."""
    return "number_blocked" if rules.magic and number.endswith(BLOCKED) else None


def _unregistered(each: Carried) -> bool:
    known = each.rules.senders.get(each.carrier or "")
    return known is not None and each.order.sender not in known


def _off_template(each: Carried) -> bool:
    templates = each.rules.templates
    return bool(templates) and not each.order.advertising and not any(_fits(each.order.text, one) for one in templates)


def _fits(text: str, template: str) -> bool:
    return fnmatchcase(text, re.sub(r"([\[\]?])", r"[\1]", template))


def _black(each: Carried) -> bool:
    text = each.order.text.casefold()
    return any(word.casefold() in text for word in each.rules.blacklist)


_CHECKS: tuple[tuple[Reason, Callable[[Carried], bool]], ...] = (
    ("sender_not_registered", _unregistered),
    ("template_mismatch", _off_template),
    ("content_blocked", _black),
    ("unicode_not_supported", lambda each: each.unicode and each.carrier in each.rules.no_unicode),
    (
        "forbidden_character",
        lambda each: any(c in each.order.text for c in each.rules.forbidden.get(each.carrier or "", "")),
    ),
)
