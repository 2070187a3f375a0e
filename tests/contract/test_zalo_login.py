"""The consent link, the code and the first pair, against the sandbox's OAuth host."""

from __future__ import annotations

import base64
import hashlib
import json
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from support.token_rounds import redirected

from loa.delivery import Account, Equipment, Login
from loa.errors import LoaError
from loa.sandbox import Fault, Sandbox
from publishers import REGISTRY

from .conftest import Bench

REDIRECT = "http://127.0.0.1:8768/"


@pytest.fixture
def it(bench: Callable[[str], Bench]) -> Bench:
    return bench("zalo")


def start(it: Bench, **changes: Any) -> Login:
    sign_in = REGISTRY["zalo"].sign_in
    assert sign_in
    return sign_in.start(replace(it.account, **changes), it.clock)


def agreed(it: Bench, login: Login, oa: str = "") -> dict[str, str]:
    """The parameters with which the browser comes back."""
    return redirected(f"{login.link(REDIRECT)}&oa_id={oa or it.account.settings['oa_id']}")


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(LoaError) as refusal:
        work()
    assert "sandbox-" not in str(refusal.value.params)
    return refusal.value.code


def post(sandbox: Sandbox, **given: str) -> dict[str, Any]:
    """A token call as any client would make it."""
    headers = {"secret_key": given.pop("secret_key", "sandbox-app")}
    url = f"{sandbox.url}/zalo/oauth/v4/oa/access_token"
    request = urllib.request.Request(url, urllib.parse.urlencode(given).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200, "Zalo says everything with HTTP 200"
        found: dict[str, Any] = json.load(answer)
    return found


def test_the_link_asks_with_pkce_and_names_no_secret(it: Bench) -> None:
    login = start(it)
    link = urllib.parse.urlsplit(login.link(REDIRECT))
    asked = dict(urllib.parse.parse_qsl(link.query))
    assert link.path == "/zalo/oauth/v4/oa/permission"
    assert set(asked) == {"app_id", "redirect_uri", "code_challenge", "state"}
    assert asked["redirect_uri"] == REDIRECT
    assert len(asked["code_challenge"]) == 43
    verifier = login._verifier  # type: ignore[attr-defined]  # the link must hold its digest
    assert len(verifier) == 43
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    assert asked["code_challenge"] == digest.rstrip(b"=").decode()
    assert verifier not in login.link(REDIRECT)
    assert "sandbox-app" not in login.link(REDIRECT)
    assert start(it).link(REDIRECT) != login.link(REDIRECT)


def test_the_code_gives_a_pair_that_lives_25_hours_and_three_months(it: Bench) -> None:
    login = start(it)
    pair = login.finish(agreed(it, login))
    now = it.clock.now()
    assert (pair.since, pair.expires, pair.refresh_expires) == (
        now,
        now + timedelta(hours=25),
        now + timedelta(days=90),
    )
    assert pair.access != pair.refresh


def test_an_answer_to_another_attempt_is_no_answer(it: Bench) -> None:
    login = start(it)
    returned = agreed(it, login)
    for wrong in ({**returned, "state": "x"}, {**returned, "state": ""}, {"code": returned["code"]}):
        assert not login.is_answer(wrong)
        assert code_of(lambda wrong=wrong: login.finish(wrong)) == "E668"  # type: ignore[misc]  # the loop's own value
    assert code_of(lambda: start(it).finish(returned)) == "E668"
    assert login.finish(returned)


def test_the_consent_of_another_oa_is_refused_and_its_code_not_used(it: Bench) -> None:
    login = start(it)
    returned = agreed(it, login, oa="999")
    with pytest.raises(LoaError) as refusal:
        login.finish(returned)
    assert refusal.value.code == "E669"
    assert refusal.value.params == {"found": "999", "wanted": it.account.settings["oa_id"]}


def test_a_person_who_did_not_agree_leaves_no_code(it: Bench) -> None:
    login = start(it)
    state = urllib.parse.parse_qs(urllib.parse.urlsplit(login.link(REDIRECT)).query)["state"][0]
    assert code_of(lambda: login.finish({"state": state, "error": "access_denied"})) == "E668"


def test_a_code_works_once_and_for_ten_minutes(it: Bench) -> None:
    login = start(it)
    returned = agreed(it, login)
    login.finish(returned)
    assert code_of(lambda: login.finish(returned)) == "E666"
    late = start(it)
    returned = agreed(it, late)
    it.clock.advance(timedelta(minutes=10))
    assert code_of(lambda: late.finish(returned)) == "E666"


def test_a_code_without_its_verifier_is_worth_nothing(it: Bench) -> None:
    login = start(it)
    code = agreed(it, login)["code"]
    stolen = {"code": code, "app_id": it.account.settings["app_id"], "grant_type": "authorization_code"}
    assert "access_token" not in post(it.sandbox, **stolen, code_verifier="A" * 43)


def test_a_wrong_application_secret_is_told_without_showing_it(it: Bench) -> None:
    login = start(it, secrets={"app_secret": "mat-khau-sai"})
    with pytest.raises(LoaError) as refusal:
        login.finish(agreed(it, login))
    assert refusal.value.code == "E666"
    assert "mat-khau-sai" not in str(refusal.value.params)


@pytest.mark.parametrize(
    ("kind", "code"),
    [("drop_before", "E602"), ("drop_after", "E602"), ("error500_before", "E666"), ("garbage", "E666")],
)
def test_an_exchange_that_fails_is_told(it: Bench, kind: str, code: str) -> None:
    login = start(it)
    returned = agreed(it, login)
    it.sandbox.play([Fault(face="zalo", route="*/access_token", kind=kind)])  # type: ignore[arg-type]  # pytest gives a plain str
    assert code_of(lambda: login.finish(returned)) == code


def test_a_server_that_cannot_be_reached_is_told(it: Bench, closed_port: int) -> None:
    login = start(it, hosts={"oauth_host": f"http://127.0.0.1:{closed_port}"})
    state = urllib.parse.parse_qs(urllib.parse.urlsplit(login.link(REDIRECT)).query)["state"][0]
    returned = {"state": state, "code": "c", "oa_id": it.account.settings["oa_id"]}
    assert code_of(lambda: login.finish(returned)) == "E601"


def test_an_account_without_its_application_is_told_what_is_missing(it: Bench) -> None:
    assert code_of(lambda: start(it, secrets={})) == "E621"
    assert code_of(lambda: start(it, settings={"oa_id": "1"})) == "E620"


def test_the_sandbox_rotates_and_kills_the_old_pair_at_once(it: Bench) -> None:
    """The imitation itself, asked by a stranger's client."""
    asked = {"app_id": "7", "grant_type": "refresh_token"}
    first = post(it.sandbox, **asked, refresh_token="sandbox-refresh-42")
    assert first["expires_in"] == "90000"
    assert about(it.sandbox, "sandbox-42") == -216
    assert about(it.sandbox, first["access_token"]) == 0
    second = post(it.sandbox, **asked, refresh_token=first["refresh_token"])
    assert about(it.sandbox, first["access_token"]) == -216
    assert about(it.sandbox, second["access_token"]) == 0
    for used in ("sandbox-refresh-42", first["refresh_token"], "sandbox-refresh-", "x", ""):
        refused = post(it.sandbox, **asked, refresh_token=used)
        assert refused["error"] < 0
        assert refused["error_name"]
    it.clock.advance(timedelta(hours=25))
    assert about(it.sandbox, second["access_token"]) == -216
    it.clock.advance(timedelta(days=90))
    assert "access_token" not in post(it.sandbox, **asked, refresh_token=second["refresh_token"])


def about(sandbox: Sandbox, token: str) -> int:
    request = urllib.request.Request(f"{sandbox.url}/zalo/v2.0/oa/getoa", headers={"access_token": token})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return int(json.load(answer)["error"])


def test_another_face_keeps_its_first_tokens(it: Bench, bench: Callable[[str], Bench]) -> None:
    """Rotation is Zalo's own: an account of X of the same name goes on with its token."""
    post(it.sandbox, app_id="7", grant_type="refresh_token", refresh_token="sandbox-refresh-42")
    page = bench("facebook")
    assert page.publisher().preflight()[0].level == "ok"


def test_a_token_that_somebody_else_renews_needs_no_login(it: Bench) -> None:
    account: Account = it.account
    assert account.secrets["access_token"]
    assert it.publisher().preflight()[0].level == "ok"
    lent = Equipment(it.sandbox.public)
    without = replace(account, secrets={"app_secret": "sandbox-app"})
    assert code_of(lambda: REGISTRY["zalo"].build(without, it.clock, equipment=lent)) == "E621"
