import threading
import time

from loa.engine import carry


def test_every_row_is_sent_once_and_every_answer_recorded() -> None:
    sent: list[int] = []
    recorded: list[tuple[int, int]] = []
    work = {"a": list(range(50)), "b": list(range(50, 80))}
    carry(work, lambda row: sent.append(row) or row * 2, recorded.extend)
    assert sorted(sent) == list(range(80))
    assert sorted(recorded) == [(row, row * 2) for row in range(80)]


def test_an_account_keeps_its_order() -> None:
    sent: list[str] = []
    carry({"a": ["a1", "a2", "a3"], "b": ["b1", "b2", "b3"]}, sent.append, lambda _: None)
    assert [row for row in sent if row[0] == "a"] == ["a1", "a2", "a3"]
    assert [row for row in sent if row[0] == "b"] == ["b1", "b2", "b3"]


def test_answers_are_recorded_by_the_caller_s_thread_while_others_still_send() -> None:
    slow = threading.Event()
    recorders: list[int] = []
    seen_early: list[str] = []

    def send(row: str) -> str:
        if row == "slow":
            slow.wait(5)
        return row

    def record(answers: list[tuple[str, str]]) -> None:
        recorders.append(threading.get_ident())
        seen_early.extend(row for row, _ in answers if not slow.is_set())
        slow.set()

    carry({"a": ["slow"], "b": ["quick"]}, send, record)
    assert seen_early == ["quick"]
    assert set(recorders) == {threading.get_ident()}


def test_accounts_do_not_wait_for_each_other() -> None:
    together = threading.Barrier(2, timeout=5)
    carry({"a": [1], "b": [2]}, lambda _: together.wait(), lambda _: None)


def test_no_work_is_no_wait() -> None:
    started = time.monotonic()
    carry({}, lambda row: row, lambda _: None)
    assert time.monotonic() - started < 1
