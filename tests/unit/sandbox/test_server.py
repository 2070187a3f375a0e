from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from loa.clock import SimulatedClock, SystemClock
from loa.errors import LoaError
from loa.sandbox import Fault, Sandbox, read_journal

START = datetime(2026, 10, 10, 1, 0, tzinfo=UTC)
SEND = "/esms/MainService.svc/json/SendMultipleMessage_V4_post_json/"


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with Sandbox(tmp_path / "sb", clock=SimulatedClock(START), names={"10": "UBND xã <Kim Liên>"}) as running:
        yield running


def ask(url: str, body: object = None, **headers: str) -> tuple[int, dict[str, str], str]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read().decode()


def post(sandbox: Sandbox, text: str, token: str = "sandbox-1") -> int:  # noqa: S107 - a sandbox token
    url = f"{sandbox.url}/facebook/v26.0/10/feed"
    return ask(url, {"message": text}, Authorization=f"Bearer {token}")[0]


def test_every_answer_is_marked_as_a_sandbox(sandbox: Sandbox) -> None:
    for path in ("/", "/nowhere", "/facebook/v26.0/10"):
        assert ask(sandbox.url + path)[1]["x-loa-sandbox"] == "1"


def test_it_answers_to_names_of_this_machine_only(sandbox: Sandbox) -> None:
    assert ask(sandbox.url + "/", Host="bad.example")[0] == 403
    assert ask(sandbox.url + "/", Host="localhost")[0] == 200


def test_a_real_token_opens_nothing(sandbox: Sandbox) -> None:
    assert post(sandbox, "Xin chào", "EAAGm0PX4ZCpsBA") == 401
    assert read_journal(sandbox.journal) == ()


def test_a_mapping_of_tokens_binds_each_to_its_account(tmp_path: Path) -> None:
    with Sandbox(tmp_path, clock=SimulatedClock(START), tokens={"khoa-10": "10", "khoa-11": "11"}) as sandbox:
        assert post(sandbox, "Xin chào", "khoa-11") == 401
        assert post(sandbox, "Xin chào", "sandbox-10") == 401
        assert post(sandbox, "Xin chào", "khoa-10") == 200


def test_the_clock_moves_from_outside_and_stamps_the_journal(sandbox: Sandbox) -> None:
    moved = ask(f"{sandbox.url}/_loa/clock", {"now": "2026-10-11T08:00:00+07:00"})
    assert json.loads(moved[2]) == {"now": "2026-10-11T01:00:00+00:00"}
    post(sandbox, "Xin chào")
    assert read_journal(sandbox.journal)[0].at == "2026-10-11T01:00:00+00:00"


def test_a_moment_without_a_zone_is_refused(sandbox: Sandbox) -> None:
    assert ask(f"{sandbox.url}/_loa/clock", {"now": "2026-10-11T08:00:00"})[0] == 400


def test_a_sandbox_on_real_time_keeps_its_clock(tmp_path: Path) -> None:
    with Sandbox(tmp_path, clock=SystemClock()) as sandbox:
        status, _, body = ask(f"{sandbox.url}/_loa/clock", {"now": "2026-10-11T08:00:00+07:00"})
    assert (status, json.loads(body)) == (400, {"error": "E854"})


def test_a_scenario_comes_in_over_http(sandbox: Sandbox) -> None:
    scenario = [{"face": "facebook", "route": "*/feed", "nth": 2, "kind": "error500_before"}]
    assert ask(f"{sandbox.url}/_loa/faults", {"scenario": scenario})[0] == 200
    assert [post(sandbox, text) for text in ("một", "hai", "ba")] == [200, 500, 200]


def test_a_wrong_line_of_a_scenario_is_refused(sandbox: Sandbox) -> None:
    for line in ({"face": "facebook", "kind": "explode"}, {"face": "facebook", "kind": "delay", "when": 1}):
        status, _, body = ask(f"{sandbox.url}/_loa/faults", {"scenario": [line]})
        assert (status, json.loads(body)) == (400, {"error": "E853"})


def test_the_journal_can_be_asked_for(sandbox: Sandbox) -> None:
    post(sandbox, "Xin chào")
    (line,) = json.loads(ask(f"{sandbox.url}/_loa/journal")[2])
    assert (line["platform"], line["account"], line["text"]) == ("facebook", "10", "Xin chào")


def test_the_page_shows_words_and_runs_none_of_them(sandbox: Sandbox) -> None:
    post(sandbox, "Xem https://nghean.gov.vn #NgheAn <script>alert(1)</script>")
    status, headers, page = ask(sandbox.url + "/")
    assert status == 200
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert '<span class="link">https://nghean.gov.vn</span>' in page
    assert "UBND xã &lt;Kim Liên&gt;" in page


def test_a_receipt_leads_to_its_place_on_the_page(sandbox: Sandbox) -> None:
    post(sandbox, "Xin chào")
    post_id = read_journal(sandbox.journal)[0].id
    page = ask(f"{sandbox.url}/see/{post_id}")[2]
    assert f'id="p{post_id}"' in page


def test_a_written_page_opens_without_a_server(sandbox: Sandbox, tmp_path: Path) -> None:
    post(sandbox, "Xin chào")
    place = sandbox.write_page(tmp_path / "citizens")
    assert "Xin chào" in place.read_text(encoding="utf-8")
    assert (place.parent / "wall.css").exists()
    assert 'href="wall.css"' in place.read_text(encoding="utf-8")


def test_a_taken_port_is_named(sandbox: Sandbox, tmp_path: Path) -> None:
    second = Sandbox(tmp_path / "second", port=int(sandbox.url.rpartition(":")[2]))
    with pytest.raises(LoaError) as caught:
        second.start()
    second.stop()
    assert caught.value.code == "E851"


def test_a_journal_is_continued(tmp_path: Path) -> None:
    for text in ("một", "hai"):
        with Sandbox(tmp_path, clock=SimulatedClock(START)) as sandbox:
            assert post(sandbox, text) == 200
    effects = read_journal(tmp_path / "journal.jsonl")
    assert [(each.seq, each.text) for each in effects] == [(1, "một"), (2, "hai")]
    assert effects[0].id != effects[1].id


def test_it_runs_as_its_own_process(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    command = [sys.executable, "-m", "loa.sandbox", "--journal", str(journal), "--clock", "simulated"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["url"]
        assert ask(f"{url}/_loa/clock", {"now": START.isoformat()})[0] == 200
        assert ask(f"{url}/facebook/v26.0/10/feed", {"message": "Chào"}, Authorization="Bearer sandbox-1")[0] == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    assert [each.at for each in read_journal(journal)] == [START.isoformat()]


def test_a_key_is_remembered_for_a_day(sandbox: Sandbox) -> None:
    body = {
        "ApiKey": "sandbox-a",
        "SecretKey": "sandbox-a",
        "Phone": "0912345678",
        "Content": "Chào",
        "Brandname": "UBNDXa",
        "SmsType": "2",
        "IsUnicode": "0",
        "Sandbox": "0",
        "RequestId": "khoa-1",
    }

    def send() -> str:
        return str(json.loads(ask(sandbox.url + SEND, body)[2])["CodeResult"])

    codes = [send(), send()]
    ask(f"{sandbox.url}/_loa/clock", {"now": "2026-10-11T08:00:01+07:00"})
    assert [*codes, send()] == ["100", "124", "100"]


def test_letters_beyond_the_cheap_alphabet_are_lost_when_sent_the_cheap_way(sandbox: Sandbox) -> None:
    body = {"ApiKey": "sandbox-a", "SecretKey": "sandbox-a", "Phone": "0912345678", "Brandname": "UBNDXa"}
    ask(sandbox.url + SEND, body | {"Content": "Đề nghị", "SmsType": "2", "IsUnicode": "0", "RequestId": "1"})
    assert read_journal(sandbox.journal)[0].text == "?? ngh?"


def test_the_status_page_counts_calls_answers_and_faults(sandbox: Sandbox) -> None:
    sandbox.play([Fault(face="facebook", route="*/feed", kind="error500_before", nth=2)])
    assert [post(sandbox, text) for text in ("một", "hai", "ba")] == [200, 500, 200]
    found = json.loads(ask(f"{sandbox.url}/_loa/status")[2])
    face = next(each for each in found["faces"] if each["name"] == "facebook")
    assert face["calls"] == {"200": 2, "500": 1}
    assert face["effects"] == {"post": 2}
    assert [(line["kind"], line["matched"], line["struck"]) for line in found["faults"]] == [("error500_before", 3, 1)]
    status, headers, page = ask(f"{sandbox.url}/_loa/")
    assert (status, headers["x-loa-sandbox"]) == (200, "1")
    assert "500 × 1" in page
    assert "error500_before" in page


def test_a_page_of_another_site_cannot_steer_the_sandbox(sandbox: Sandbox) -> None:
    request = urllib.request.Request(
        f"{sandbox.url}/_loa/faults",
        data=b"{}",
        headers={"Origin": "https://xau.example", "Content-Type": "text/plain"},
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=5)
    with caught.value as answer:
        assert answer.code == 403


def test_no_fault_spoils_the_sandbox_own_handles(sandbox: Sandbox) -> None:
    sandbox.play([Fault(face="*", method="*", kind="error500_before", times=99)])
    assert ask(f"{sandbox.url}/_loa/status")[0] == 200
    assert ask(sandbox.url + "/")[0] == 200
