"""What an Official Account is promised: nothing twice, nothing lost in silence, no secret in the book, no riddle in
the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from loa.delivery import AuthNeeded, CannotTell, Done, Equipment, Found, Pending, Refused, Unknown
from loa.errors import LoaError
from loa.sandbox import Fault
from publishers import REGISTRY
from publishers.http import Answer
from publishers.zalo import reading

from .conftest import START, Bench
from .zalo import ask, horn_of, say

HIDDEN = {"hidden_first": "có"}


@pytest.fixture
def it(bench: Callable[[str], Bench]) -> Bench:
    return bench("zalo")


def hides(it: Bench) -> Any:
    """The bench's account as one whose articles are all made hidden."""
    return replace(it.account, settings={**it.account.settings, "hidden_first": "có"})


def without_status(monkeypatch: pytest.MonkeyPatch) -> None:
    """Zalo's lists and articles say nothing of ``status``: its place there is known from third parties only."""
    real = reading.data_of

    def data_of(answer: Answer) -> dict[str, Any]:
        found = dict(real(answer))
        found.pop("status", None)
        for row in found.get("medias") or ():
            row.pop("status", None)
        return found

    monkeypatch.setattr(reading, "data_of", data_of)


def test_an_article_that_was_made_hidden_waits_although_the_setting_was_changed_meanwhile(it: Bench) -> None:
    made = horn_of(it, hides(it)).publish(it.message())
    assert isinstance(made, Pending)
    restarted = it.publisher()
    ending = made
    for _ in range(4):
        it.clock.move_to(ending.check_at)
        found = restarted.follow_up(it.message(), ending.receipt)
        assert isinstance(found, Pending)
        ending = found
    assert ending.receipt.details == {"waits_for": "person"}
    assert it.journal() == ()


def test_a_hidden_article_that_is_found_again_waits_although_the_setting_was_changed_meanwhile(it: Bench) -> None:
    it.sandbox.play([Fault(face="zalo", route="*/create", kind="drop_after")])
    sent_at = it.clock.now()
    assert isinstance(horn_of(it, hides(it)).publish(it.message()), Unknown)
    it.settle()
    found = it.publisher().look_up(it.message(), sent_at, {})
    assert isinstance(found, Found)
    assert found.receipt.details == {"waits_for": "person"}


def test_an_article_that_zalo_never_finishes_goes_to_a_person_and_is_asked_after_less_and_less(
    it: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending = it.publisher().publish(it.message())
    asked = say(monkeypatch, "/v2.0/article/verify", {"error": -214, "message": "Media is being processed"})
    while isinstance(ending, Pending):
        it.clock.move_to(ending.check_at)
        ending = it.publisher().follow_up(it.message(), ending.receipt)
    assert isinstance(ending, Unknown)
    assert it.clock.now() - START > timedelta(hours=6)
    assert len(asked) < 400


def test_another_article_of_the_same_title_is_not_taken_for_one_that_never_arrived(it: Bench) -> None:
    """Two items of one slot are both called "Thông báo"; the second one is lost on its way."""
    it.to_the_end(it.publisher(), it.message(text="Lịch tiêm chủng tháng 10."))
    it.sandbox.play([Fault(face="zalo", route="*/create", kind="drop_before")])
    sent_at = it.clock.now()
    assert isinstance(it.publisher().publish(it.message()), Unknown)
    it.settle()
    assert it.publisher().look_up(it.message(), sent_at, {}) == CannotTell("E632", final=True)


@pytest.mark.parametrize("seconds", [[0, 90], [-999, 90], [90, -999, 120]], ids=str)
def test_a_list_that_is_not_newest_first_proves_no_absence(
    it: Bench, monkeypatch: pytest.MonkeyPatch, seconds: list[int]
) -> None:
    """The order of Zalo's list is known from third parties only; trusting it blindly would make a second article."""
    start = int(START.timestamp())
    rows = [{"id": str(n), "title": "Bài khác", "create_date": (start + each) * 1000} for n, each in enumerate(seconds)]
    say(monkeypatch, "/v2.0/article/getslice", {"error": 0, "data": {"total": len(rows), "medias": rows}})
    found = it.publisher().look_up(it.message(), START, {})
    assert isinstance(found, CannotTell)
    assert not found.final


def test_an_article_of_which_zalo_does_not_say_that_it_is_shown_is_not_taken_for_shown(
    it: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, sent_at = it.message(options=HIDDEN), it.clock.now()
    ending = it.to_the_end(it.publisher(), message)
    without_status(monkeypatch)
    assert isinstance(ending, Pending)
    assert isinstance(it.publisher().follow_up(message, ending.receipt), Pending)
    it.settle()
    found = it.publisher().look_up(message, sent_at, {})
    assert isinstance(found, Found)
    assert found.check_at is not None
    agreed = replace(ending.receipt, details={**ending.receipt.details, "shown_by": "Nguyễn Thị Hạnh"})
    shown = it.publisher().follow_up(message, agreed)
    while isinstance(shown, Pending):
        it.clock.move_to(shown.check_at)
        shown = it.publisher().follow_up(message, shown.receipt)
    assert isinstance(shown, Done)
    assert [effect.kind for effect in it.journal()] == ["article"]


@pytest.mark.parametrize("path", ["/v2.0/article/update", "/v2.0/article/getdetail"])
def test_a_package_that_has_ended_is_told_while_an_article_lies_hidden(
    it: Bench, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    message = it.message(options=HIDDEN)
    ending = it.to_the_end(it.publisher(), message)
    assert isinstance(ending, Pending)
    agreed = replace(ending.receipt, details={"shown_by": "Nguyễn Thị Hạnh"})
    say(monkeypatch, path, {"error": -224, "message": "OA package does not include this API"})
    stopped = it.publisher().follow_up(message, agreed)
    assert isinstance(stopped, AuthNeeded)
    assert stopped.code == "E606"


def test_a_no_of_another_host_is_no_reason_to_make_an_article_once_more(
    it: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """-124 is how the host of template messages names a dead token. Of articles it is not known to be a no."""
    it.publisher()
    asked = say(monkeypatch, "/v2.0/article/create", {"error": -124, "message": "Access token is invalid"})
    assert isinstance(it.publisher().publish(it.message()), Unknown)
    assert len(asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"error": -201, "message": "token sandbox-4318657068771012646 is invalid"},
        {"error": "sandbox-4318657068771012646", "message": ""},
        {"error": -9999, "message": {"echo": "sandbox-4318657068771012646"}},
    ],
)
def test_a_token_that_zalo_repeats_does_not_reach_the_book(
    it: Bench, monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any]
) -> None:
    say(monkeypatch, "/v2.0/article/create", answer)
    ending = it.publisher().publish(it.message())
    assert isinstance(ending, Refused | Unknown)
    assert "4318657068771012646" not in ending.detail


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("api_host", "openapi.zalo.me"),
        ("api_host", "http://openapi.zalo.me"),
        ("media_base_url", "truyenthong.example.vn/anh"),
        ("media_base_url", "http://truyenthong.example.vn/anh"),
        ("media_base_url", "https://truyenthong..example.vn/anh"),
        ("media_base_url", "https://truyenthong.example.vn:cong/anh"),
        ("rest_below_percent", "²"),
        ("rest_below_percent", "101"),
        ("video_life_minutes", "9" * 17),
    ],
)
def test_a_setting_that_cannot_work_builds_no_horn_and_names_itself(it: Bench, name: str, value: str) -> None:
    it.hosts = {name: value}
    with pytest.raises(LoaError) as caught:
        it.publisher()
    assert caught.value.code == "E659"
    assert caught.value.params["detail"].startswith(name)


def test_a_login_server_that_is_no_address_is_told_before_anybody_is_asked_to_agree(it: Bench) -> None:
    it.hosts = {"oauth_host": "oauth.zaloapp.com"}
    sign_in = REGISTRY["zalo"].sign_in
    assert sign_in
    with pytest.raises(LoaError) as caught:
        sign_in.start(it.account, it.clock)
    assert caught.value.code == "E659"


@pytest.mark.parametrize(
    ("package", "line"),
    [("advance", {}), ("advanced", {"broadcasts_advanced": "bốn"}), ("basic", {"moderation_minutes": "nửa giờ"})],
)
def test_a_package_that_nobody_can_count_builds_no_horn(
    bench: Callable[[str], Bench], package: str, line: dict[str, str]
) -> None:
    it = bench("zalo-broadcast")
    it.hosts = line
    account = replace(it.account, settings={**it.account.settings, "package": package})
    with pytest.raises(LoaError) as caught:
        REGISTRY["zalo-broadcast"].build(account, it.clock, equipment=Equipment(it.sandbox.public))
    assert caught.value.code == "E659"


@pytest.mark.parametrize("line", ["bốn", "²", "-1", ""])
def test_a_quota_that_is_no_number_stops_the_plan_instead_of_allowing_everything(line: str) -> None:
    quota = REGISTRY["zalo-broadcast"].card.monthly_quota
    assert quota is not None
    assert quota({"package": "basic"}, {"broadcasts_basic": line}) == 0


def test_an_article_is_asked_after_by_the_token_that_a_restarted_process_reads_in_the_book(it: Bench) -> None:
    """Nothing that decides is kept in memory: a new horn goes on with the receipt alone."""
    ending = it.publisher().publish(it.message(options=HIDDEN))
    while isinstance(ending, Pending) and ending.receipt.details != {"waits_for": "person"}:
        it.clock.move_to(ending.check_at)
        ending = it.publisher().follow_up(it.message(options=HIDDEN), ending.receipt)
    assert isinstance(ending, Pending)
    total = ask(it, "GET", "/v2.0/article/getslice", params={"offset": 0, "limit": 10, "type": "normal"})
    assert total["data"]["total"] == 1
