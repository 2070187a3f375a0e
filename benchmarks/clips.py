"""Clips: CPU against ffmpeg alone on the same frames and against naive MoviePy; localised clips; colours.

``python benchmarks/clips.py [--write]``. All figures are CPU seconds of the process and its children, in turn.
"""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import imageio_ffmpeg
import numpy as np
from table import rows, write_section

from loa.render import Order, Renderer
from loa.render.clip import Clip, laid_out, make_clip, movie
from loa.render.clip.writer import ENCODING, encode
from loa.render.library import load_brand
from loa.render.picture import design
from loa.workspace import Workspace, bundled, open_workspace

ROUNDS, NAIVE_ROUNDS, NAIVE_SECONDS = 7, 3, 2.0
NAIVE = Path(__file__).parent / "peers" / "clip_naive.py"
IDEAL = 15 / 6
Taken = tuple[float, float]
CPU, CLOCK = 0, 1
LOA_YAML = "body: {name: Tỉnh, short_name: Tỉnh, unit: t}\nunits: {list: [{code: t, name: Tỉnh}]}\n"
LABELS = (("62", "%", "hồ sơ nộp trực tuyến toàn trình"), ("1,5", "triệu", "hồ sơ đã xử lý"), ("95", "%", "đúng hạn"))
SWATCHES = """
title: Màu
formats: {{square: {{width: 480, height: 480}}}}
fields: {{title: {{required: no}}, unit: {{required: no}}}}
scenes: [{{seconds: 3, box: {{kind: grid, columns: 6, children: [{cells}]}}}}]
"""


def cpu() -> float:
    """CPU seconds of this process and of those it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds and seconds on the clock that a piece of work takes."""
    start, clock = cpu(), time.perf_counter()
    work()
    return cpu() - start, time.perf_counter() - clock


def middle(taken: Sequence[Taken], which: int) -> float:
    """The median of the CPU (0) or of the clock (1)."""
    return median(each[which] for each in taken)


def ratio(one: Sequence[Taken], other: Sequence[Taken], which: int) -> float:
    """How many times as long."""
    return middle(one, which) / middle(other, which)


def shown(taken: Sequence[Taken]) -> tuple[str, str]:
    """CPU and clock, for the table."""
    return f"{middle(taken, CPU):.2f}", f"{middle(taken, CLOCK):.2f}"


def studio(folder: Path) -> Workspace:
    """A workspace with the figures clip cut to fifteen seconds: three of the unit, nine for all, three of the unit."""
    folder.mkdir()
    (folder / "loa.yaml").write_text(LOA_YAML, encoding="utf-8")
    text = (bundled("templates") / "clips" / "con-so" / "template.yaml").read_text(encoding="utf-8")
    text = re.sub(r"- seconds: [\d.]+", "- seconds: 3", text).replace("least: 2, most: 4", "least: 9")
    target = folder / "templates" / "clips" / "muoi-lam"
    target.mkdir(parents=True)
    (target / "template.yaml").write_text(text, encoding="utf-8")
    return open_workspace(folder)


def order(commune: str) -> Order:
    """The clip of one commune."""
    facts = [
        {"value": value, "unit": unit, "label": label, "number": float(value.replace(",", "."))}
        for value, unit, label in LABELS
    ]
    unit = {"name": commune, "hotline": "1022", "portal": "https://dichvucong.gov.vn"}
    data = {"title": "Toàn dân sử dụng dịch vụ công trực tuyến", "facts": facts, "unit": unit}
    more = {"slogan": "Làm thủ tục tại nhà, không phải chờ đợi", "qr": "https://dichvucong.gov.vn"}
    return Order("clips/muoi-lam", "story", {**data, **more, "subtitle": "Nhanh hơn, tiện hơn, minh bạch hơn"})


def raw_frames(clip: Clip, path: Path) -> int:
    """Write every frame of a clip as it goes to the encoder; how many there are."""
    frames, count = clip.frames(clip.stages()), clip.shots[-1].end
    with path.open("wb") as stream:
        for number in range(count):
            stream.write(frames.frame(number).data)
    return count


def ours(clip: Clip) -> bytes:
    """The clip as the program encodes it, through a MoviePy clip."""
    frames = clip.frames(clip.stages())
    return encode(movie(frames, 0, clip.shots[-1].end), clip.plan.spec.width, clip.plan.spec.height)


def alone(raw: Path, target: Path) -> None:
    """By ffmpeg itself, with the same settings, on frames that lie ready."""
    source = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "1080x1920", "-r", "30", "-i", str(raw)]
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", "-nostdin", *source, *ENCODING, str(target)],
        check=True,
    )


def body_packets(path: Path) -> list[str]:
    """The checksums of the packets between the third second and the twelfth."""
    told = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-i", str(path), "-map", "0:v", "-c", "copy", "-f",
         "framemd5", "-"], check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    packets = [line.split(",") for line in told.splitlines() if not line.startswith("#")]
    return [packet[-1].strip() for packet in packets][90:360]


def against_ffmpeg(ws: Workspace, folder: Path) -> tuple[list[Taken], list[Taken], float]:
    """What our clip takes, what ffmpeg alone takes, turn by turn; and how many seconds the clip lasts."""
    clip = laid_out(design(ws, order("Ủy ban nhân dân xã Ea Kao")))
    raw, target = folder / "frames.raw", folder / "alone.mp4"
    count = raw_frames(clip, raw)
    ours(clip)
    turns = [(spent(lambda: ours(clip)), spent(lambda: alone(raw, target))) for _ in range(ROUNDS)]
    raw.unlink()
    print("ours / ffmpeg alone:", " ".join(f"{one[0] / other[0]:.2f}" for one, other in turns), flush=True)
    return [one for one, _ in turns], [other for _, other in turns], count / 30


def naive(folder: Path) -> list[Taken]:
    """What naive MoviePy takes for a second of clip, its start-up taken off."""
    command = [sys.executable, str(NAIVE)]
    target = str(folder / "naive.mp4")

    def run(seconds: float) -> Taken:
        return spent(lambda: subprocess.run([*command, f"{seconds}", target], check=True))

    turns = [(run(NAIVE_SECONDS + 0.2), run(0.2)) for _ in range(NAIVE_ROUNDS)]
    return [((a[0] - b[0]) / NAIVE_SECONDS, (a[1] - b[1]) / NAIVE_SECONDS) for a, b in turns]


def localised(ws: Workspace) -> tuple[list[Taken], list[Taken], bool]:
    """What a clip made whole takes and one that shares its body, turn by turn; whether the bodies are the same."""
    whole, again = [], []
    make_clip(ws, order("Xã khởi động"))
    for turn in range(ROUNDS):
        shutil.rmtree(ws.assets / "segments")
        first, second = order(f"Ủy ban nhân dân xã số {turn}"), order(f"Ủy ban nhân dân phường số {turn}")
        whole.append(spent(partial(make_clip, ws, first)))
        again.append(spent(partial(make_clip, ws, second)))
    print("whole / localised:", " ".join(f"{a[0] / b[0]:.2f}" for a, b in zip(whole, again, strict=True)), flush=True)
    one, other = (Renderer(ws).render(order(name)).path for name in ("Xã Một", "Xã Hai Mươi Lăm"))
    return whole, again, body_packets(one) == body_packets(other)


def colours(ws: Workspace) -> dict[str, float]:
    """How far each flat colour of the brand comes back from the encoded clip, in levels of 255."""
    brand = load_brand(ws)
    cells = ", ".join(f'{{kind: column, height: 80, fill: "{name}"}}' for name in brand.colors)
    folder = ws.templates / "clips" / "mau-sac"
    folder.mkdir(parents=True)
    (folder / "template.yaml").write_text(SWATCHES.format(cells=cells), encoding="utf-8")
    asset = Renderer(ws).render(Order("clips/mau-sac", "square", {"unit": {"name": "Xã"}}))
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-i", str(asset.path), "-f", "rawvideo", "-"]
    planes = np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, np.uint8)[: 480 * 720]
    clip = laid_out(design(ws, Order("clips/mau-sac", "square", {"unit": {"name": "Xã"}})))
    cells_placed = clip.scenes[0][1][0].children
    return {
        name: _off(planes, int(cell.rect.x + cell.rect.width / 2), int(cell.rect.y + cell.rect.height / 2), color)
        for (name, color), cell in zip(brand.colors.items(), cells_placed, strict=True)
    }


def _off(planes: Any, x: int, y: int, color: str) -> float:
    luma = float(planes[y * 480 + x]) - 16
    blue, red = (float(planes[start + y // 2 * 240 + x // 2]) - 128 for start in (480 * 480, 480 * 600))
    luma, blue, red = luma / 219, blue / 224, red / 224
    shown = (luma + 1.5748 * red, luma - 0.1873 * blue - 0.4681 * red, luma + 1.8556 * blue)
    return max(
        abs(min(255, max(0, c * 255)) - int(color[i : i + 2], 16)) for c, i in zip(shown, (1, 3, 5), strict=True)
    )


def main() -> None:
    """Measure, print, and with --write put it into the docs."""
    with tempfile.TemporaryDirectory(prefix="loa-clips-") as name:
        folder = Path(name)
        ws = studio(folder / "studio")
        worst = colours(ws)
        mine, other, seconds = against_ffmpeg(ws, folder)
        peer = [(each[0] * seconds, each[1] * seconds) for each in naive(folder)]
        whole, again, same = localised(ws)
    share = ratio(whole, again, CPU)
    table = rows(
        ("figure", "CPU", "clock", "bar"),
        [
            (f"our clip ({seconds:g} s, 1080×1920, 30 fps)", *shown(mine), ""),
            ("ffmpeg alone on the same raw frames", *shown(other), ""),
            ("ours : ffmpeg alone", f"**{ratio(mine, other, CPU):.2f}**", f"{ratio(mine, other, CLOCK):.2f}", "≤ 1.30"),
            (f"naive MoviePy (from {NAIVE_SECONDS:g} s, scaled)", *shown(peer), ""),
            ("naive MoviePy : ours", f"{ratio(peer, mine, CPU):.1f}", f"**{ratio(peer, mine, CLOCK):.1f}**", "≥ 20"),
            ("naive MoviePy : ffmpeg alone", f"{ratio(peer, other, CPU):.1f}", f"{ratio(peer, other, CLOCK):.1f}", ""),
            ("a clip made whole, layout and sound included", *shown(whole), ""),
            ("first and last 3 s made, the body from the shelf", *shown(again), ""),
            (f"ratio of the two (ideal {IDEAL:g})", f"{share:.2f}", f"{ratio(whole, again, CLOCK):.2f}", ""),
            ("part of the ideal ratio", f"**{share / IDEAL:.2f}**", "", "≥ 0.95"),
            ("packets of the body in two communes' clips", "the same" if same else "NOT the same", "", "the same"),
            (f"worst of {len(worst)} flat colours after decoding", f"**{max(worst.values()):.2f}** / 255", "", "≤ 1"),
        ],
    )  # fmt: skip
    print("\n".join(table))
    if "--write" in sys.argv:
        told = (
            f"`benchmarks/clips.py`: medians of {ROUNDS} in turn, in seconds (naive MoviePy: {NAIVE_ROUNDS} runs of "
            f"{NAIVE_SECONDS:g} s, start-up taken off, scaled to the length of the clip)."
        )
        write_section("clips", ["## Clips", "", told, "", *table])


if __name__ == "__main__":
    main()
