"""The command as staff and machines meet it: languages, exit codes, JSON, and what it says when it is misused."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.office import make_office, replace_in
from support.processes import LOA, clean_environment, start_loa

from loa.wiring.cards import cards

VERBS = (
    "init",
    "check",
    "schema",
    "rules",
    "timetable",
    "render",
    "preview",
    "proof",
    "approve",
    "return",
    "run",
    "worker",
    "webhooks",
    "rehearse",
    "status",
    "metrics",
    "decide",
    "retry",
    "correct",
    "takedown",
    "plan",
    "cost",
    "report",
    "insights",
    "stop",
    "resume",
    "doctor",
    "verify",
    "backup",
    "restore",
    "migrate-store",
    "login",
    "sandbox",
    "demo",
    "alerts",
    "template",
    "secret",
    "people",
    "recipients",
    "sms",
    "brand",
    "service",
    "event",
    "handoff",
    "log",
    "pack",
    "feedback",
)
SPAN = ("--from", "2027-02-28", "--to", "2027-03-31")
DEAD = "http://127.0.0.1:9"
VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_office(tmp_path_factory.mktemp("made"))


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "office")


def loa(
    *words: str | Path, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one verb to its end; what it writes must be UTF-8."""
    return subprocess.run(
        [*LOA, *map(str, words)],
        cwd=cwd,
        env=clean_environment() | dict(environment or {}),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_help_lists_every_verb(tmp_path: Path) -> None:
    told = loa("--help", cwd=tmp_path)
    listed = re.findall(r"^  ([a-z-]+)  +\S", told.stdout.partition("Các lệnh:")[2], re.MULTILINE)
    assert tuple(listed) == VERBS
    assert told.returncode == 0


def test_nothing_asked_is_answered_with_help(tmp_path: Path) -> None:
    assert loa(cwd=tmp_path).stdout == loa("--help", cwd=tmp_path).stdout


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_in_both_languages(verb: str, tmp_path: Path) -> None:
    vi, en = loa(verb, "--help", cwd=tmp_path), loa(verb, "--help", "--lang", "en", cwd=tmp_path)
    assert (vi.returncode, en.returncode, vi.stderr, en.stderr) == (0, 0, "", "")
    assert vi.stdout.startswith("Cách dùng: ")
    assert not re.search(r"Usage|Options|Arguments|\[(required|default|OPTIONS)|Show this", vi.stdout)
    assert en.stdout.startswith("Usage: ")
    assert not VIETNAMESE.search(en.stdout), en.stdout
    assert _options(vi.stdout) == _options(en.stdout)


def _options(text: str) -> list[str]:
    return re.findall(r"^  (--[a-z-]+)", text, re.MULTILINE)


def test_the_language_may_come_from_the_environment_and_stand_anywhere(tmp_path: Path) -> None:
    english = loa("check", "--help", "--lang=en", cwd=tmp_path).stdout
    assert loa("--lang", "en", "check", "--help", cwd=tmp_path).stdout == english
    assert loa("check", "--help", cwd=tmp_path, environment={"LOA_LANG": "en"}).stdout == english


@pytest.mark.parametrize("words", [("--lang", "fr", "check"), ("check", "--lang"), ("check", "--lang=")])
def test_a_language_that_is_not_there_is_refused(words: tuple[str, ...], office: Path) -> None:
    told = loa(*words, cwd=office)
    assert told.returncode == 2
    assert "vi | en" in told.stderr


MISUSES = [
    (("chek",), "Không có lệnh “chek”. Có phải ý bạn là 'check'", "No such command 'chek'. Did you mean 'check'"),
    (("init",), "Thiếu tham số folder.", "Missing argument 'folder'."),
    (("init", "a", "b"), "Thừa tham số: b", "Got unexpected extra argument(s) (b)"),
    (("approve", "x"), "Thiếu tùy chọn --as.", "Missing option '--as'."),
    (("check", "--jsn"), "Không có tùy chọn --jsn.", "No such option: --jsn"),
    (("status", "--jso"), "Không có tùy chọn --jso. Gần giống: --json", "(Possible options: --json)"),
    (("report", "--folder"), "Tùy chọn --folder cần một giá trị.", "Option '--folder' requires an argument."),
    (("run", "--once=1"), "Tùy chọn --once không nhận giá trị.", "Option '--once' does not take a value."),
    (("run", "--every", "a"), "Giá trị không hợp lệ cho --every: cần một số nguyên", "Invalid value for"),
    (("run", "--every", "0"), "Giá trị không hợp lệ cho --every: nhỏ nhất là 1", "Invalid value for"),
    (("run", "--every", "301"), "Giá trị không hợp lệ cho --every: lớn nhất là 300", "Invalid value for"),
    (("timetable", "--from", "mai"), "“mai” không phải ngày dạng năm-tháng-ngày", "“mai” is not a date"),
    (("timetable", "--from", "2027-02-02", "--to", "2027-02-01"), "--to phải sau --from", "--to must come after"),
    (("run", "--sandbox", "http://192.0.2.1:80"), "Bãi tập chỉ ở trên máy này", "A sandbox is on this machine"),
    (("timetable", "thu-nghie"), "Có phải ý bạn là “thu-nghiem”?", "Did you mean “thu-nghiem”?"),
]


@pytest.mark.parametrize(("words", "vi", "en"), MISUSES, ids=[" ".join(words) for words, *_ in MISUSES])
def test_a_command_written_wrongly_is_told_on_standard_error(
    words: tuple[str, ...], vi: str, en: str, office: Path
) -> None:
    for told, sentence in ((loa(*words, cwd=office), vi), (loa(*words, "--lang", "en", cwd=office), en)):
        assert told.returncode == 2
        assert told.stdout == ""
        assert sentence in " ".join(told.stderr.split())
        assert ("Error" in told.stderr) == (sentence is en)


def test_outside_of_a_workspace_every_verb_says_what_to_do(tmp_path: Path) -> None:
    for words in (("check",), ("status",), ("run", "--once"), ("timetable",), ("approve", "x", "--as", "y")):
        told = loa(*words, cwd=tmp_path)
        assert (told.returncode, told.stdout) == (1, ""), words
        assert "E201" in told.stderr
        assert "loa init" in told.stderr


def test_a_workspace_without_problems_is_zero_and_with_problems_one(office: Path) -> None:
    assert loa("check", cwd=office).returncode == 0
    replace_in(office / "campaigns/thu-nghiem.yaml", "content: [content/tin-hai.md]", "content: [content/tin-ha.md]")
    replace_in(office / "campaigns/thu-nghiem.yaml", "units: [tinh-mau, xa-mot]", "units: [tinh-mau, xa-mott]")
    told = loa("check", cwd=office)
    assert told.returncode == 1
    assert "content/tin-ha.md" in told.stderr
    assert "xa-mott" in told.stderr
    assert "campaigns/thu-nghiem.yaml:" in told.stderr


def test_problems_as_json_are_on_standard_output_and_change_no_exit_code(office: Path) -> None:
    assert json.loads(loa("check", "--format", "json", cwd=office).stdout) == []
    replace_in(office / "campaigns/thu-nghiem.yaml", "units: [tinh-mau, xa-mot]", "units: [tinh-mau, xa-mott]")
    told = loa("check", "--format", "json", cwd=office)
    assert (told.returncode, told.stderr) == (1, "")
    problems = json.loads(told.stdout)
    assert [(problem["file"], problem["severity"]) for problem in problems] == [("campaigns/thu-nghiem.yaml", "error")]


def test_what_a_machine_may_read_is_one_json_document(office: Path) -> None:
    slots = json.loads(loa("timetable", *SPAN, "--json", cwd=office).stdout)["slots"]
    assert len(slots) == 4
    made = json.loads(loa("render", *SPAN, "--json", cwd=office).stdout)
    assert len(made["assets"]) == 1
    assert made["new"] == 4
    approved = json.loads(loa("approve", "thu-nghiem", "--as", "lan", "--item", "tin-mot", "--json", cwd=office).stdout)
    assert len(approved) == 2
    first = str(approved[0]["id"])
    note = ("--note", "sai số", "--only", first, "--json")
    returned = json.loads(loa("return", "thu-nghiem", "--as", "lan", *note, cwd=office).stdout)
    assert [row["id"] for row in returned] == [approved[0]["id"]]
    standing = json.loads(loa("status", "--json", cwd=office).stdout)
    assert standing["counts"] == {"approved": 1, "awaiting_approval": 3}


def test_the_timetable_tells_what_each_slot_and_each_month_costs(office: Path) -> None:
    account = "  - {id: x-tinh, channel: x, unit: tinh-mau, name: X, settings: {user_id: '1'}, secrets: {"
    account += ", ".join(f"{role}: k" for role in cards()["x"].account_secrets) + "}}\nreviewers:\n"
    replace_in(office / "loa.yaml", "reviewers:\n", account)
    campaign = office / "campaigns/thu-nghiem.yaml"
    assert "USD" not in loa("timetable", *SPAN, cwd=office).stdout
    replace_in(campaign, "      facebook: {}\n", "      facebook: {}\n      x: {}\n")
    replace_in(campaign, "facebook: {asset", "x: {link: https://a.vn}\n      facebook: {asset")
    shown = loa("timetable", *SPAN, cwd=office).stdout
    assert "Chi phí dự kiến thu-nghiem, tháng 03/2027: ≈ 0,215 USD" in shown
    told = json.loads(loa("timetable", *SPAN, "--json", cwd=office).stdout)
    prices = {slot["key"]: slot["price_usd"] for slot in told["slots"]}
    assert prices["thu-nghiem/tin-mot/2027-03-01/tinh-mau"] == 0.015
    assert prices["thu-nghiem/tin-mot/2027-03-01/xa-mot"] == 0
    assert prices["thu-nghiem/tin-ba/2027-03-03/tinh-mau"] == 0.2
    assert told["costs"] == [{"campaign": "thu-nghiem", "month": "03/2027", "price_usd": 0.215}]
    replace_in(campaign, "      x: {}\n", "      x: {text: '{{ fact.khong-co }}'}\n")
    done = loa("timetable", *SPAN, cwd=office)
    assert "tin-mot" in done.stdout or "Tin thứ nhất" in done.stdout
    assert "loa check" in done.stderr
    (office / "content/tin-mot.md").unlink()
    assert "loa check" in loa("timetable", *SPAN, cwd=office).stderr


def test_the_schemas_for_editors_are_json(office: Path) -> None:
    written = loa("schema", cwd=office).stdout.split()
    assert {Path(path).name.split(".")[0] for path in written} == {
        "loa", "campaign", "plan", "terms", "template", "audio", "shared", "brand", "preview", "rules",
    }  # fmt: skip
    assert all("object" in json.loads((office / path).read_text("utf-8"))["type"] for path in written)


def test_a_plain_locale_changes_nothing(office: Path) -> None:
    plain = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for words in (("--help",), ("check",), ("timetable", *SPAN), ("timetable", "--from", "mai"), ("status",)):
        usual, told = loa(*words, cwd=office), loa(*words, cwd=office, environment=plain)
        assert (told.returncode, told.stdout, told.stderr) == (usual.returncode, usual.stdout, usual.stderr), words


INTERRUPTED = """
import signal, sys
waiting = [sys.argv.pop()]
def interrupt(event, values):
    if event == "import" and values[0] in waiting:
        waiting.clear()
        signal.raise_signal(signal.SIGINT)
sys.addaudithook(interrupt)
from loa.cli import main
main()
"""


@pytest.mark.parametrize("module", ["loa.cli.command", "loa.errors", "loa.cli.verbs", "typer.main"])
def test_ctrl_c_while_the_program_still_starts_ends_it_without_a_word(tmp_path: Path, module: str) -> None:
    command = [sys.executable, "-c", INTERRUPTED, "--help", module]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")


def test_a_stop_is_told_and_taken_back(office: Path) -> None:
    assert loa("stop", "--why", "tin sai số liệu", cwd=office).returncode == 0
    assert "tin sai số liệu" in loa("status", cwd=office).stdout
    assert "loa resume" in loa("run", "--once", "--sandbox", DEAD, cwd=office).stdout
    assert loa("resume", cwd=office).returncode == 0
    assert "tin sai số liệu" not in loa("status", cwd=office).stdout


def test_a_second_scheduler_says_who_holds_the_workspace(office: Path) -> None:
    first = start_loa("run", "--sandbox", DEAD, cwd=office)
    try:
        card = office / "var/scheduler.json"
        deadline = time.monotonic() + 60
        while not card.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        second = loa("run", "--once", "--sandbox", DEAD, cwd=office)
        assert second.returncode == 1
        assert "E703" in second.stderr
        assert f"tiến trình {first.pid}" in second.stderr
        os.kill(first.pid, signal.SIGINT)
        assert first.wait(timeout=30) in (0, 130)
    finally:
        first.kill()
        first.wait()
    assert loa("run", "--once", "--sandbox", DEAD, cwd=office).returncode == 0
