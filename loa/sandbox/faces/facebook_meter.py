"""How much a Page has been asked: usage headers that climb, and the no at a hundred percent."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from datetime import datetime, timedelta

from starlette.responses import Response

from loa.sandbox.faces.graph import graph_error

HOUR = timedelta(hours=1)
ALLOWANCE = 1000
"""Calls of one Page in an hour. Meta's own figure grows with the people who follow the Page."""
SMALL_ALLOWANCE = 20
FULL = 100


class Usage:
    """Calls of the last hour, Page by Page."""

    def __init__(self) -> None:
        self._calls: dict[str, deque[datetime]] = defaultdict(deque)

    def count(self, page: str, now: datetime) -> None:
        """One more call."""
        self._calls[page].append(now)

    def percent(self, page: str, token: str, now: datetime) -> int:
        """How much of the allowance is used up."""
        calls = self._calls[page]
        while calls and now - calls[0] >= HOUR:
            calls.popleft()
        return len(calls) * FULL // (SMALL_ALLOWANCE if token.endswith("-small") else ALLOWANCE)

    def refusal(self, page: str, token: str, now: datetime) -> Response | None:
        """80001 where nothing is left."""
        if self.percent(page, token, now) < FULL:
            return None
        return graph_error(80001, "There have been too many calls to this Page account.", transient=True)

    def mark(self, answer: Response, page: str, token: str, now: datetime) -> Response:
        """Put the headers on an answer."""
        percent = self.percent(page, token, now)
        minutes = -((now - (self._calls[page][0] + HOUR)) // timedelta(minutes=1)) if percent >= FULL else 0
        used = {"call_count": percent, "total_cputime": percent // 2, "total_time": percent // 3}
        business = {page: [{"type": "pages", **used, "estimated_time_to_regain_access": minutes}]}
        answer.headers["x-business-use-case-usage"] = json.dumps(business)
        answer.headers["x-page-usage"] = json.dumps(used)
        answer.headers["x-app-usage"] = json.dumps({"call_count": percent // 10, "total_time": 1, "total_cputime": 1})
        return answer
