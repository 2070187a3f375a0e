"""The imitation Zalo's messages: broadcasts of articles, single messages, template messages by phone, quotas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from loa.clock import DEFAULT_ZONE
from loa.sandbox.faces.zalo_articles import Articles
from loa.sandbox.faces.zalo_call import BAD, NAME, Call, Refusal, Work, answer, done, night
from loa.sandbox.journal import Effect
from loa.sandbox.world import World

PHONE = re.compile(r"84[35789]\d{8}")
MOST_ARTICLES = 5
MOST_LISTED = 50
LAST_OFFSET = 9951
LONGEST_TEXT = 2000
LONGEST_TRACKING = 48
TESTER = "84900000000"
"""The one number that the mode "development" reaches: the application's administrator."""
HIGHEST = {"ages": 7, "gender": 2, "locations": 2, "cities": 63, "platform": 3, "telcos": 4}
TEMPLATES: Mapping[str, tuple[str, ...]] = {"200001": ("ho_ten", "ma_ho_so"), "200002": ("noi_dung",)}


class Messages:
    """What is sent to people."""

    def __init__(self, world: World, articles: Articles) -> None:
        self._world = world
        self._articles = articles
        self._sent: dict[tuple[str, str, str], int] = {}

    def works(self) -> list[tuple[str, str, Work]]:
        return [
            ("POST", "/v2.0/oa/message", self._broadcast),
            ("POST", "/v3.0/oa/message/cs", self._consult),
            ("POST", "/v2.0/oa/quota/message", lambda _: done({"type": "reply", "total": 8, "remain": 8})),
            ("POST", "/v3.0/oa/quota/message", self._quota),
            ("GET", "/v3.0/oa/user/getlist", self._followers),
            ("POST", "/business/message/template", self._template),
            ("GET", "/business/template/all", self._templates),
            ("GET", "/business/template/info/v2", self._template_info),
        ]

    def remember(self, effect: Effect) -> None:
        """Quotas go on counting after a restart."""
        self._count(effect.account, effect.kind, _period(effect.kind, effect))

    def _broadcast(self, call: Call) -> Response:
        recipient = call.given.get("recipient")
        target = recipient.get("target") if isinstance(recipient, dict) else None
        if not isinstance(target, dict):
            raise Refusal(-240, "API v2 is off for this kind of message")
        if not call.profile.verified:
            raise Refusal(-221, "OA is not verified")
        if night(self._world.clock.now()):
            raise Refusal(-234, "Not allowed between 22:00 and 06:00")
        _check_target(target)
        titles, named = self._elements(call)
        used = (call.account, "broadcast", f"{self._world.clock.now().astimezone(DEFAULT_ZONE):%Y-%m}")
        if self._sent.get(used, 0) >= call.profile.broadcasts:
            raise Refusal(-211, "Out of quota")
        self._count(*used)
        number = f"{self._world.number():024x}"
        extra = {"articles": named, "aimed": dict(target)}
        self._world.journal.append(NAME, call.account, "broadcast", number, text="\n".join(titles), extra=extra)
        return done({"message_id": number})

    def _elements(self, call: Call) -> tuple[list[str], list[str]]:
        """Titles and ids of the articles of a broadcast."""
        message = call.given.get("message")
        attachment = message.get("attachment") if isinstance(message, dict) else None
        payload = attachment.get("payload") if isinstance(attachment, dict) else None
        elements = payload.get("elements") if isinstance(payload, dict) else None
        if not isinstance(elements, list) or not 1 <= len(elements) <= MOST_ARTICLES:
            raise Refusal(BAD, "elements is invalid")
        if not isinstance(payload, dict) or payload.get("template_type") != "media":
            raise Refusal(BAD, "template_type is invalid")
        named = [str(each.get("attachment_id")) for each in elements if each.get("media_type") == "article"]
        found = [self._articles.find(each, call.account) for each in named]
        titles = [str(each.payload["title"]) for each in found if each is not None and each.shown]
        if len(titles) != len(elements):
            raise Refusal(BAD, "attachment_id is invalid")
        return titles, named

    def _consult(self, call: Call) -> Response:
        """A single message to somebody who wrote to the account; nothing public, so nothing for the journal."""
        recipient, message = call.given.get("recipient"), call.given.get("message")
        user = str(recipient.get("user_id", "")) if isinstance(recipient, dict) else ""
        if user not in _users(call):
            raise Refusal(-213, "User has not followed OA")
        text = message.get("text") if isinstance(message, dict) else None
        if isinstance(text, str) and not 1 <= len(text) <= LONGEST_TEXT:
            raise Refusal(-210, "text is over the limit")
        sent = str(int(self._world.clock.now().timestamp() * 1000))
        quota = {"quota_type": "sub_quota", "remain": "1999", "total": "2000", "owner_type": "OA"}
        return done({"message_id": f"{self._world.number():024x}", "user_id": user, "sent_time": sent, "quota": quota})

    def _quota(self, call: Call) -> Response:
        if user := call.given.get("user_id"):
            return done({"user_id": user, "cs_reply": {"remain": 8, "total": 8}})
        row = {"asset_id": "8c2731492800sandbox0", "product_type": "cs", "quota_type": "sub_quota"}
        return done([{**row, "valid_through": call.profile.package_until, "total": 2000, "remain": 2000}])

    def _followers(self, call: Call) -> Response:
        offset, count = call.given.get("offset", 0), call.given.get("count", 0)
        if not isinstance(offset, int) or not isinstance(count, int):
            raise Refusal(BAD, "offset is invalid")
        if not 1 <= count <= MOST_LISTED or not 0 <= offset <= LAST_OFFSET:
            raise Refusal(BAD, f"maximum count is {MOST_LISTED}")
        users = _users(call)
        rows = [{"user_id": each} for each in users[offset : offset + count]]
        return done({"total": len(users), "count": len(rows), "offset": offset, "users": rows})

    def _template(self, call: Call) -> Response:
        given = call.given
        phone, tracking = str(given.get("phone", "")), str(given.get("tracking_id", ""))
        if refused := self._template_refusal(call, phone, tracking):
            raise Refusal(*refused)
        day = (call.account, "zbs", f"{self._world.clock.now().astimezone(DEFAULT_ZONE):%Y-%m-%d}")
        most = call.profile.messages_a_day
        if self._sent.get(day, 0) >= most:
            raise Refusal(-144, "OA has exceeded its daily quota")
        number = f"{self._world.number():020x}"
        sent = str(int(self._world.clock.now().timestamp() * 1000))
        if given.get("mode") != "development":
            self._count(*day)
            text = "; ".join(f"{name}: {value}" for name, value in sorted(given["template_data"].items()))
            extra = {"template": given["template_id"]}
            values: dict[str, Any] = {"key": tracking, "text": text, "recipient": f"+{phone}", "extra": extra}
            self._world.journal.append(NAME, call.account, "zbs", number, **values)
        left = {"dailyQuota": str(most), "remainingQuota": str(most - self._sent.get(day, 0))}
        return done({"msg_id": number, "sent_time": sent, "sending_mode": "1", "quota": left})

    def _template_refusal(self, call: Call, phone: str, tracking: str) -> tuple[int, str] | None:
        given, wanted = call.given, TEMPLATES.get(str(call.given.get("template_id", "")))
        data = given.get("template_data")
        checks = (
            (bool(PHONE.fullmatch(phone)), -108, "Phone number is invalid"),
            (wanted is not None, -109, "Template id is invalid"),
            (isinstance(data, dict) and set(data) == set(wanted or ()), -132, "Parameter is invalid"),
            (len(tracking) <= LONGEST_TRACKING, -132, "tracking_id is invalid"),
            (call.profile.verified, -135, "OA has no permission to send"),
            (not night(self._world.clock.now()), -133, "Not allowed at night"),
            (given.get("mode") != "development" or phone == TESTER, -127, "Test message is sent to admins only"),
        )
        return next(((code, words) for good, code, words in checks if not good), None)

    def _templates(self, call: Call) -> Response:
        offset, limit = call.query("offset") or "0", call.query("limit") or "100"
        rows = [{"templateId": int(each), "templateName": f"Mẫu {each}", "status": "ENABLE"} for each in TEMPLATES]
        return done(rows[int(offset) : int(offset) + int(limit)])

    def _template_info(self, call: Call) -> Response:
        wanted = TEMPLATES.get(call.query("template_id"))
        if wanted is None:
            return answer(-109, "Template id is invalid")
        listed = [{"name": name, "require": True, "type": "STRING", "maxLength": 100} for name in wanted]
        known = {"templateId": int(call.query("template_id")), "status": "ENABLE", "price": "300"}
        return done({**known, "listParams": listed})

    def _count(self, account: str, kind: str, period: str) -> None:
        self._sent[account, kind, period] = self._sent.get((account, kind, period), 0) + 1


def _period(kind: str, effect: Effect) -> str:
    local = effect.moment.astimezone(DEFAULT_ZONE)
    return f"{local:%Y-%m}" if kind == "broadcast" else f"{local:%Y-%m-%d}"


def _users(call: Call) -> list[str]:
    """The followers' ids as this account knows them."""
    return [f"{7_000_000_000_000_000_000 + number}" for number in range(call.profile.followers)]


def _check_target(target: Mapping[str, object]) -> None:
    """Codes, as text with commas or as single numbers."""
    for name, value in target.items():
        codes = str(value).split(",")
        if name not in HIGHEST or not all(each.isdigit() and int(each) <= HIGHEST[name] for each in codes):
            raise Refusal(BAD, f"{name} is invalid")
