"""The darkroom: what is done to finished pictures, beside the process that shows them."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from loa.render.darkroom import Darkroom

HEAVY = ("skia", "numpy", "PIL", "zxingcpp", "moviepy", "requests", "ruamel.yaml", "docx", "openpyxl")


def picture(folder: Path, name: str = "picture.png", width: int = 400) -> Path:
    path = folder / name
    Image.new("RGB", (width, 300), (200, 16, 46)).save(path)
    return path


def test_the_desk_opens_without_what_paints_or_calls_the_network() -> None:
    code = f"import sys, loa.preview, loa.wiring.desks; sys.exit(' '.join(set({HEAVY}) & set(sys.modules)) or None)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_pictures_are_made_small_read_and_compared_without_loading_a_decoder_here(tmp_path: Path) -> None:
    one, other = picture(tmp_path), picture(tmp_path, "other.png", 500)
    code = f"""
import sys
from pathlib import Path
from loa.render.darkroom import darkroom
if __name__ == "__main__":
    folder = Path({str(tmp_path)!r})
    print(darkroom.small(Path({str(one)!r}), "0" * 64, 160, folder).name)
    print(darkroom.codes(Path({str(one)!r})))
    print(darkroom.difference(Path({str(one)!r}), Path({str(other)!r}), folder / "apart.png"))
    print(sorted(set({HEAVY}) & set(sys.modules)))
"""
    script = tmp_path / "looks.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [f"{'0' * 64}-160.jpg", "()", "0.2", "[]"], done.stderr
    with Image.open(tmp_path / f"{'0' * 64}-160.jpg") as small:
        assert small.size == (160, 120)


def test_a_darkroom_that_has_rested_ends_and_opens_again(tmp_path: Path) -> None:
    source, room = picture(tmp_path), Darkroom(rest_seconds=0.05)
    room.small(source, "1" * 64, 160, tmp_path)
    assert wait_until(lambda: not multiprocessing.active_children())
    assert room.small(source, "1" * 64, 320, tmp_path).is_file()
    assert wait_until(lambda: not multiprocessing.active_children())


def test_a_picture_that_takes_the_darkroom_with_it_harms_no_other(tmp_path: Path) -> None:
    source, room = picture(tmp_path), Darkroom(rest_seconds=0.5)
    room.small(source, "2" * 64, 160, tmp_path)
    (helper,) = multiprocessing.active_children()
    assert helper.pid
    os.kill(helper.pid, signal.SIGKILL)
    assert room.small(source, "2" * 64, 320, tmp_path).is_file()
    assert wait_until(lambda: not multiprocessing.active_children())


def test_many_threads_share_one_darkroom(tmp_path: Path) -> None:
    source, room = picture(tmp_path), Darkroom(rest_seconds=0.5)
    threads = [
        threading.Thread(target=room.small, args=(source, f"{number:064}", 160, tmp_path)) for number in range(12)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(list(tmp_path.glob("*-160.jpg"))) == 12
    assert len(multiprocessing.active_children()) == 1
    assert wait_until(lambda: not multiprocessing.active_children())


def wait_until(is_so: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether it came to be so."""
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    return is_so()
