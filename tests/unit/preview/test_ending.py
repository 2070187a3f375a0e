"""The command opens whatever the files are like, and ends in order while it paints: nothing of it stays behind."""

import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from support.browser import HERE
from support.office import make_office, replace_in
from support.processes import LOA, clean_environment

BEFORE = "2027-02-20T08:00:00+07:00"
PROC = Path("/proc")


def children(process: int) -> set[int]:
    """The processes that a process has begun and that are alive."""
    found = (task.read_text().split() for task in (PROC / str(process) / "task").glob("*/children"))
    return {int(each) for listed in found for each in listed}


def is_painting(process: int) -> bool:
    """Whether a helper is at work, beside the process that plans and the one that counts their locks."""
    lines = [(PROC / str(each) / "cmdline").read_bytes() for each in children(process)]
    return sum(b"spawn_main" in each for each in lines) > 1


def waited_for(is_so: Callable[[], bool], seconds: float) -> bool:
    """Whether it came to be so."""
    ends = time.monotonic() + seconds
    while not is_so() and time.monotonic() < ends:
        time.sleep(0.05)
    return is_so()


@pytest.mark.skipif(not PROC.is_dir(), reason="who is whose child is read from /proc")
def test_a_desk_that_ends_while_it_paints_leaves_nothing_behind(tmp_path: Path) -> None:
    root = make_office(tmp_path / "office")
    command = [sys.executable, str(HERE / "review_desk.py"), str(root), "--now", BEFORE]
    environment = clean_environment() | {"PYTHONPATH": str(HERE.parent)}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as desk:
        assert desk.stdout
        assert desk.stdout.readline().startswith("http://127.0.0.1")
        titles = [f"title: Nộp hồ sơ, lần {number}}}" for number in range(20)]
        is_seen = False
        for before, title in pairwise(["title: Nộp hồ sơ trực tuyến}", *titles]):  # until the files are followed
            replace_in(root / "campaigns/thu-nghiem.yaml", before, title)
            if is_seen := waited_for(lambda: is_painting(desk.pid), 6):
                break
        begun = children(desk.pid)
        desk.terminate()
        _, said = desk.communicate(timeout=60)
    assert is_seen
    assert said == ""
    assert waited_for(lambda: not any((PROC / str(each)).is_dir() for each in begun), 30)


def test_the_command_opens_the_desk_over_files_with_problems_and_says_how_many(tmp_path: Path) -> None:
    root = make_office(tmp_path / "office")
    replace_in(root / "campaigns/thu-nghiem.yaml", "author: Trần Văn Bình", "autor: Trần Văn Bình")
    command = [*LOA, "preview", "thu-nghiem", "--port", "0"]
    with subprocess.Popen(
        command, cwd=root, env=clean_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as desk:
        assert desk.stdout
        told = [desk.stdout.readline(), desk.stdout.readline()]
        desk.terminate()
    assert "lỗi: bàn duyệt vẫn mở" in told[0]
    assert "http://127.0.0.1" in told[1]
