"""SMS through a brandname gateway. One gateway for now (eSMS); the account's ``gateway`` setting will choose."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from loa.clock import Clock
from loa.delivery import NO_EQUIPMENT, Account, ChannelCard, Equipment, Option, Publisher
from loa.text import sms_count

if TYPE_CHECKING:
    from publishers.http import Session  # requests costs a fifth of a second that a card does not need


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

CARD = ChannelCard(
    id="sms",
    name_vi="Tin nhắn SMS",
    name_en="SMS",
    max_length=6,  # no class of message may be longer; how long each may be, its rules say (loa.rules)
    measure=_parts,
    media=(),
    read_back="key",
    settle=timedelta(seconds=30),
    look_ups=(timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1)),
    rate_per_second=20.0,
    hours=("07:00", "21:59"),
    to_recipients=True,
    account_settings=("brandname",),
    account_secrets=("api_key", "secret_key"),
    host_settings=(("api_host", "https://rest.esms.vn"),),
    options=OPTIONS,
    # eSMS blocks a repeated RequestId for 24 hours; an hour is left for clocks that disagree.
    key_life=timedelta(hours=23),
)


def build(
    account: Account,
    clock: Clock,
    session: Session | None = None,
    equipment: Equipment = NO_EQUIPMENT,  # noqa: ARG001 - one signature for all channels
) -> Publisher:
    """The horn of one brandname."""
    from publishers.sms.esms import Brandname  # noqa: PLC0415 - the card alone stays light

    return Brandname(account, clock, session)
