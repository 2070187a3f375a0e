"""What is asked of a Page and its token before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from loa.delivery import Finding
from publishers.facebook.graph import Graph, Unreadable
from publishers.facebook.table import PARAMETER, PERMISSION, SLOW_DOWN, TOKEN, succeeded
from publishers.http import InDoubt, NotSent

NEAR = (1, 7, 14)
"""Days before an end at which it is told; the detail names the nearest."""
FEWEST_LIKES = 100
FOREVER = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp())


def preflight(graph: Graph, settings: Mapping[str, str]) -> list[Finding]:
    """Everything that can be known without sending: the Page, whose token it is, what it may do, and for how long."""
    try:
        answer = graph.ask("GET", graph.page, params={"fields": "id,name,fan_count"})
    except (NotSent, InDoubt) as error:
        return [Finding("stop", "E601", str(error))]
    found = answer.json() or {}
    error_object = graph.error_of(answer)
    if error_object is not None:
        return [Finding("stop", _sentence(error_object.code), error_object.detail)]
    if not succeeded(answer) or found.get("id") != graph.page:
        return [Finding("stop", "E603", f"HTTP {answer.status}")]
    return [*_owner(graph), *_token(graph, settings), *_likes(found), Finding("ok", "E690", str(found.get("name", "")))]


def _sentence(code: int) -> str:
    """Only a wrong parameter speaks against the Page's id; Meta's own trouble does not."""
    known = ((TOKEN, "E605"), (PERMISSION, "E606"), (PARAMETER, "E641"), (SLOW_DOWN, "E604"))
    return next((sentence for codes, sentence in known if code in codes), "E603")


def _owner(graph: Graph) -> Iterator[Finding]:
    """``/me`` of a Page token is the Page; of a person's it is the person, and such a token posts nothing."""
    try:
        me = graph.read("me", fields="id,name")
    except Unreadable as problem:
        yield Finding("warning", "E645", str(problem))
        return
    if me.get("id") != graph.page:
        yield Finding("stop", "E640", f"{me.get('name', '')} ({me.get('id', '')})")


def _token(graph: Graph, settings: Mapping[str, str]) -> Iterator[Finding]:
    """What Meta tells of the token itself; that it tells nothing is no reason to stop."""
    data = _debugged(graph, settings)
    if data is None:
        yield Finding("warning", "E645", "debug_token")
        return
    if data.get("is_valid") is False:
        yield Finding("stop", "E605", "debug_token")
        return
    scopes = data.get("scopes")
    granted = {str(name) for name in scopes} if isinstance(scopes, list) else set()
    for level, names in (("stop", "needed_permissions"), ("warning", "wanted_permissions")):
        if missing := [name for name in graph.hosts[names].split(",") if name and name not in granted]:
            yield Finding("stop" if level == "stop" else "warning", "E642", ", ".join(missing))
    yield from _ends(graph, data, "expires_at", "E643")
    yield from _ends(graph, data, "data_access_expires_at", "E644")


def _debugged(graph: Graph, settings: Mapping[str, str]) -> Mapping[str, Any] | None:
    """The token asked about itself, or by the app where the office has given that.

    No token stands in an address: the question goes as a POST that says it is a GET.
    """
    secret, app = graph.secrets.get("app_secret", ""), settings.get("app_id", "")
    bearer = f"{app}|{secret}" if app and secret else ""
    form = {"method": "get", "input_token": graph.secrets["page_token"]}
    try:
        answer = graph.ask("POST", "debug_token", bearer=bearer, data=form)
    except (NotSent, InDoubt):
        return None
    data = (answer.json() or {}).get("data")
    return data if succeeded(answer) and isinstance(data, dict) else None


def _ends(graph: Graph, data: Mapping[str, Any], name: str, code: str) -> Iterator[Finding]:
    """An end that is near; 0 or nothing means never."""
    seconds = data.get(name)
    if not isinstance(seconds, int) or not 0 < seconds <= FOREVER:
        return
    left = datetime.fromtimestamp(seconds, UTC) - graph.clock.now()
    for days in NEAR:
        if left <= timedelta(days=days):
            yield Finding("stop" if left <= timedelta(0) else "warning", code, str(max(left.days, 0)))
            return


def _likes(found: Mapping[str, Any]) -> Iterator[Finding]:
    likes = found.get("fan_count")
    if isinstance(likes, int) and likes < FEWEST_LIKES:
        yield Finding("warning", "E646", str(likes))
