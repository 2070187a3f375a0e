"""The cards of the SMS gateways: one channel, several ways, each with its settings, limits and memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from loa.delivery import Bulk, ChannelCard, Option
from loa.text import sms_count

ADVERTISING = "advertising"
Bulks = Callable[[Mapping[str, str]], Bulk]


def _parts(text: str) -> int:
    return sms_count(text).parts


def _whole_dong(value: str) -> bool:
    return re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3}){1,3}|[1-9]\d{0,11}", value) is not None


OPTIONS = (
    Option(
        "class",
        "Loại tin: emergency (khẩn cấp), public_info (thông tin đến người dân), operations (điều hành), "
        "advertising (quảng cáo)",
        "Class of the message; public_info where nothing is said",
        ("public_info", "operations", "emergency", "advertising"),
    ),
    Option(
        "diacritics",
        "Dấu tiếng Việt: keep (giữ dấu) hoặc remove (bỏ dấu)",
        "Vietnamese marks: keep or remove",
        ("keep", "remove"),
    ),
    Option(
        "canary",
        "Mã danh sách cán bộ nhận thử trước; phần còn lại chờ người đồng ý",
        "Id of the list that gets it first",
    ),
    Option(
        "budget",
        "Kinh phí tối đa cho tin này, số đồng nguyên, ví dụ 5.000.000",
        "The most it may cost, whole VND",
        ("5.000.000",),
        _whole_dong,
    ),
)
COMMON = (("parts_per_second", "20"), ("price_per_part", ""), ("receipt_hours", "72"), ("webhook_base", ""))
"""Settings of every gateway. No price: the cost is not told. No webhook base: no gateway can report to us."""


def gateway_card(name: str, host: tuple[str, str], bulk: Bulks, **own: Any) -> ChannelCard:
    """The card of one gateway. ``own``: account settings and secrets, and what it remembers of a sender's key.

    Without ``read_back`` a gateway cannot be asked for a doubtful call: a receipt decides it, or a person.
    """
    silent: dict[str, Any] = {"read_back": "none", "look_ups": (timedelta(minutes=2),)}
    return ChannelCard(
        id="sms",
        name_vi=f"Tin nhắn SMS qua {name}",
        name_en=f"SMS by {name}",
        max_length=6,  # no class of message may be longer; how long each may be, its rules say (loa.rules)
        measure=_parts,
        media=(),
        settle=timedelta(seconds=30),
        rate_per_second=20.0,
        hours=("07:00", "21:59"),
        to_recipients=True,
        host_settings=(host, *COMMON),
        options=OPTIONS,
        bulk=bulk,
        chosen_by="gateway",
        **(silent | own),
    )


def _esms(options: Mapping[str, str]) -> Bulk:
    """Care messages go one by one; advertising in lists that people at the gateway approve.

    The page of the advertising call has no ``IsUnicode``, and its reports name no number. Whether it looks at
    ``RequestId`` as the care call does is not proven: nobody may get advertising twice on a guess.
    """
    if options.get("class") == ADVERTISING:
        return Bulk(most=5000, least=30, unicode=False, reserved=38, receipts=False, remembers=False)
    return Bulk()


def _speedsms(options: Mapping[str, str]) -> Bulk:  # noqa: ARG001 - one signature for all gateways
    """Sixty calls a minute: lists are the only way, and how long one may be is not published.

    A hundred is more a second than carriers take, and a lost answer leaves no more than that in doubt.
    """
    return Bulk(most=100, asks=True)


def _kannel(options: Mapping[str, str]) -> Bulk:  # noqa: ARG001 - one signature for all gateways
    """One number a call: the address to which Kannel reports then need not tell the number."""
    return Bulk()


ESMS = gateway_card(
    "eSMS",
    ("esms_host", "https://rest.esms.vn"),
    _esms,
    account_settings=("brandname",),
    account_secrets=("api_key", "secret_key"),
    read_back="key",
    look_ups=(timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1)),
    # eSMS blocks a repeated RequestId for 24 hours; an hour is left for clocks that disagree.
    key_life=timedelta(hours=23),
)
SPEEDSMS = gateway_card(
    "SpeedSMS",
    ("speedsms_host", "https://api.speedsms.vn"),
    _speedsms,
    account_settings=("brandname",),
    account_secrets=("access_token",),
)
KANNEL = gateway_card(
    "Kannel",
    ("kannel_host", "http://127.0.0.1:13013"),
    _kannel,
    account_settings=("brandname", "username"),
    account_secrets=("password",),
)
