"""Who is asking: the sandbox's tokens, the proof of the app's secret, and what a token tells of itself.

A token of the sandbox may say in its own words what it lacks, so that a rehearsal can show each case:
``sandbox-user…`` is a person's, ``sandbox-system…`` a system user's, every other one a Page's;
``…-minus-read_insights`` lacks that permission; ``…-until-2026-10-20`` expires on that day, ``…-data-until-…`` loses
its right to data; ``…-proof`` belongs to an app that demands the proof of its secret; ``…-small`` to a Page that is
granted few calls.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.responses import JSONResponse, Response

from loa.sandbox.faces.facebook_pages import Pages
from loa.sandbox.faces.graph import Refusal, whole_number
from loa.sandbox.faces.graph_call import Call

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
APP_ID = "4711"
APP_SECRET = "sandbox-app-secret"  # noqa: S105 - the sandbox's own app, known to everybody
PROOF_LIFE = timedelta(minutes=5)
PERMISSIONS = (
    "pages_show_list",
    "pages_read_engagement",
    "pages_manage_posts",
    "pages_manage_engagement",
    "pages_read_user_content",
    "pages_read_user_engagement",
    "publish_video",
    "read_insights",
)


class Tokens:
    """The answers about tokens."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._last: dict[str, str] = {}

    def admit(self, call: Call, page: str) -> None:
        """Let a call pass that may act for ``page``; a token of the sandbox without a mapping opens every Page."""
        self._known(call)
        self.admit_bytes(call, page)
        if expires(call.token, "") < self._pages.now():
            raise Refusal(190, "Error validating access token: Session has expired.", subcode=463, status=401)
        if call.method != "GET" and kind_of(call.token) != "PAGE":
            raise Refusal(200, "(#200) A Page access token is required.", status=403)
        self._last[call.token] = page

    def admit_bytes(self, call: Call, page: str) -> None:
        """Let bytes pass to the upload host, whose documents name a token in the header and no proof."""
        if not self._pages.world.admits(call.token, page):
            raise Refusal(190, "Invalid OAuth access token.", subcode=467, status=401)

    def who(self, token: str) -> str:
        """The Page behind a token: by the mapping, else the one that it last acted for."""
        owner = self._pages.world.owner(token)
        if self._pages.world.tokens is None:
            return self._last.get(token, owner or "")
        return owner or ""

    def me(self, call: Call) -> Response:
        """``GET /me``: the Page, or the person whose token it is."""
        self._known(call)
        if kind_of(call.token) != "PAGE":
            return JSONResponse({"id": "10150000000000001", "name": "Người quản trị"})
        page = self.who(call.token)
        return JSONResponse({"id": page, "name": self._pages.world.names.get(page, f"Trang {page}")})

    def accounts(self, call: Call) -> Response:
        """``GET /me/accounts``: the Pages of a person, each with its own token."""
        self._known(call)
        names = self._pages.world.names
        tasks = ["CREATE_CONTENT", "MANAGE", "MODERATE", "ANALYZE"]
        rows = [
            {"id": page, "name": name, "access_token": f"sandbox-{page}", "category": "Government", "tasks": tasks}
            for page, name in names.items()
        ]
        return JSONResponse({"data": rows, "paging": {}})

    def permissions(self, call: Call) -> Response:
        """``GET /me/permissions``: of a person only; a Page has no such edge."""
        self._known(call)
        if kind_of(call.token) == "PAGE":
            raise Refusal(100, "(#100) Tried accessing nonexisting field (permissions) on node type (Page)")
        return JSONResponse({"data": [{"permission": name, "status": "granted"} for name in scopes(call.token)]})

    def debug(self, call: Call) -> Response:
        """``GET /debug_token``: asked with the token itself, or with the app's own ``id|secret``."""
        asked = call.values.get("input_token", "")
        if call.token not in {asked, f"{APP_ID}|{APP_SECRET}"}:
            raise Refusal(190, "Invalid OAuth access token.", subcode=467, status=401)
        if not self._is_known(asked):
            return JSONResponse({"data": {"is_valid": False, "error": {"code": 190, "subcode": 467}, "scopes": []}})
        return JSONResponse({"data": self._told(asked)})

    def _told(self, token: str) -> dict[str, Any]:
        ends, data_ends = expires(token, ""), expires(token, "data-")
        return {
            "app_id": APP_ID,
            "type": kind_of(token),
            "is_valid": ends > self._pages.now(),
            "expires_at": _unix(ends),
            "data_access_expires_at": _unix(data_ends),
            "scopes": list(scopes(token)),
            "profile_id": self.who(token),
        }

    def _is_known(self, token: str) -> bool:
        return self._pages.world.owner(token) is not None

    def _known(self, call: Call) -> None:
        if not self._is_known(call.token):
            raise Refusal(190, "Invalid OAuth access token.", subcode=467, status=401)
        self._check_proof(call)

    def _check_proof(self, call: Call) -> None:
        """A proof that is given must be right; an app that demands one takes no call without it."""
        given, moment = call.values.get("appsecret_proof", ""), call.values.get("appsecret_time", "")
        if not given:
            if call.token.endswith("-proof"):
                raise Refusal(100, "API calls from the server require an appsecret_proof argument")
            return
        words = call.token
        if moment:
            age = self._pages.now() - datetime.fromtimestamp(whole_number(moment, "appsecret_time"), UTC)
            words = f"{call.token}|{moment}" if abs(age) <= PROOF_LIFE else ""
        right = hmac.new(APP_SECRET.encode(), words.encode(), hashlib.sha256).hexdigest()
        if not words or not hmac.compare_digest(right, given):
            raise Refusal(100, "Invalid appsecret_proof provided in the API argument")


def kind_of(token: str) -> str:
    """``PAGE``, ``USER`` or ``SYSTEM_USER``."""
    if token.startswith("sandbox-user"):
        return "USER"
    return "SYSTEM_USER" if token.startswith("sandbox-system") else "PAGE"


def scopes(token: str) -> tuple[str, ...]:
    """The permissions that a token carries."""
    missing = set(re.findall(r"-minus-([a-z_]+)", token))
    return tuple(name for name in PERMISSIONS if name not in missing)


def expires(token: str, what: str) -> datetime:
    """When a token ends (``what`` is empty) or its right to data (``data-``); far ahead where it never does."""
    before = "" if what else r"(?<!-data)"
    found = re.search(rf"{before}-{what}until-(\d{{4}}-\d\d-\d\d)", token)
    return datetime.fromisoformat(found[1]).replace(tzinfo=UTC) if found else NEVER


def _unix(moment: datetime) -> int:
    """UNIX seconds; 0 for never, as Meta writes it."""
    return 0 if moment == NEVER else int(moment.timestamp())
