"""What a gateway counts: money, calls in a span of time, keys, and what it sent a moment ago."""

from __future__ import annotations

import math
from collections import deque
from datetime import datetime, timedelta

from loa.sandbox.journal import Effect
from loa.sandbox.sms.order import Call, Order, Reason, Refusal, Stumble
from loa.sandbox.sms.rules import ENDLESS, Rules


class Counter:
    """The memory of all gateways; whoever calls holds the engine's lock."""

    def __init__(self) -> None:
        self.spent: dict[tuple[str, str], int] = {}
        """Face and account → whole VND."""
        self._keys: dict[tuple[str, str], tuple[datetime, Call | None]] = {}
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}
        self._stumbled: set[int] = set()
        self._recent: dict[int, float] = {}
        self._recent_in_order: deque[tuple[float, int]] = deque()

    def check(self, order: Order, rules: Rules, now: datetime, key_life: timedelta | None) -> None:
        """Whether the gateway takes this call at all.

        Raises:
            Refusal: it does not.
        """
        if reason := rules.refuse.get(order.face):
            raise Refusal(reason)  # type: ignore[arg-type]  # a scenario names it
        self._check_rate(order, rules, now.timestamp())
        if key_life is not None and order.key:
            kept_at, first = self._keys.get((order.face, order.key), (None, None))
            if kept_at is not None and now - kept_at < key_life:
                raise Refusal("duplicate_request", first=first)

    def stumble(self, order: Order) -> None:
        """Trip over a call, once.

        Raises:
            Stumble: it is the first time.
        """
        mark = hash((order.face, order.key or order.text, tuple(order.numbers)))
        if mark not in self._stumbled:
            self._stumbled.add(mark)
            raise Stumble

    def repeated(self, number: str, text: str, rules: Rules, now: datetime) -> Reason | None:
        """Whether the carrier sent the same text to the same number a moment ago."""
        if not rules.repeat_seconds:
            return None
        moment, mark = now.timestamp(), hash((number, text))
        while self._recent_in_order and self._recent_in_order[0][0] <= moment - rules.repeat_seconds:
            past, old = self._recent_in_order.popleft()
            if self._recent.get(old) == past:
                del self._recent[old]
        again = mark in self._recent
        self._recent[mark] = moment
        self._recent_in_order.append((moment, mark))
        return "duplicate_content" if again else None

    def charge(self, call: Call, taken: int) -> int:
        """Take the price of a call; gives it, in whole VND. The call's key is known from now on.

        Raises:
            Refusal: the balance is too small.
        """
        price = call.rules.price * len(call.parts) * taken
        where = (call.order.face, call.order.account)
        spent = self.spent.get(where, 0) + price
        if call.rules.balance != ENDLESS and spent > call.rules.balance:
            raise Refusal("balance")
        if taken:
            self.spent[where] = spent
            self._keys[call.order.face, call.order.key] = (call.at, call)
        return price

    def remember(self, effect: Effect) -> None:
        """The key of an effect of an earlier run."""
        self._keys[effect.platform, effect.key] = (effect.moment, None)

    def restore(self, call: Call) -> None:
        """A call of an earlier run: what it cost, and its key."""
        where = (call.order.face, call.order.account)
        taken = len(call.order.numbers) - len(call.skipped)
        self.spent[where] = self.spent.get(where, 0) + call.rules.price * len(call.parts) * taken
        self._keys[call.order.face, call.order.key] = (call.at, call)

    def _check_rate(self, order: Order, rules: Rules, now: float) -> None:
        limit = rules.requests.get(order.face)
        if limit is None:
            return
        most, seconds = limit
        where = (order.face, order.account)
        left, since = self._buckets.get(where, (most, now))
        left = min(most, left + (now - since) * most / seconds)
        if left < 1:
            self._buckets[where] = (left, now)
            raise Refusal("rate_limited", wait=math.ceil((1 - left) * seconds / most))
        self._buckets[where] = (left - 1, now)
