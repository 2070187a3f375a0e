"""No planted secret and no number survives, whatever it stands in."""

import base64
import json
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.planted import PLANTED, found_in, numbers_in, phone

from loa.logs.redaction import Redaction

WORDS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=30)
SECRETS = st.text("abcdefghijkXYZ0123456789-_.~!$%&/+=", min_size=4, max_size=40)
SEPARATORS = st.sampled_from(["", " ", ".", "-", " - ", "\u00a0", "/", ") "])
FRONTS = ("0", "84", "+84", "0084", "(+84) ", "+84 (0)", "(0)")
ENCODINGS = (
    lambda value: value,
    lambda value: quote(value, safe=""),
    lambda value: value.encode().hex(),
    lambda value: base64.b64encode(b"user:" + value.encode()).decode(),
    lambda value: base64.urlsafe_b64encode(value.encode() + b":x").decode(),
)


@given(SECRETS, WORDS, WORDS, st.sampled_from(ENCODINGS[:3]), st.sampled_from(["text", "account", "code", "at"]))
def test_a_known_secret_goes_wherever_it_stands(
    secret: str, before: str, after: str, encoding: Callable[[str], str], field: str
) -> None:
    redaction = Redaction()
    redaction.hide(secret)
    line = redaction.line({"event": "x", field: {"in": [before + encoding(secret) + after]}})
    assert encoding(secret) not in line[field]["in"][0]


@pytest.mark.parametrize("name", PLANTED)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_planted_secret_is_gone_in_every_form(name: str, encoding: Callable[[str], str]) -> None:
    redaction = Redaction()
    redaction.hide(*PLANTED.values())
    for value in (encoding(PLANTED[name]), {"deep": [encoding(PLANTED[name]).encode()]}, RuntimeError(PLANTED[name])):
        assert found_in(json.dumps(redaction.line({"x": value, "code": value})).encode()) == []


@given(
    st.integers(0, 10_099),
    st.sampled_from(FRONTS),
    st.lists(SEPARATORS, min_size=8, max_size=8),
    WORDS,
    st.sampled_from(["account", "text"]),
)
def test_no_number_survives_however_it_is_written(
    number: int, front: str, between: list[str], around: str, field: str
) -> None:
    digits = phone(number)[1:]
    written = front + digits[0] + "".join(sep + digit for sep, digit in zip(between, digits[1:], strict=True))
    around = re.sub(r"\d", "", around)
    redaction = Redaction()
    told = redaction.line({field: f"{around} {written} {around}"})
    left = str(next(iter(told.values())))
    assert not re.search(r"(?:\D*\d){9}", left), left


@pytest.mark.parametrize(
    "value", [84912345678, 912345678, "912345678", "tel:+84912345678", b"0912.345.678", ("0912345678",)]
)
def test_a_number_is_found_in_any_kind_of_value(value: object) -> None:
    left = json.dumps(Redaction().line({"x": value, "y": {"0912345678": 1}}))
    assert not re.search(r"\d{5}", left)
    assert numbers_in(left.encode(), bare=True) == set()


@given(st.text("ABCDEFghijkl0123456789+/=_-~", min_size=24, max_size=200), WORDS)
def test_what_looks_like_a_token_goes_though_nobody_knows_it(token: str, around: str) -> None:
    assert token not in Redaction().text(f"{around} {token} {around}")


@pytest.mark.parametrize(
    "text",
    [
        "GET /v3?access_token=Ab1&x=2",
        "Authorization: Bearer Ab1.x-2",
        "{'api_key': 'Ab1'}",
        '"secret_key":"Ab1"',
        "postgresql://loa:Ab1@db/loa",
        "refresh_token = Ab1",
        "OAuth Ab1",
    ],
)
def test_a_short_token_is_known_by_the_word_before_it(text: str) -> None:
    assert "Ab1" not in Redaction().text(text)


def test_names_dates_and_counts_stay_readable() -> None:
    line = {
        "ts": "2027-03-01T01:00:00.123+00:00",
        "event": "move",
        "worker": "may-chu-tinh-nghe-an-so-mot:12345:ab12cd34",
        "account": "fb-ubnd-xa-kim-lien-huyen-nam-dan-tinh-nghe-an",
        "deliveries": "1-64,840912345678",
        "count": 64,
        "until": "2027-03-01T02:00:00+00:00",
        "text": "Trang xã Kim Liên trả lời 190/463 lúc 08:00 ngày 01/03/2027.",
        "done": True,
        "seconds": 0.25,
        "nothing": None,
    }
    assert Redaction().line(line) == line
