"""An imitation of the eSMS gateway (API V4): HTTP is 200 for everything, the result stands in ``CodeResult``.

From the gateway's own pages (developers.esms.vn). The one on advertising names neither ``RequestId`` nor ``IsUnicode``:
this face takes both, and without ``IsUnicode`` every letter beyond the cheap alphabet is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from loa.sandbox.faces.asking import json_object
from loa.sandbox.sms import Call, Message, Order, Refusal, SmsFace, Told, WebCall, messages_of
from loa.sandbox.sms.carriers import Carrier
from loa.sandbox.sms.order import Reason, State
from loa.sandbox.sms.rules import ENDLESS

LONGEST_KEY = 50
FEWEST, MOST = 30, 5000
MOBILE = re.compile(r"0[35789]\d{8}")
BRANDNAME = re.compile(r"[A-Za-z0-9._ -]{1,11}")
ADVERTISING, CARE = "1", "2"
FIELDS = (
    "ApiKey",
    "SecretKey",
    "Phone",
    "Content",
    "Brandname",
    "SmsType",
    "IsUnicode",
    "Sandbox",
    "RequestId",
    "CallbackUrl",
)
ID_FORM = "{:08x}-10a0-4c17-9d10-5a4d10000000"
KEPT = timedelta(days=7)
"""How long the gateway answers questions about a message."""
SAID: Mapping[Reason, tuple[str, str]] = {
    "auth": ("101", "Authorize Failed"),
    "balance": ("103", "Balance not enough to send message"),
    "ip_not_allowed": ("140", "IP is not in whitelist"),
    "duplicate_request": ("124", "RequestId is existed"),
    "number_blocked": ("99", "Phone number is blocked"),
    "template_mismatch": ("146", "Template is not match"),
    "sender_not_registered": ("177", "Brandname is not registered with this network"),
}
TELCO: Mapping[Carrier, int] = {
    "viettel": 1,
    "mobifone": 2,
    "vinaphone": 3,
    "vietnamobile": 4,
    "gmobile": 5,
    "itel": 6,
    "wintel": 7,
}
AWAITING, WAITING, REJECTED, SENT = 1, 2, 4, 5
OVER = ("delivered", "failed", "expired", "rejected")


def result(code: str, words: str = "", **values: str) -> Response:
    """The gateway's only form of answer to a sending."""
    return JSONResponse({"CodeResult": code, "CountRegenerate": 0, "ErrorMessage": words, **values})


def token_expired() -> Response:
    """The fault ``token_expired``."""
    return result(*SAID["auth"])


def throttled() -> Response:
    """The fault ``429``."""
    return Response(status_code=429, headers={"retry-after": "60"})


class Esms(SmsFace):
    """One gateway with every carrier behind it."""

    name = "esms"
    answers: ClassVar = {"429": throttled, "token_expired": token_expired}
    key_life = timedelta(hours=24)
    retries = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8))
    reports = frozenset({"delivered", "failed", "expired", "rejected", "approval", "queued"})

    def routes(self) -> list[Route]:
        base = f"/{self.name}/MainService.svc/json"
        works = (
            ("SendMultipleMessage_V4_post_json", self._care, "POST"),
            ("SendMultipleSMSBrandname_json", self._advertise, "POST"),
            ("GetBalance_json", self._balance, "POST"),
            ("GetSendStatus", self._status, "GET"),
            ("GetSmsReceiverStatus_get", self._receivers, "GET"),
        )
        paths = [(f"{base}/{path}{end}", work, method) for path, work, method in works for end in ("/", "")]
        return [Route(path, self.guarded(work), methods=[method]) for path, work, method in paths]

    async def _care(self, request: Request) -> Response:
        """One number a call."""
        given = await json_object(request)
        problem = self._problem(given, CARE) or _care_problem(given)
        if problem:
            return result(*problem)
        return await self._send(given, [f"+84{given['Phone'][1:]}"], advertising=False)

    async def _advertise(self, request: Request) -> Response:
        """30 to 5,000 numbers a call."""
        given = await json_object(request)
        phones = given.get("Phones")
        if problem := self._problem(given, ADVERTISING) or _list_problem(phones):
            return result(*problem)
        numbers = list(dict.fromkeys(f"+84{phone[1:]}" for phone in phones or ()))
        return await self._send(given, numbers, advertising=True)

    async def _send(self, given: Mapping[str, Any], numbers: Sequence[str], *, advertising: bool) -> Response:
        if given.get("Sandbox") == "1":
            return result("100", SMSID=ID_FORM.format(self.world.number()))
        order = Order(
            face=self.name,
            account=self._account(given),
            sender=given["Brandname"],
            numbers=numbers,
            text=given["Content"],
            key=given.get("RequestId", ""),
            id_form=ID_FORM,
            unicode=given.get("IsUnicode") == "1",
            advertising=advertising,
            # a call with many numbers has no words for one of them
            tells=frozenset() if advertising else frozenset(SAID),
            callback=given.get("CallbackUrl", ""),
            whole=advertising,
        )
        try:
            accepted = self.engine.accept(order)
        except Refusal as refusal:
            return throttled() if refusal.reason == "rate_limited" else result(*SAID[refusal.reason])
        if not accepted.taken:
            return result(*next(SAID[reason] for reason in accepted.outcomes if reason is not None))
        return await self.finish(accepted, result("100", SMSID=accepted.call.id))

    def _problem(self, given: Mapping[str, Any], sms_type: str) -> tuple[str, str] | None:
        values = {name: given.get(name, "") for name in FIELDS}
        if not all(isinstance(value, str) for value in values.values()):
            return "300", "every value must be a string"
        checks = (
            (self._admits(values), "101", "Authorize Failed"),
            (values["SmsType"] == sms_type, "118", "SmsType not supported"),
            (bool(BRANDNAME.fullmatch(values["Brandname"])), "104", "Brandname not exist"),
            (bool(values["Content"]) and len(values["RequestId"]) <= LONGEST_KEY, "300", "bad parameter"),
        )
        return next(((code, words) for good, code, words in checks if not good), None)

    def _admits(self, given: Mapping[str, str]) -> bool:
        name = given["Brandname"]
        return self.world.admits(given["ApiKey"], name) and self.world.admits(given["SecretKey"], name)

    def _account(self, given: Mapping[str, Any]) -> str:
        """Who pays: the owner of the key."""
        return self.world.owner(str(given.get("ApiKey", ""))) or ""

    async def _balance(self, request: Request) -> Response:
        given = await json_object(request)
        account = self._account(given)
        if not account:
            return JSONResponse({"Balance": 0, "CodeResponse": "101", "ErrorMessage": "Authorize Failed"})
        balance = self.engine.rules.balance
        left = 10_000_000 if balance == ENDLESS else balance - self.engine.counter.spent.get((self.name, account), 0)
        return JSONResponse({"Balance": left, "CodeResponse": "100", "UserID": 9999})

    async def _status(self, request: Request) -> Response:
        """A message as a whole, for seven days."""
        call, code = self._asked(request)
        ref = request.query_params.get("RefId", "")
        if call is None:
            return JSONResponse({"CodeResponse": code, "SMSID": ref})
        totals = self.engine.totals(call)
        return JSONResponse({"CodeResponse": "100", "SMSID": ref, **_counts(call, totals)})

    async def _receivers(self, request: Request) -> Response:
        """Each number of a message, for seven days."""
        call, code = self._asked(request)
        if call is None:
            return JSONResponse({"CodeResult": code})
        rows = [self._receiver(message) for message in messages_of(call)]
        return JSONResponse({"CodeResult": "100", "ReceiverList": rows})

    def _receiver(self, message: Message) -> dict[str, object]:
        state = self.engine.state(message).state
        return {
            "IsSent": state in OVER,
            "NetworkName": self.engine.carrier(message.number).capitalize(),
            "Phone": f"0{message.number[3:]}",
            "Retry": 0,
            "SentResult": state == "delivered",
        }

    def _asked(self, request: Request) -> tuple[Call | None, str]:
        """The call of a question, else why there is no answer."""
        account = self._account(request.query_params)
        call = self.engine.call(request.query_params.get("RefId", ""))
        if not account or not self._account({"ApiKey": request.query_params.get("SecretKey", "")}):
            return None, "101"
        if call is None or call.order.account != account or self.engine.clock.now() - call.at > KEPT:
            return None, "105"
        return call, "100"

    def receipt(self, told: Told) -> WebCall:
        """A GET to the caller's address; advertising is told as a whole, without a number."""
        counts = _counts(told.call, told.totals or {told.state: 1})
        values = {
            "SMSID": told.call.id,
            **{name: counts[name] for name in ("SendFailed", "SendStatus", "SendSuccess")},
            "TotalPrice": f"{counts['TotalPrice']:.4f}",
            **{name: counts[name] for name in ("TotalReceiver", "TotalSent")},
            "RequestId": told.call.order.key,
            "TypeId": ADVERTISING if told.call.order.advertising else CARE,
        }
        if told.message is not None:
            number = told.message.number
            values |= {
                "telcoid": TELCO[self.engine.carrier(number)],
                "phonenumber": f"0{number[3:]}",
                "switchsmsid": "",
            }
        joint = "&" if "?" in told.call.order.callback else "?"
        return WebCall(f"{told.call.order.callback}{joint}{urlencode(values, quote_via=quote)}", method="GET")


def _counts(call: Call, totals: Mapping[State, int]) -> dict[str, Any]:
    """What the gateway counts. Status 5 says that sending is over, not that it went well."""
    taken = len(call.order.numbers) - len(call.skipped)
    delivered = totals.get("delivered", 0)
    failed = sum(totals.get(state, 0) for state in ("failed", "expired", "rejected"))
    return {
        "SendFailed": failed,
        "SendStatus": _status_of(totals),
        "SendSuccess": delivered,
        "TotalPrice": float(call.rules.price * len(call.parts) * taken),
        "TotalReceiver": taken,
        "TotalSent": delivered + failed,
    }


def _status_of(totals: Mapping[State, int]) -> int:
    if totals.get("approval"):
        return AWAITING
    if totals.get("rejected") and len(totals) == 1:
        return REJECTED
    return SENT if any(totals.get(state) for state in ("delivered", "failed", "expired")) else WAITING


def _care_problem(given: Mapping[str, Any]) -> tuple[str, str] | None:
    return None if MOBILE.fullmatch(given.get("Phone", "")) else ("108", "Phone number invalid")


def _list_problem(phones: object) -> tuple[str, str] | None:
    if not isinstance(phones, list) or len(phones) < FEWEST:
        return "107", f"at least {FEWEST} phone numbers"
    if len(phones) > MOST:
        return "120", f"at most {MOST} phone numbers"
    good = all(isinstance(phone, str) and MOBILE.fullmatch(phone) for phone in phones)
    return None if good else ("108", "Phone number invalid")
