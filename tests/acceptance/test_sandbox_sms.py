"""``loa sandbox sms`` as staff meet it: what it tells, what it serves, and that the same seed gives the same day."""

import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from support.gateways import ask, esms, kannel
from support.office import make_office, replace_in
from support.planted import phone
from support.processes import LOA, clean_environment, loa, start_loa

from loa.sandbox import Sandbox


class _Elsewhere(Sandbox):
    """A sandbox in another process, by its address."""

    def __init__(self, url: str) -> None:
        self._elsewhere = url

    @property
    def url(self) -> str:
        return self._elsewhere


@contextmanager
def served(office: Path, *words: str) -> Iterator[tuple[_Elsewhere, str]]:
    """The sandbox of an office, and all that it said when it started."""
    process = subprocess.Popen(
        [*LOA, "sandbox", *words, "--port", "0"],
        cwd=office,
        env=clean_environment() | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said = ""
    try:
        while not said.endswith('"balance": 0}}\'\n') and "sms" in words:
            said += process.stdout.readline()
        said += "" if said else process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert found is not None
        yield _Elsewhere(found[0]), said
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        process.stdout.close()


def test_it_tells_where_the_gateways_are_and_how_a_citizen_answers(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    with served(office, "sms", "--seed", "7") as (sandbox, said):
        for gateway in ("esms", "speedsms", "kannel", "smsgate", "twilio", "infobip"):
            assert f"{gateway}_host: {sandbox.url}/{gateway}" in said
        assert f"{sandbox.url}/#sms" in said
        assert all(f"…000{digit}" in said for digit in range(10))
        state = ask(f"{sandbox.url}/_loa/sms").json
        assert (state["seed"], state["rules"]["magic"]) == (7, True)
        assert esms(sandbox, f"+84{phone(1)[1:]}").json["CodeResult"] == "100"
        handset = ask(f"{sandbox.url}/_loa/sms/handsets").json[0]["id"]
        answered = ask(f"{sandbox.url}/_loa/sms/inbound", {"handset": handset, "text": "TC"}).json
        assert datetime.fromisoformat(ask(f"{sandbox.url}/_loa/clock").json["now"]).tzinfo is not None
        assert (answered["to"], answered["heard"]) == ("UBNDKimLien", False), "eSMS brings no answers"
        assert "không chuyển tin trả lời" in ask(sandbox.url).text
        assert phone(1)[1:] not in ask(sandbox.url).text


def test_without_the_word_the_last_digits_mean_nothing(tmp_path: Path) -> None:
    with served(make_office(tmp_path)) as (sandbox, _):
        assert ask(f"{sandbox.url}/_loa/sms").json["rules"]["magic"] is False


def test_a_citizens_refusal_on_the_wall_reaches_the_office_that_runs_against_it(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    replace_in(office / "loa.yaml", "{brandname: TINHMAU}", "{gateway: kannel, brandname: TINHMAU, username: loa}")
    replace_in(office / "loa.yaml", "{api_key: sms-key, secret_key: sms-secret}", "{password: sms-key}")
    with served(office, "sms") as (sandbox, _):
        run = start_loa("run", "--sandbox", sandbox.url, "--every", "1", cwd=office)
        try:
            until(lambda: "kannel/TINHMAU" in ask(f"{sandbox.url}/_loa/sms").json["rules"]["webhooks"])
            kannel(sandbox, f"+84{phone(1)[1:]}", password="sandbox-sms-tinh", **{"from": "TINHMAU"})
            handset = ask(f"{sandbox.url}/_loa/sms/handsets").json[0]["id"]
            assert ask(f"{sandbox.url}/_loa/sms/inbound", {"handset": handset, "text": "TC"}).json["heard"]
            assert "không chuyển tin trả lời" not in ask(sandbox.url).text
            until(lambda: "1 số từ chối" in loa("recipients", "stats", cwd=office).stdout)
        finally:
            run.send_signal(signal.SIGINT)
            run.wait(timeout=30)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.5)
