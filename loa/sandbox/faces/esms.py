"""An imitation of the eSMS gateway (API V4): HTTP is 200 for everything, the result stands in ``CodeResult``."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from loa.sandbox.faces.asking import json_object
from loa.sandbox.journal import Effect
from loa.sandbox.world import World
from loa.text import sms_count

NAME = "esms"
KEY_LIFE = timedelta(hours=24)
LONGEST_KEY = 50
MOBILE = re.compile(r"0[35789]\d{8}")
BRANDNAME = re.compile(r"[A-Za-z0-9._ -]{1,11}")
CARE = "2"
FIELDS = ("ApiKey", "SecretKey", "Phone", "Content", "Brandname", "SmsType", "IsUnicode", "Sandbox", "RequestId")


def result(code: str, words: str, **values: str) -> Response:
    """The gateway's only form of answer."""
    return JSONResponse({"CodeResult": code, "CountRegenerate": 0, "ErrorMessage": words, **values})


def token_expired() -> Response:
    """The fault ``token_expired``."""
    return result("101", "Authorize Failed")


def throttled() -> Response:
    """The fault ``429``."""
    return Response(status_code=429, headers={"retry-after": "60"})


class Esms:
    """One gateway with every carrier behind it."""

    name = NAME
    answers = {"429": throttled, "token_expired": token_expired}  # noqa: RUF012 - read only, one for all

    def __init__(self, world: World) -> None:
        self._world = world
        self._keys: dict[str, datetime] = {}

    def routes(self) -> list[Route]:
        path = f"/{NAME}/MainService.svc/json/SendMultipleMessage_V4_post_json/"
        return [Route(path, self._send, methods=["POST"])]

    def remember(self, effect: Effect) -> None:
        """A key stays known across a restart."""
        self._keys[effect.key] = effect.moment

    async def _send(self, request: Request) -> Response:
        found = await json_object(request)
        given = {name: found.get(name, "") for name in FIELDS}
        if not all(isinstance(value, str) for value in given.values()):
            return result("300", "every value must be a string")
        if refusal := self._refusal(given):
            return refusal
        return self._accept(given)

    def _refusal(self, given: dict[str, str]) -> Response | None:
        checks = (
            (self._admits(given), "101", "Authorize Failed"),
            (given["SmsType"] == CARE, "118", "SmsType not supported"),
            (bool(BRANDNAME.fullmatch(given["Brandname"])), "104", "Brandname not exist"),
            (bool(MOBILE.fullmatch(given["Phone"])), "108", "Phone number invalid"),
            (bool(given["Content"]) and len(given["RequestId"]) <= LONGEST_KEY, "300", "bad parameter"),
            (not self._repeated(given["RequestId"]), "124", "RequestId is existed"),
        )
        return next((result(code, words) for good, code, words in checks if not good), None)

    def _admits(self, given: dict[str, str]) -> bool:
        name = given["Brandname"]
        return self._world.admits(given["ApiKey"], name) and self._world.admits(given["SecretKey"], name)

    def _repeated(self, key: str) -> bool:
        seen = self._keys.get(key)
        return bool(key) and seen is not None and self._world.clock.now() - seen < KEY_LIFE

    def _accept(self, given: dict[str, str]) -> Response:
        sms_id = f"{self._world.number():08x}-10a0-4c17-9d10-5a4d10000000"
        if given["Sandbox"] == "1":
            return result("100", "", SMSID=sms_id)
        self._keys[given["RequestId"]] = self._world.clock.now()
        text = given["Content"] if given["IsUnicode"] == "1" else _narrow(given["Content"])
        self._world.journal.append(
            NAME,
            given["Brandname"],
            "sms",
            sms_id,
            key=given["RequestId"],
            text=text,
            recipient=f"+84{given['Phone'][1:]}",
            extra={"parts": sms_count(text).parts, "unicode": given["IsUnicode"] == "1"},
        )
        return result("100", "", SMSID=sms_id)


def _narrow(text: str) -> str:
    """What a handset shows when a text beyond GSM-7 is sent as GSM-7: a question mark for each lost letter."""
    return "".join(letter if sms_count(letter).encoding == "gsm7" else "?" for letter in text)
