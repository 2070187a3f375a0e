"""The Page and its token before anything is sent, the proof of the app's secret, and the usage that slows us."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from support.facebook_page import TOKEN, PageBench, shared_sandbox

from loa.clock import SimulatedClock
from loa.delivery import Done, Message, RetryLater
from loa.errors import LoaError
from loa.sandbox import FaultKind, Sandbox
from loa.sandbox.faces.facebook_tokens import APP_ID, APP_SECRET

POST = Message("khoa-1", "Nộp hồ sơ tại nhà")
USER = "sandbox-user-can-bo"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sandbox, SimulatedClock]]:
    with shared_sandbox(tmp_path_factory.mktemp("office")) as shared:
        yield shared


@pytest.fixture
def it(office: tuple[Sandbox, SimulatedClock], tmp_path: Path) -> PageBench:
    return PageBench(*office, tmp_path)


def found(it: PageBench) -> list[tuple[str, str, str]]:
    return [(finding.level, finding.code, finding.detail) for finding in it.publisher().preflight()]


def dated(it: PageBench, suffix: str) -> str:
    """Days from today as the day that a token of the sandbox names."""
    return re.sub(r"(?<=until-)\d+", lambda days: f"{it.clock.now() + timedelta(int(days[0])):%Y-%m-%d}", suffix)


def test_a_good_page_token_has_nothing_against_it(it: PageBench) -> None:
    assert found(it) == [("ok", "E690", f"Trang {it.page}")]
    assert it.journal() == ()


@pytest.mark.parametrize(
    ("suffix", "finding"),
    [
        ("-minus-pages_manage_posts", ("stop", "E642", "pages_manage_posts")),
        ("-minus-pages_show_list-minus-pages_manage_posts", ("stop", "E642", "pages_show_list, pages_manage_posts")),
        ("-minus-read_insights", ("warning", "E642", "read_insights")),
        ("-until-14", ("warning", "E643", "13")),
        ("-until-6", ("warning", "E643", "5")),
        ("-until-1", ("warning", "E643", "0")),
        ("-data-until-6", ("warning", "E644", "5")),
    ],
)
def test_what_a_token_lacks_and_when_it_ends_is_told(it: PageBench, suffix: str, finding: tuple[str, ...]) -> None:
    it.token = TOKEN + dated(it, suffix)
    assert found(it) == [finding, ("ok", "E690", f"Trang {it.page}")]


def test_an_end_that_is_far_is_not_told(it: PageBench) -> None:
    it.token = TOKEN + dated(it, "-until-15-data-until-99")
    assert [code for _, code, _ in found(it)] == ["E690"]


@pytest.mark.parametrize("token", [USER, "sandbox-system-van-phong"])
def test_a_persons_token_is_no_pages_token(it: PageBench, token: str) -> None:
    it.token = token
    assert ("stop", "E640", "Người quản trị (10150000000000001)") in found(it)


def test_a_page_that_meta_does_not_know_is_told(tmp_path: Path, clock: SimulatedClock) -> None:
    with Sandbox(tmp_path / "sandbox", clock=clock, names={"1": "Trang khác"}) as sandbox:
        (finding,) = PageBench(sandbox, clock, tmp_path).publisher().preflight()
    assert (finding.level, finding.code) == ("stop", "E641")


@pytest.mark.parametrize(
    ("error", "code"),
    [({"code": 1}, "E603"), ({"code": 2, "is_transient": True}, "E603"), ({"code": 4}, "E604"), ({"code": 10}, "E606")],
)
def test_metas_own_trouble_is_not_laid_to_the_page(it: PageBench, error: dict[str, object], code: str) -> None:
    it.say_words(f"/{it.page}", json.dumps({"error": {"message": "(#)", **error}}), status=400, verb="GET")
    (finding,) = it.publisher().preflight()
    assert (finding.level, finding.code) == ("stop", code)


def test_a_token_that_opens_another_page_is_told(tmp_path: Path, clock: SimulatedClock) -> None:
    with Sandbox(tmp_path / "sandbox", clock=clock, tokens={"sandbox-khac": "1"}) as sandbox:
        (finding,) = PageBench(sandbox, clock, tmp_path, token="sandbox-khac").publisher().preflight()
    assert (finding.level, finding.code) == ("stop", "E605")


@pytest.mark.parametrize("route", ["*/me", "*/debug_token"])
@pytest.mark.parametrize("kind", ["drop_before", "garbage", "error500_before"])
def test_what_meta_does_not_tell_of_a_token_is_a_warning(it: PageBench, route: str, kind: FaultKind) -> None:
    it.play(route, kind, method="*")
    levels = [level for level, _, _ in found(it)]
    assert levels == ["warning", "ok"]


def test_a_young_page_has_no_figures(it: PageBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loa.sandbox.faces.facebook_posts.FANS", 99)
    assert found(it)[0] == ("warning", "E646", "99")


def test_no_token_stands_in_any_address(it: PageBench) -> None:
    it.secrets, it.settings = {"app_secret": APP_SECRET}, {"app_id": APP_ID}
    publisher = it.publisher()
    publisher.preflight()
    message = Message("khoa-1", "Phim", attachments=(it.film(frame=(1080, 1920)),), link="https://a.vn")
    assert isinstance(it.to_the_end(publisher, message), Done)
    assert it.line.sent
    assert not any(secret in each.url for each in it.line.sent for secret in (TOKEN, APP_SECRET))


def test_the_app_asks_about_the_token_where_the_office_has_given_it(it: PageBench) -> None:
    it.secrets, it.settings = {"app_secret": APP_SECRET}, {"app_id": APP_ID}
    it.token = f"{TOKEN}-minus-read_insights"
    assert ("warning", "E642", "read_insights") in found(it)


@pytest.mark.parametrize("timed", ["no", "yes"])
def test_the_proof_of_the_apps_secret_goes_with_every_call(it: PageBench, timed: str) -> None:
    it.token, it.hosts, it.secrets = f"{TOKEN}-proof", {"timed_proof": timed}, {"app_secret": APP_SECRET}
    publisher = it.publisher()
    assert [finding.code for finding in publisher.preflight()] == ["E690"]
    for number, attachments in enumerate(((), (it.film(),), (it.film(frame=(1080, 1920)),))):
        message = Message(str(number), f"Tin {number}", attachments=attachments)
        assert isinstance(it.to_the_end(publisher, message), Done)
    assert any("appsecret_time" in each.body for each in it.line.sent) is (timed == "yes")


@pytest.mark.parametrize("secrets", [{}, {"app_secret": "sandbox-wrong"}])
def test_a_call_without_the_right_proof_is_refused(it: PageBench, secrets: dict[str, str]) -> None:
    it.token, it.secrets = f"{TOKEN}-proof", secrets
    assert not isinstance(it.publisher().publish(POST), Done)
    assert it.journal() == ()


def usage(share: int, minutes: int = 0, page: str = "ours") -> dict[str, str]:
    uses = [{"type": "pages", "call_count": 1, "total_time": share, "estimated_time_to_regain_access": minutes}]
    return {"X-Business-Use-Case-Usage": json.dumps({page: uses})}


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        (usage(79), None),
        (usage(80), 30),
        (usage(87), 30 + 7 / 15 * 270),
        (usage(94), 30 + 14 / 15 * 270),
        (usage(95), 15 * 60),
        (usage(95, 42), 42 * 60),
        (usage(100, 7), 7 * 60),
        (usage(99, 5, "another page"), None),
        ({"X-App-Usage": '{"call_count": 3, "total_time": 80, "total_cputime": 2}'}, 30),
        ({"X-Page-Usage": '{"call_count": 96, "total_time": 0, "total_cputime": 0}'}, 15 * 60),
    ],
)
def test_the_usage_headers_slow_the_account_and_then_stop_it(
    it: PageBench, headers: dict[str, str], seconds: float | None
) -> None:
    publisher = it.publisher()
    assert publisher.rest() is None
    headers = {name: words.replace("ours", it.page) for name, words in headers.items()}
    it.say_words("/feed", '{"id": "1_2"}', 200, headers)
    assert isinstance(publisher.publish(POST), Done)
    rest = publisher.rest()
    assert (None if rest is None else (rest.until - it.clock.now()).total_seconds()) == seconds
    if rest is not None:
        assert rest.code == "E647"
        it.clock.move_to(rest.until)
        assert publisher.rest() is None


def test_an_answer_without_a_meter_does_not_take_it_back(it: PageBench) -> None:
    publisher = it.publisher()
    for number, headers in enumerate((usage(97, 30, it.page), {"X-App-Usage": '{"call_count": 3}'}, {})):
        it.say_words("/feed", '{"id": "1_2"}', 200, headers)
        publisher.publish(Message(str(number), f"Tin {number}"))
    rest = publisher.rest()
    assert rest is not None
    assert (rest.until - it.clock.now(), rest.detail) == (timedelta(minutes=30), "97")


def test_the_marks_are_settings(it: PageBench) -> None:
    it.hosts = {"slow_at": "50", "stop_at": "60"}
    publisher = it.publisher()
    it.say_words("/feed", '{"id": "1_2"}', 200, usage(61, page=it.page))
    publisher.publish(POST)
    rest = publisher.rest()
    assert rest is not None
    assert rest.until - it.clock.now() == timedelta(minutes=15)


def test_a_page_that_rests_when_it_is_told_is_never_refused(it: PageBench) -> None:
    """The sandbox grants this Page 20 calls in an hour; the horn stays below them all day."""
    it.token = f"{TOKEN}-small"
    publisher, sent, began = it.publisher(), 0, it.clock.now()
    while sent < 60:
        assert isinstance(publisher.publish(Message(str(sent), f"Tin số {sent}")), Done)
        sent += 1
        if rest := publisher.rest():
            it.clock.move_to(rest.until)
    assert it.clock.now() - began > timedelta(hours=2)


def test_a_page_that_does_not_rest_is_refused_until_the_hour_is_over(it: PageBench) -> None:
    it.token = f"{TOKEN}-small"
    publisher = it.publisher()
    for number in range(20):
        assert isinstance(publisher.publish(Message(str(number), f"Tin số {number}")), Done)
    ending = publisher.publish(POST)
    assert isinstance(ending, RetryLater)
    assert ending.at == it.clock.now() + timedelta(minutes=60)
    it.clock.move_to(ending.at)
    assert isinstance(publisher.publish(POST), Done)


@pytest.mark.parametrize("name", ["slow_at", "stop_at", "transient_wait"])
@pytest.mark.parametrize("value", ["tám mươi", "", "-1", "NaN", "1e9"])
def test_a_setting_that_is_no_number_builds_no_horn(it: PageBench, name: str, value: str) -> None:
    it.hosts = {name: value}
    with pytest.raises(LoaError, match="E659"):
        it.publisher()


@pytest.mark.parametrize("minutes", ["-5", "1e999", "NaN", "9" * 400, '"5"', "[5]"])
def test_minutes_that_cannot_be_are_not_waited(it: PageBench, minutes: str) -> None:
    """Meta's own minutes count from 0 to a day; without them a limit has its usual silence."""
    usage = f'{{"{it.page}": [{{"type": "pages", "call_count": 99, "estimated_time_to_regain_access": {minutes}}}]}}'
    it.say("/feed", headers={"x-business-use-case-usage": usage}, code=80001)
    publisher = it.publisher()
    ending = publisher.publish(POST)
    assert isinstance(ending, RetryLater)
    assert ending.at == it.clock.now() + timedelta(minutes=60)
    rest = publisher.rest()
    assert rest is None or rest.until == it.clock.now() + timedelta(minutes=15)
