"""A Zalo login at the desk: it renews itself over a month, and one that is lost stands in the book with its reason."""

from __future__ import annotations

import json
import urllib.request
from datetime import timedelta

import pytest
from support.office import replace_in
from support.token_rounds import redirected

from loa import store
from loa.delivery import State
from loa.sandbox import Fault, overrides
from loa.wiring.desks import open_login

from .conftest import FIRST_SLOT, Stage

SLOT = FIRST_SLOT + timedelta(days=2)
ACCOUNT = """\
accounts:
  - id: zalo-tinh
    channel: zalo
    unit: tinh-mau
    name: Tỉnh Mẫu
    settings: {oa_id: "3001", app_id: "9001"}
    secrets: {app_secret: zalo-ung-dung}
"""


@pytest.fixture
def office(stage: Stage) -> Stage:
    """The article goes out on the 3rd, 10th, 17th and 24th of March; the account was first used on the 1st."""
    replace_in(stage.root / "loa.yaml", "accounts:\n", ACCOUNT)
    campaign = stage.root / "campaigns/thu-nghiem.yaml"
    replace_in(campaign, "facebook: {asset: hinh/square}", "zalo: {asset: hinh/square}")
    replace_in(campaign, "{date: 2027-03-03,", "{every: week, weekday: wednesday,")
    stage.open()
    stage.make_ready()
    assert stage.desk.publisher_of("zalo-tinh").preflight()[0].level == "ok"
    return stage


def counts(stage: Stage) -> tuple[int, int]:
    with urllib.request.urlopen(f"{stage.sandbox.url}/_loa/zalo/tokens", timeout=10) as answer:
        found = json.load(answer)
    return found["refreshes"].get("3001", 0), found["refused"]


def pauses(stage: Stage) -> list[tuple[str, str]]:
    with stage.desk.book.read() as connection:
        return [(each.account_id, each.code) for each in store.pauses(connection, stage.clock.now())]


def test_over_a_month_every_article_goes_out_and_the_tokens_rotate(office: Stage) -> None:
    for week in range(4):
        office.go_to(SLOT + timedelta(weeks=week))
        office.settle(days=1)
    articles = office.effects("article")
    assert len(articles) == 4
    assert [view.state for view in office.views("tin-ba")].count(State.DONE) == 4
    assert {each.account for each in articles} == {"3001"}
    refreshes, refused = counts(office)
    assert refreshes >= len(articles)
    assert refused == 0


def test_a_lost_login_stops_the_account_with_its_reason_until_a_person_has_logged_in(office: Stage) -> None:
    office.sandbox.play([Fault(face="zalo", route="*/access_token", kind="drop_after")])
    for minute in range(3):
        office.go_to(SLOT + timedelta(minutes=minute))
    assert ("zalo-tinh", "E665") in pauses(office)
    assert office.effects("article") == []
    _log_in(office)
    with office.desk.book.write() as connection:
        store.resume_accounts(connection, "lan", office.clock.now())
    office.service.beat()
    office.settle(days=1)
    assert len(office.effects("article")) == 1
    assert pauses(office) == []


def _log_in(office: Stage) -> None:
    attempt = open_login(office.desk.workspace, "zalo-tinh", office.clock, sandbox=overrides(office.sandbox.url))
    assert attempt
    attempt.keep(redirected(attempt.link("http://127.0.0.1:1/")))
