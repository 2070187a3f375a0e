"""Every picture that Pillow's makers test with, and thousands of damaged ones, given to the intake of photos and logos.

    uv run python benchmarks/hostile_images.py [--damaged 3000] [--write]

The archive of Pillow's source (the version of uv.lock, checked by its hash there) holds what broke decoders: crashes,
time-outs, bombs, memory eaters. Each file is taken in by a process of its own with a limit of memory; nothing may end
but as pixels within limits or as a refusal with a code. Linux only: it forks.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import re
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image
from table import rows, write_section

from loa.errors import LoaError
from loa.render.intake import take_in
from loa.workspace import Workspace, open_workspace

ROOT = Path(__file__).parents[1]
MEMORY = 1 << 30
SECONDS = 5.0
BAD = re.compile(r"crash|timeout|fuzz|bomb|oom|corrupt|trunc|bad|broken|invalid|segfault|overflow", re.IGNORECASE)
LOA_YAML = "body: {name: Tỉnh Mẫu, short_name: Mẫu, unit: mau}\nunits: {list: [{code: mau, name: Mẫu}]}\n"


def archive(folder: Path) -> Path:
    """The source archive of the Pillow of uv.lock, by the ordinary client, checked by its hash."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    pillow = next(package for package in lock["package"] if package["name"] == "pillow")
    wanted = folder / "requirement.txt"
    wanted.write_text(f"pillow=={pillow['version']} --hash={pillow['sdist']['hash']}\n", encoding="utf-8")
    client = folder / "pip"
    subprocess.run([sys.executable, "-m", "venv", str(client)], check=True)
    subprocess.run(
        [str(client / "bin" / "pip"), "download", "-q", "--no-deps", "--no-binary", "pillow", "--require-hashes",
         "-r", str(wanted), "-d", str(folder)],
        check=True,
    )  # fmt: skip
    return next(folder.glob("*.tar.gz"))


def pictures(packed: Path) -> Iterator[tuple[str, bytes]]:
    """Every test picture of the archive, by name."""
    with tarfile.open(packed) as tar:
        for member in tar:
            if member.isfile() and "/Tests/images/" in member.name:
                file = tar.extractfile(member)
                if file is not None:
                    yield member.name.partition("/Tests/images/")[2], file.read()


def damaged(originals: list[tuple[str, bytes]], count: int) -> Iterator[tuple[str, bytes]]:
    """Copies of whole pictures with some bytes changed, cut out or doubled, always the same ones."""
    chance = random.Random(10)  # noqa: S311 - the same damage in every run is wanted
    whole = [
        (name, data) for name, data in originals if name.endswith((".png", ".jpg", ".webp")) and len(data) < 200_000
    ]
    for number in range(count):
        name, data = chance.choice(whole)
        broken = bytearray(data)
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(broken))
            kind = chance.randrange(4)
            if kind == 0:
                del broken[at : at + chance.randint(1, 40)]
            elif kind == 1:
                broken[at:at] = broken[at : at + chance.randint(1, 400)]
            else:
                broken[at] = chance.randrange(256)
            if len(broken) < 16:
                break
        yield f"{number:05} {name}", bytes(broken)


def told_by(ws: Workspace) -> str:
    """How the picture that lies there ends."""
    try:
        pixels = take_in(ws, "anh")
    except LoaError as error:
        return error.code
    within = pixels.dtype == np.uint8 and pixels.shape[2] == 4 and max(pixels.shape) <= 2000
    return "pixels" if within else f"pixels out of limits {pixels.shape}"


def one(ws: Workspace, data: bytes) -> tuple[str, float, int]:
    """How it ends in a process of its own, in how many CPU seconds, with how many bytes of memory more than before."""
    (ws.root / "anh").write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY + before * 1024, MEMORY + before * 1024))
        resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
        try:
            os.write(writer, json.dumps(told_by(ws)).encode())
        except BaseException as error:  # noqa: BLE001 (whatever it is, it is the finding)
            os.write(writer, json.dumps(f"{type(error).__name__}: {error}"[:200]).encode())
        os._exit(0)
    os.close(writer)
    _, status, used = os.wait4(child, 0)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read()
    end = json.loads(said) if said and not status else f"died ({status})"
    return end, used.ru_utime + used.ru_stime, max(0, used.ru_maxrss - before) * 1024


def fine(end: str) -> bool:
    """Whether a picture ended as it may."""
    return end == "pixels" or re.fullmatch(r"E42[1-5]", end) is not None


def measure(ws: Workspace, group: str, files: list[tuple[str, bytes]]) -> tuple[list[str], list[str]]:
    """A line of the table, and what ended as nothing may."""
    ends: Counter[str] = Counter()
    slowest, most, wrong = 0.0, 0, []
    for name, data in files:
        end, seconds, memory = one(ws, data)
        ends["pixels" if end == "pixels" else "refused" if fine(end) else "wrong"] += 1
        slowest, most = max(slowest, seconds), max(most, memory)
        if not fine(end) or seconds > SECONDS:
            wrong.append(f"{name}: {end}, {seconds:.1f} s")
    told = [str(ends[name]) for name in ("pixels", "refused", "wrong")]
    return [group, str(len(files)), *told, f"{slowest:.2f} s", f"{most / 1e6:.0f} MB"], wrong


def main() -> int:
    """Take everything in, print, and with --write put the table into the docs."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--damaged", type=int, default=3000)
    asked.add_argument("--archive", type=Path, help="Pillow's source archive, if it is here already")
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    Image.new("RGB", (8, 8)).save(io.BytesIO(), "WEBP")  # the readers are loaded before the first fork
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "loa.yaml").write_text(LOA_YAML, encoding="utf-8")
        ws = open_workspace(folder)
        every = sorted(pictures(given.archive or archive(folder)))
        bad = [entry for entry in every if BAD.search(entry[0])]
        groups = {
            "named after what they broke": bad,
            "the other test pictures": [entry for entry in every if entry not in bad],
            "damaged PNG, JPEG, WebP": list(damaged(every, given.damaged)),
        }
        started = time.perf_counter()
        done = [measure(ws, group, files) for group, files in groups.items()]
    head = ["pictures", "files", "decoded", "refused", "wrong", "slowest (CPU)", "most memory"]
    table = rows(head, [line for line, _ in done])
    wrong = [told for _, found in done for told in found]
    limits = f"Limits: {SECONDS:g} s of CPU and {MEMORY >> 20} MB each. {'All met' if not wrong else 'MISSED'}."
    print("\n".join([*table, "", limits, *wrong, f"({time.perf_counter() - started:.0f} s)"]))
    if given.write:
        about = "`benchmarks/hostile_images.py`: the test pictures of Pillow's source, each in a process of its own."
        write_section("hostile-images", ["## Hostile pictures", "", about, "", *table, "", limits])
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
