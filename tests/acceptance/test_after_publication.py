"""After publication, by the command: what is wrong is corrected or taken down, what failed is tried again."""

import json
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from support.office import make_office, replace_in
from support.processes import loa, sandbox_process


class Office:
    """An office whose first item was due five minutes ago, its scheduler beating by hand against a sandbox."""

    def __init__(self, root: Path, url: str, journal: Path) -> None:
        self.root = make_office(root)
        self.url = url
        self.journal = journal
        due = datetime.now(UTC).astimezone(ZoneInfo("Asia/Ho_Chi_Minh")) - timedelta(minutes=5)
        replace_in(
            self.root / "campaigns/thu-nghiem.yaml",
            'when: {date: 2027-03-01, at: "08:00"}',
            f'when: {{date: {due:%Y-%m-%d}, at: "{due:%H:%M}"}}',
        )
        replace_in(self.root / "campaigns/thu-nghiem.yaml", "from: 2027-01-01", "from: 2026-01-01")
        replace_in(self.root / "loa.yaml", 'from: "21:00", to: "07:00"', 'from: "00:00", to: "00:00"')

    def loa(self, *words: str) -> str:
        done = loa(*words, cwd=self.root)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *words: str) -> str:
        done = loa(*words, cwd=self.root)
        assert done.returncode == 1, done.stdout
        return done.stderr

    def beat(self) -> None:
        self.loa("run", "--once", "--sandbox", self.url)

    def id_of(self, account: str) -> str:
        rows = json.loads(self.loa("status", "--json"))["deliveries"]
        return next(str(row["id"]) for row in rows if "/tin-mot/" in row["key"] and row["key"].endswith(account))

    def seen(self, kind: str) -> list[dict[str, str]]:
        lines = self.journal.read_text(encoding="utf-8").splitlines() if self.journal.exists() else []
        return [each for each in map(json.loads, lines) if each["kind"] == kind]

    def misbehave(self, *scenario: dict[str, object]) -> None:
        body = json.dumps({"scenario": scenario}).encode()
        headers = {"Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(f"{self.url}/_loa/faults", body, headers), timeout=10):
            pass


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with sandbox_process(tmp_path / "sandbox") as url:
        made = Office(tmp_path / "office", url, tmp_path / "sandbox/journal.jsonl")
        made.loa("approve", "thu-nghiem", "--item", "tin-mot", "--as", "lan")
        yield made


def test_a_post_is_corrected_with_an_approval_and_another_taken_down(office: Office) -> None:
    office.beat()
    assert len(office.seen("post")) == 2
    (office.root / "content/dinh-chinh.md").write_text("Lời đúng: gọi 1022.\n", encoding="utf-8")
    told = office.loa("correct", office.id_of("fb-tinh"), "--text", "content/dinh-chinh.md", "--as", "Trần Văn Bình")
    command = told.partition("loa ")[2].replace("TÊN", "lan").split()
    office.beat()
    assert office.seen("revise") == []
    office.loa(*command)
    office.loa("takedown", office.id_of("fb-xa"), "--as", "lan", "--why", "Sai đối tượng")
    office.beat()
    assert [each["text"] for each in office.seen("revise")] == ["Lời đúng: gọi 1022."]
    assert len(office.seen("remove")) == 1
    told = office.loa("status")
    assert "Đã gỡ khỏi kênh (Nguyễn Thị Lan: Sai đối tượng)" in " ".join(told.split())
    assert "E564" in office.refused("takedown", office.id_of("fb-xa"), "--as", "lan", "--why", "Sai")
    office.loa("report", "--folder", "bao-cao")
    rows = (office.root / "bao-cao/deliveries.csv").read_text(encoding="utf-8-sig")
    assert (rows.count("/tin-mot/"), rows.count("!")) == (2, 0)


def test_what_a_dead_token_stopped_goes_on_with_retry_and_what_is_done_stays(office: Office) -> None:
    office.misbehave({"face": "facebook", "route": "*/feed", "kind": "token_expired", "nth": 2})
    office.beat()
    assert len(office.seen("post")) == 1
    told = office.loa("retry", "thu-nghiem", "--as", "lan")
    assert "Đã mở lại tài khoản" in told
    office.beat()
    assert len(office.seen("post")) == 2
    assert "E561" in office.refused("retry", "--as", "lan")
    assert "E565" in office.refused("resume", "--account", "fb-xa")
    assert "E563" in office.refused("decide", office.id_of("fb-xa"), "show", "--as", "lan")
