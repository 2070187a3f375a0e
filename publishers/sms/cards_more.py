"""The cards of the other SMS gateways: an Android phone, and two international ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from loa.delivery import Bulk, ChannelCard
from publishers.sms.cards import gateway_card


def _smsgate(options: Mapping[str, str]) -> Bulk:  # noqa: ARG001 - one signature for all gateways
    """The server takes a hundred numbers a call. A SIM sends a few a minute: ten, so that a stop stops soon."""
    return Bulk(most=10, asks=True)


def _twilio(options: Mapping[str, str]) -> Bulk:  # noqa: ARG001 - one signature for all gateways
    return Bulk(asks=True)


def _infobip(options: Mapping[str, str]) -> Bulk:  # noqa: ARG001 - one signature for all gateways
    """How long a list may be is not published where we could read it; 100 is ours."""
    return Bulk(most=100, asks=True)


def _with(card: ChannelCard, name: str, value: str) -> ChannelCard:
    """The card with another default of a setting."""
    return replace(card, host_settings=tuple((dict(card.host_settings) | {name: value}).items()))


SMSGATE = _with(
    gateway_card(
        "sms-gate",
        ("smsgate_host", "https://api.sms-gate.app/3rdparty/v1"),
        _smsgate,
        account_settings=("device_id", "username"),
        account_secrets=("password", "signing_key"),
        read_back="key",
        look_ups=(timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1)),
        # How long the server keeps a message is its owner's setting; the public one is sure to keep a day.
        key_life=timedelta(hours=23),
    ),
    # Carriers bear some 30 to 200 messages an hour from one SIM: this is 180.
    "parts_per_second",
    "0.05",
)
TWILIO = gateway_card(
    "Twilio",
    ("twilio_host", "https://api.twilio.com"),
    _twilio,
    account_settings=("brandname", "account_sid"),
    account_secrets=("auth_token",),
)
INFOBIP = gateway_card(
    "Infobip",
    ("infobip_host", "https://api.infobip.com"),
    _infobip,
    account_settings=("brandname",),
    account_secrets=("api_key",),
    # Its logs show what it took; what they do not show (yet) is never taken for absent.
    read_back="exact",
    look_ups=(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2)),
)
CARDS: Mapping[str, ChannelCard] = {"smsgate": SMSGATE, "twilio": TWILIO, "infobip": INFOBIP}
"""Gateway → its card; the horn is ``HORN`` of the module of the same name."""
