"""The ways to the office: a command, a letter, a web address. Each is bounded, and none carries a secret out."""

import json
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from support.mail import certificate_for, mail_server
from support.office import make_office
from support.planted import PLANTED

from loa.alerts import Notice, Way
from loa.alerts.ways import Mailbox, run_command, send_mail
from loa.errors import LoaError, ProblemsFound
from loa.wiring.alerts import ways_of
from loa.workspace import open_workspace

DATA = {"kind": "late", "count": 3}
NOTICE = Notice("[Loa] UBND tỉnh Mẫu: 3 lượt gửi trễ", "Trễ giờ phát.\n→ Xem loa status\n", DATA)
WRITES = """
import os, sys
open("heard.json", "wb").write(sys.stdin.buffer.read())
open("environment.txt", "w").write(str(dict(os.environ)))
"""


def office_with(folder: Path, alerts: str) -> Path:
    root = make_office(folder / "office")
    with (root / "loa.yaml").open("a", encoding="utf-8") as file:
        file.write(f"alerts:\n{alerts}")
    return root


def way_of(folder: Path, alerts: str) -> Way:
    (way,) = ways_of(open_workspace(office_with(folder, alerts)))
    return way


def test_a_command_gets_the_notice_as_json_and_none_of_our_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOA_SECRET_SMS_KEY", PLANTED["sms-api-key"])
    monkeypatch.setenv("LOA_DATABASE_URL", "postgresql://u:p@127.0.0.1/x")
    run_command([sys.executable, "-c", WRITES], tmp_path, NOTICE)
    told = json.loads((tmp_path / "heard.json").read_bytes())
    assert told == {"subject": NOTICE.subject, "text": NOTICE.body, "kind": "late", "count": 3}
    environment = (tmp_path / "environment.txt").read_text()
    assert "LOA_" not in environment
    assert "PATH" in environment


def test_a_command_is_started_without_a_shell(tmp_path: Path) -> None:
    code = "import sys; assert sys.argv[1] == '; touch $(x)'"
    run_command([sys.executable, "-c", code, "; touch $(x)"], tmp_path, NOTICE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("argv", "detail"),
    [([sys.executable, "-c", "raise SystemExit(3)"], "3"), (["khong-co-lenh-nay"], "FileNotFoundError")],
)
def test_a_command_that_fails_is_told(tmp_path: Path, argv: list[str], detail: str) -> None:
    with pytest.raises(LoaError) as caught:
        run_command(argv, tmp_path, NOTICE)
    assert (caught.value.code, caught.value.params["detail"]) == ("E987", detail)


def test_a_command_that_hangs_is_ended_with_whatever_it_started(tmp_path: Path) -> None:
    code = (
        "import os, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "open('pids', 'w').write(f'{os.getpid()} {child.pid}')\ntime.sleep(600)\n"
    )
    with pytest.raises(LoaError, match="E987"):
        run_command([sys.executable, "-c", code], tmp_path, NOTICE, seconds=3)
    for pid in (tmp_path / "pids").read_text().split():
        assert not _lives(int(pid))


def _lives(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return False
        if state == "Z":
            return False
        time.sleep(0.05)
    return True


def test_a_letter_arrives_in_vietnamese(tmp_path: Path) -> None:
    with mail_server() as server:
        way = way_of(tmp_path, f"  - {{email: canbo@mau.gov.vn, smtp: '{server.place}', sender: loa@mau.gov.vn}}\n")
        way.tell(NOTICE)
    (letter,) = server.letters
    assert (letter["Subject"], letter["From"], letter["To"]) == (NOTICE.subject, "loa@mau.gov.vn", "canbo@mau.gov.vn")
    assert letter.get_content().replace("\r\n", "\n") == NOTICE.body
    assert letter["Auto-Submitted"] == "auto-generated"


def test_a_password_travels_only_inside_tls_and_comes_from_the_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certificate_for(tmp_path, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("LOA_SECRET_SMTP_LOA", PLANTED["sms-secret-key"])
    with mail_server(certificate=certificate, login=True) as server:
        login = "smtp_user: loa, smtp_password: smtp-loa"
        way_of(tmp_path, f"  - {{email: canbo@mau.gov.vn, smtp: '{server.place}', {login}}}\n").tell(NOTICE)
    assert server.logins == [("loa", PLANTED["sms-secret-key"])]
    assert server.secure == [True]


def test_a_secret_that_is_not_there_is_told(tmp_path: Path) -> None:
    login = "smtp_user: loa, smtp_password: smtp-loa"
    with pytest.raises(LoaError) as caught:
        way_of(tmp_path, f"  - {{email: canbo@mau.gov.vn, smtp: '127.0.0.1:9', {login}}}\n").tell(NOTICE)
    assert (caught.value.code, caught.value.params["secret"]) == ("E704", "smtp-loa")


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(tmp_path: Path) -> None:
    with mail_server(certificate=certificate_for(tmp_path, "127.0.0.1")) as server:
        with pytest.raises(LoaError, match="E999"):
            send_mail(Mailbox(server.place, "a@mau.gov.vn", "b@mau.gov.vn"), NOTICE)
        assert server.letters == []


def test_beyond_this_machine_no_letter_goes_without_tls() -> None:
    with mail_server("127.0.0.2") as server:  # an address that is not known to be this machine's own
        with pytest.raises(LoaError, match="E999"):
            send_mail(Mailbox(server.place, "a@mau.gov.vn", "b@mau.gov.vn"), NOTICE)
        assert server.letters == []


def test_a_letter_that_is_refused_is_told_with_the_code_of_the_server() -> None:
    with mail_server() as server:
        server.refuse = "452 Requested action not taken: insufficient system storage"
        with pytest.raises(LoaError) as caught:
            send_mail(Mailbox(server.place, "a@mau.gov.vn", "b@mau.gov.vn"), NOTICE)
    assert "452" in caught.value.params["detail"]


def test_a_mail_server_that_trickles_for_ever_is_left(tmp_path: Path) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def trickle() -> None:
        line, _ = listening.accept()
        with line:
            while not ended.wait(0.1):
                try:
                    line.sendall(b"220-")
                except OSError:
                    return

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        with pytest.raises(LoaError, match="E999"):
            send_mail(Mailbox(f"127.0.0.1:{listening.getsockname()[1]}", "a@b.vn", "c@d.vn"), NOTICE, seconds=1)
    finally:
        ended.set()
        thread.join()
        listening.close()


class _Listener(BaseHTTPRequestHandler):
    heard: list[tuple[str, bytes]]
    answer: int

    def do_POST(self) -> None:
        self.heard.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.answer)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST  # noqa: N815 - the library's name

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def listener(answer: int) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """A web server that answers so; its address and what it heard."""
    heard: list[tuple[str, bytes]] = []
    handler = type("_Handler", (_Listener,), {"heard": heard, "answer": answer})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", heard
        finally:
            server.shutdown()
            thread.join()


def test_a_web_address_gets_the_notice_as_json(tmp_path: Path) -> None:
    with listener(204) as (url, heard):
        way_of(tmp_path, f"  - {{webhook: '{url}/bao?ma=1'}}\n").tell(NOTICE)
    ((path, body),) = heard
    assert path == "/bao?ma=1"
    assert json.loads(body)["subject"] == NOTICE.subject


@pytest.mark.parametrize("answer", [302, 307, 404, 500])
def test_any_other_answer_is_a_failure_and_no_redirect_is_followed(tmp_path: Path, answer: int) -> None:
    with listener(answer) as (url, heard):
        with pytest.raises(LoaError) as caught:
            way_of(tmp_path, f"  - {{webhook: '{url}/bao?ma=1'}}\n").tell(NOTICE)
        assert len(heard) == 1
    assert caught.value.params == {"way": f"{url}/bao", "detail": f"HTTP {answer}"}


def test_a_way_keeps_its_name_while_its_settings_stay(tmp_path: Path) -> None:
    first = way_of(tmp_path, "  - {email: a@mau.gov.vn, smtp: smtp.mau.gov.vn, on: [late, auth]}\n")
    second = way_of(tmp_path / "x", "  - {email: a@mau.gov.vn, smtp: khac.mau.gov.vn}\n")
    other = way_of(tmp_path / "y", "  - {email: b@mau.gov.vn, smtp: smtp.mau.gov.vn}\n")
    assert first.id == second.id != other.id
    assert (first.name, tuple(first.kinds)) == ("a@mau.gov.vn", ("late", "auth"))


@pytest.mark.parametrize(
    ("written", "code", "key"),
    [
        ("{}", "E997", ""),
        ("{command: [a], webhook: https://a.vn}", "E997", ""),
        ("{email: canbo, smtp: a.vn}", "E998", "email"),
        ("{email: a@b.vn}", "E998", "smtp"),
        ("{email: a@b.vn, smtp: 'a.vn:99999'}", "E998", "smtp"),
        ("{email: a@b.vn, smtp: a.vn, sender: loa}", "E998", "sender"),
        ("{email: a@b.vn, smtp: a.vn, smtp_user: loa}", "E998", "smtp_password"),
        ("{email: a@b.vn, smtp: a.vn, smtp_password: x}", "E998", "smtp_user"),
        ("{email: a@b.vn, smtp: a.vn, smtp_user: u, smtp_password: 'Mật khẩu thật!'}", "E998", "smtp_password"),
        ("{webhook: 'http://a.vn/x'}", "E998", "webhook"),
        ("{webhook: 'https://u:p@a.vn/x'}", "E998", "webhook"),
        ("{command: ['']}", "E998", "command"),
    ],
)
def test_a_way_that_cannot_work_is_told_at_its_place(tmp_path: Path, written: str, code: str, key: str) -> None:
    root = office_with(tmp_path, f"  - {written}\n")
    line = len((root / "loa.yaml").read_text("utf-8").splitlines())
    with pytest.raises(ProblemsFound) as caught:
        open_workspace(root)
    (problem,) = caught.value.problems()
    assert (problem.code, problem.params.get("key", "")) == (code, key)
    assert problem.place is not None
    assert (problem.place.file, problem.place.line) == ("loa.yaml", line)
    assert "Mật khẩu thật" not in problem.place.source_line


def test_the_password_of_the_mail_server_is_among_the_secrets_that_are_asked_for(tmp_path: Path) -> None:
    login = "smtp_user: loa, smtp_password: smtp-loa"
    root = office_with(tmp_path, f"  - {{email: a@b.vn, smtp: a.vn, {login}}}\n")
    assert open_workspace(root).secret_names()["smtp-loa"] == ("alerts",)
