"""One book on PostgreSQL, a leader, a stand-by and workers as processes, and what may happen to machines.

``LOA_TEST_MACHINES`` multiplies the sizes: 1 in CI, 10 and more for the full size.
"""

import os
import random
import shutil
import signal
import time
from pathlib import Path

import psycopg
import pytest
from support.processes import loa
from support.province import Province, at_work, by_account, fullest, is_settled, kill, make_province, twice

SIZE = int(os.environ.get("LOA_TEST_MACHINES", "1"))
LEASE = 10.0
PACE = 100


def _in_order(province: Province) -> bool:
    """Whether every page has its posts in the order in which they were due."""
    pages = {name: words for name, words in by_account(province.seen()).items() if name != "TINHMAU"}
    return bool(pages) and all(words == sorted(words) for words in pages.values())


def _sending(province: Province) -> int:
    return province.states()["sending"]


@pytest.mark.slow
def test_killed_and_frozen_machines_neither_lose_nor_double_anything(tmp_path: Path, server: str) -> None:
    posts, people = 16 * SIZE, 200 * SIZE
    chance = random.Random(6)
    with at_work(tmp_path, server, pages=4, posts=posts, people=people, pace="50") as province:
        province.slow_down(0.3, "facebook", "esms")
        workers = [province.worker() for _ in range(3)]
        leaders = [province.leader(), province.leader()]
        province.wait(lambda: len(province.seen()) > 5)
        for number in range(4 * SIZE):
            time.sleep(chance.uniform(0.5, 1.5))
            kill(workers.pop(0))
            workers.append(province.worker())
            if number % 3 == 2:
                kill(leaders.pop(0))
                leaders.append(province.leader())
        lost = workers.pop(0)  # this one never comes back
        kill(lost)
        frozen = [workers[0], leaders[0]]
        for process in frozen:
            os.kill(process.pid, signal.SIGSTOP)
        time.sleep(LEASE + 5)
        for process in frozen:
            os.kill(process.pid, signal.SIGCONT)
        province.wait(lambda: is_settled(province.states()), 150 + 60 * SIZE)
        states, seen = province.states(), province.seen()
        cut_off = province.ask("SELECT count(*) FROM event WHERE cause = 'recover'")
        assert twice(seen) == [], cut_off
        assert states["done"] + states["human"] == 4 * posts + people, states
        assert len(seen) >= states["done"]
        assert states["human"] == 0, province.ask("SELECT code, detail, count(*) FROM sending GROUP BY 1, 2")


@pytest.mark.slow
def test_the_pace_of_an_account_holds_over_two_workers_and_a_kill(tmp_path: Path, server: str) -> None:
    people = 700 * SIZE
    with at_work(tmp_path, server, people=people, pace=str(PACE)) as province:
        workers = [province.worker(), province.worker()]
        province.leader()
        for _ in range(SIZE):
            begun = len(province.seen())
            province.wait(lambda begun=begun: len(province.seen()) > begun + 200)
            kill(workers.pop(0))
            workers.append(province.worker())
        province.wait(lambda: not province.states()["due"])
        assert fullest(province.seen(), 3.0) <= 3 * PACE * 1.05
        assert twice(province.seen()) == []


@pytest.mark.slow
def test_a_rolling_restart_leaves_nothing_in_doubt_and_keeps_the_order(tmp_path: Path, server: str) -> None:
    with at_work(tmp_path, server, pages=4, posts=16 * SIZE) as province:
        province.slow_down(0.2, "facebook")
        workers = [province.worker(), province.worker()]
        leaders = [province.leader()]
        province.wait(lambda: len(province.seen()) > 8)
        for running, start in ((workers, province.worker), (workers, province.worker), (leaders, province.leader)):
            running.append(start())
            time.sleep(2)
            leaving = running.pop(0)
            leaving.terminate()
            assert leaving.wait(timeout=30) == 0
        province.wait(lambda: is_settled(province.states()))
        assert province.ask("SELECT count(*) FROM event WHERE cause = 'recover'") == [(0,)]
        assert province.states() == {"done": 64 * SIZE}
        assert twice(province.seen()) == []
        assert _in_order(province)


@pytest.mark.slow
def test_a_stop_holds_on_every_worker_and_one_slow_page_holds_nobody_else(tmp_path: Path, server: str) -> None:
    with at_work(tmp_path, server, pages=5, posts=12) as province:
        province.tell(
            "faults",
            {
                "scenario": [
                    {"face": "facebook", "route": "*/1000/*", "kind": "delay", "seconds": 20.0, "probability": 1.0},
                    {"face": "facebook", "route": "*", "kind": "delay_after", "seconds": 0.3, "probability": 1.0},
                ]
            },
        )
        for _ in range(2):
            province.worker()
        province.leader()
        province.wait(lambda: len(province.seen()) >= 8)
        assert province.loa("stop", "--why", "thử").returncode == 0
        time.sleep(1)
        stopped_at = len(province.seen())
        time.sleep(4)
        assert len(province.seen()) == stopped_at < 48
        assert province.loa("resume").returncode == 0
        begun = time.monotonic()
        others = {"1001", "1002", "1003", "1004"}
        province.wait(lambda: all(len(by_account(province.seen()).get(page, [])) == 12 for page in others), 60)
        slow = by_account(province.seen()).get("1000", [])
        assert len(slow) <= 1 + (time.monotonic() - begun + 10) / 20
        assert twice(province.seen()) == []


@pytest.mark.slow
def test_what_crashes_workers_again_and_again_goes_to_a_person(tmp_path: Path, server: str) -> None:
    with at_work(tmp_path, server, pages=1, posts=1) as province:
        province.slow_down(30.0, "facebook", kind="delay", route="*/feed")
        worker = province.worker()
        province.wait(lambda: province.ask("SELECT 1 FROM worker"))  # else the leader would send it itself
        leader = province.leader()
        province.wait(lambda: _sending(province))
        _execute(province, "UPDATE sending SET crashes = 2")
        # A worker that the leader did not see in time stands aside, and the leader sends: whoever does is killed.
        [(kind,)] = province.ask("SELECT w.kind FROM sending s JOIN worker w ON s.owner = w.id")
        if kind == "worker":
            kill(worker)
        else:
            kill(leader)
            province.leader()
        province.wait(lambda: province.states()["human"], 60)
        assert province.ask("SELECT state, code, crashes FROM sending") == [("human", "E538", 3)]


@pytest.mark.slow
def test_workers_come_and_go_and_the_leader_sends_where_there_is_none(tmp_path: Path, server: str) -> None:
    with at_work(tmp_path, server, pages=3, posts=14) as province:
        province.slow_down(0.1, "facebook")
        province.leader()
        province.wait(lambda: len(province.seen()) >= 3)
        worker = province.worker()
        province.wait(
            lambda: province.ask("SELECT 1 FROM sending s JOIN worker w ON s.owner = w.id AND kind = 'worker'")
        )
        kill(worker)
        # In whatever order: what a killed worker had on the wire is looked up while those after it go on.
        province.wait(lambda: len(province.seen()) == 42, 90)
        assert twice(province.seen()) == []


@pytest.mark.slow
def test_a_worker_with_other_files_stands_aside_and_the_leader_sends_itself(tmp_path: Path, server: str) -> None:
    with at_work(tmp_path, server, pages=1, posts=3) as province:
        elsewhere = tmp_path / "elsewhere"
        shutil.copytree(province.root, elsewhere)
        settings = elsewhere / "loa.yaml"
        settings.write_text(settings.read_text(encoding="utf-8") + "# another\n", encoding="utf-8")
        worker = province.start("worker", "--deliver", cwd=elsewhere)
        province.wait(lambda: province.ask("SELECT 1 FROM worker"))
        province.leader()
        province.wait(lambda: len(province.seen()) == 3)
        assert province.ask("SELECT kind FROM worker WHERE gone = 0 ORDER BY kind") == [("aside",), ("clock",)]
        settings.write_text((province.root / "loa.yaml").read_text(encoding="utf-8"), encoding="utf-8")
        province.wait(lambda: province.ask("SELECT 1 FROM worker WHERE gone = 0 AND kind = 'worker'"))
        _execute(province, "UPDATE note SET value = '99.0' WHERE name = 'loa_version'")
        assert worker.wait(timeout=120) == 1, "a leader of another version has come"
        assert "99.0" in province.said()


def test_a_worker_that_cannot_work_says_what_is_missing(tmp_path: Path, server: str) -> None:
    with at_work(tmp_path, server, pages=1, posts=1) as province:
        words = ("worker", "--sandbox", province.sandbox)
        key = province.root / "var" / "vault.key"
        kept = key.read_bytes()
        key.unlink()
        told = province.loa(*words)
        assert (told.returncode, "E972" in told.stderr, key.exists()) == (1, True, False)
        key.write_bytes(bytes(32))
        assert "E725" in province.loa(*words).stderr
        key.write_bytes(kept)
        with_other_version = "UPDATE note SET value = '0.0.1' WHERE name = 'loa_version'"
        assert province.loa("run", "--once", "--sandbox", province.sandbox).returncode == 0
        _execute(province, with_other_version)
        told = province.loa(*words)
        assert told.returncode == 1
        assert "0.0.1" in told.stderr
        settings = province.root / "loa.yaml"
        settings.write_text(
            settings.read_text(encoding="utf-8").replace("page_token: fb-tinh", "page_token: khong-co"),
            encoding="utf-8",
        )
        told = province.loa("worker")
        assert "E704" in told.stderr
        assert "khong-co" in told.stderr


def _execute(province: Province, sql: str) -> None:
    with psycopg.connect(province.database) as connection:
        connection.execute(sql.encode())


def test_a_worker_refuses_a_book_that_is_a_file(tmp_path: Path) -> None:
    told = loa("worker", cwd=make_province(tmp_path / "office", pages=1, posts=1))
    assert told.returncode == 1
    assert "E970" in told.stderr
    assert not (tmp_path / "office" / "var" / "book.sqlite").exists()
