"""Take the line icons of Loa from Lucide and rewrite them in the path language of ``loa.render.tree.icons``.

Run once for a new version of Lucide, then look at every icon before committing:

    npm pack lucide-static@1.62.0 && tar xzf lucide-static-1.62.0.tgz
    uv run python -m tools.vendor_icons package
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

HOME = Path(__file__).parents[1] / "loa" / "render" / "tree" / "icons"
CHOSEN = """
id-card user user-check key-round lock lock-keyhole fingerprint scan-face smartphone log-in
file-text file-check clipboard-list clipboard-check pencil upload download send paperclip folder-open
search list list-checks badge-check award medal trophy star thumbs-up heart heart-handshake handshake
clock calendar calendar-check calendar-days alarm-clock hourglass timer
map-pin map building-2 landmark house school store mail mailbox mail-open bus
wallet banknote piggy-bank credit-card receipt hand-coins
users baby graduation-cap accessibility briefcase hand-helping person-standing
phone phone-call message-circle message-square megaphone bell radio tv newspaper qr-code wifi globe share-2 link
shield shield-check shield-alert triangle-alert octagon-alert circle-x x eye eye-off ban
info circle-help circle-check check lightbulb book-open quote
trending-up trending-down chart-column chart-pie percent target gauge
arrow-right arrow-left arrow-up arrow-down chevron-right move-right refresh-cw repeat undo-2 plus minus circle-dot
leaf sprout tractor wheat car heart-pulse stethoscope syringe gavel scale gem flag sun sparkles zap
camera video image play volume-2 mic printer monitor laptop layers route signpost
"""
# Lucide renamed the first three, and its receipt bears a dollar sign.
RENAMED = {
    "building-2": "building-complex",
    "circle-help": "circle-question-mark",
    "fingerprint": "fingerprint-pattern",
    "receipt": "receipt-text",
}
ROUND = 4 / 3 * math.tan(math.pi / 8)  # handles of a cubic that draws a quarter of a circle

# Numbers each letter of an SVG path takes; the flags of an arc are single digits that need no space after them.
ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
NUMBER = re.compile(r"[\s,]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
FLAG = re.compile(r"[\s,]*([01])")
LETTER = re.compile(r"[\s,]*([A-Za-z])")

Stroke = tuple[str, tuple[float, ...]]


def segments(d: str) -> Iterator[Stroke]:
    """The commands of an SVG path, a repeated letter written out."""
    at, letter = 0, ""
    while at < len(d.rstrip()):
        if found := LETTER.match(d, at):
            letter, at = found[1], found.end()
        elif letter in "Mm":
            letter = "L" if letter == "M" else "l"
        numbers = []
        for index in range(ARITY[letter.upper()]):
            token = (FLAG if letter in "Aa" and index in {3, 4} else NUMBER).match(d, at)
            if token is None:
                raise ValueError(f"no number at {at} of {d!r}")
            numbers.append(float(token[1]))
            at = token.end()
        yield letter, tuple(numbers)


def arc(
    start: complex, rx: float, ry: float, tilt: float, *, large: bool, sweep: bool, end: complex
) -> Iterator[Stroke]:
    """An elliptic arc as cubics of a quarter turn at most (SVG 2, appendix B.2.4)."""
    turn = complex(math.cos(math.radians(tilt)), math.sin(math.radians(tilt)))
    half = (start - end) / 2 / turn
    grow = max(1.0, math.hypot(half.real / rx, half.imag / ry))
    rx, ry = rx * grow, ry * grow
    unit = complex(half.real / rx, half.imag / ry)
    lift = math.sqrt(max(0.0, 1 / abs(unit) ** 2 - 1)) * (1 if large == sweep else -1)
    center = unit * 1j * lift  # in the frame where the ellipse is the unit circle and the chord's middle is 0
    first, last = unit - center, -unit - center
    angle = math.atan2(first.imag, first.real)
    swept = (math.atan2(last.imag, last.real) - angle) % math.tau
    swept -= 0 if sweep else math.tau

    def real(point: complex) -> complex:
        point += center
        return complex(point.real * rx, point.imag * ry) * turn + (start + end) / 2

    pieces = math.ceil(abs(swept) / (math.pi / 2) - 1e-9)
    step = swept / pieces
    handle = 4 / 3 * math.tan(step / 4)
    corners = [complex(math.cos(angle + i * step), math.sin(angle + i * step)) for i in range(pieces + 1)]
    for here, there in pairwise(corners):
        yield "C", _flat(real(here * (1 + 1j * handle)), real(there * (1 - 1j * handle)), real(there))


def _flat(*points: complex) -> tuple[float, ...]:
    return tuple(part for point in points for part in (point.real, point.imag))


class _Pen:
    """Follows an SVG path and notes it with absolute moves, lines and cubics."""

    def __init__(self) -> None:
        self.at = self.start = self.handle = 0j
        self.drawn: list[Stroke] = []

    def draw(self, letter: str, numbers: Sequence[float]) -> None:
        origin = self.at if letter.islower() else 0j
        kind = letter.upper()
        if kind == "Z":
            self.drawn.append(("Z", ()))
            self.at = self.handle = self.start
        elif kind == "H":
            self._to("L", complex(numbers[0] + origin.real, self.at.imag))
        elif kind == "V":
            self._to("L", complex(self.at.real, numbers[0] + origin.imag))
        elif kind == "A":
            self._arc(numbers, complex(*numbers[5:]) + origin)
        else:
            points = [complex(*numbers[i : i + 2]) + origin for i in range(0, len(numbers), 2)]
            self._curve(kind, points)

    def _curve(self, was: str, points: list[complex]) -> None:
        kind = was
        if kind == "S":
            kind, points = "C", [2 * self.at - self.handle, *points]
        elif kind == "Q":
            bend, end = points
            kind, points = "C", [self.at + (bend - self.at) * 2 / 3, end + (bend - end) * 2 / 3, end]
        elif kind == "T":
            raise ValueError("Lucide draws no smooth quadratic curves; teach this pen when it does")
        self._to(kind, *points)
        if was == "Q":
            self.handle = self.at  # only cubics are gone on smoothly

    def _arc(self, numbers: Sequence[float], end: complex) -> None:
        rx, ry, tilt, large, sweep = numbers[:5]
        self.drawn.extend(arc(self.at, abs(rx), abs(ry), tilt, large=bool(large), sweep=bool(sweep), end=end))
        self.at = self.handle = end  # the same

    def _to(self, kind: str, *points: complex) -> None:
        self.drawn.append((kind, _flat(*points)))
        self.handle = points[-2] if kind == "C" else points[-1]
        self.at = points[-1]
        if kind == "M":
            self.start = self.at


def path(shape: dict[str, str]) -> list[Stroke]:
    """``<path d>``."""
    pen = _Pen()
    for letter, numbers in segments(shape["d"]):
        pen.draw(letter, numbers)
    return pen.drawn


def circle(shape: dict[str, str]) -> list[Stroke]:
    """``<circle cx cy r>``; a filled one is a dot smaller than the pen, drawn as a star of diameters.

    A ring that narrow would leave its middle open, and a second stroke over it may cancel it: a path is one winding.
    """
    cx, cy, r = (float(shape[key]) for key in ("cx", "cy", "r"))
    if "fill" not in shape:
        return [("O", (cx, cy, r))]
    spokes = [r * complex(math.cos(turn), math.sin(turn)) for turn in (i * math.pi / 6 for i in range(6))]
    middle = complex(cx, cy)
    return [stroke for out in spokes for stroke in (("M", _flat(middle - out)), ("L", _flat(middle + out)))]


def ellipse(shape: dict[str, str]) -> list[Stroke]:
    """``<ellipse cx cy rx ry>``, which is a rectangle of nothing but corners."""
    cx, cy, rx, ry = (float(shape[key]) for key in ("cx", "cy", "rx", "ry"))
    return _rounded(cx - rx, cy - ry, 2 * rx, 2 * ry, rx, ry)


def rect(shape: dict[str, str]) -> list[Stroke]:
    """``<rect x y width height rx ry>``; a radius that is left out follows the other."""
    x, y = float(shape.get("x", 0)), float(shape.get("y", 0))
    width, height = float(shape["width"]), float(shape["height"])
    rx = min(float(shape.get("rx", shape.get("ry", 0))), width / 2)
    ry = min(float(shape.get("ry", shape.get("rx", 0))), height / 2)
    return _rounded(x, y, width, height, rx, ry)


def _rounded(x: float, y: float, width: float, height: float, rx: float, ry: float) -> list[Stroke]:
    right, low = x + width, y + height
    if not rx or not ry:
        return [("M", (x, y)), ("L", (right, y)), ("L", (right, low)), ("L", (x, low)), ("Z", ())]
    kx, ky = rx * (1 - ROUND), ry * (1 - ROUND)  # from the corner to the handle
    strokes: list[Stroke] = [
        ("M", (x + rx, y)),
        ("L", (right - rx, y)),
        ("C", (right - kx, y, right, y + ky, right, y + ry)),
        ("L", (right, low - ry)),
        ("C", (right, low - ky, right - kx, low, right - rx, low)),
        ("L", (x + rx, low)),
        ("C", (x + kx, low, x, low - ky, x, low - ry)),
        ("L", (x, y + ry)),
        ("C", (x, y + ky, x + kx, y, x + rx, y)),
        ("Z", ()),
    ]
    # a side that the corners use up is no line
    ends = [("", (x + rx, y)), *strokes]
    return [now for before, now in pairwise(ends) if now[0] != "L" or now[1] != before[1][-2:]]


def line(shape: dict[str, str]) -> list[Stroke]:
    """``<line x1 y1 x2 y2>``."""
    x1, y1, x2, y2 = (float(shape[key]) for key in ("x1", "y1", "x2", "y2"))
    return [("M", (x1, y1)), ("L", (x2, y2))]


def polyline(shape: dict[str, str]) -> list[Stroke]:
    """``<polyline points>``."""
    numbers = [float(found) for found in NUMBER.findall(shape["points"])]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    return [("ML"[index > 0], point) for index, point in enumerate(points)]


def polygon(shape: dict[str, str]) -> list[Stroke]:
    """``<polygon points>``."""
    return [*polyline(shape), ("Z", ())]


SHAPES: dict[str, Callable[[dict[str, str]], list[Stroke]]] = {
    shape.__name__: shape for shape in (path, circle, ellipse, rect, line, polyline, polygon)
}


def written(strokes: Sequence[Stroke]) -> str:
    """The strokes as the text that ``icon_path`` reads, thousandths of a unit at most."""
    return " ".join(
        " ".join((letter, *(f"{round(number, 3) + 0:.3f}".rstrip("0").rstrip(".") for number in numbers)))
        for letter, numbers in strokes
    )


def convert(nodes: Sequence[tuple[str, dict[str, str]]]) -> str:
    """One icon of Lucide's ``icon-nodes.json`` in our path language."""
    return written([stroke for tag, shape in nodes for stroke in SHAPES[tag](shape)])


def main(package: Path) -> None:
    """Write ``icons.json``, its licence and where it comes from."""
    nodes = json.loads((package / "icon-nodes.json").read_bytes())
    icons = {name: convert(nodes[RENAMED.get(name, name)]) for name in sorted(CHOSEN.split())}
    data = (json.dumps(icons, indent=0) + "\n").encode()
    (HOME / "icons.json").write_bytes(data)
    shutil.copyfile(package / "LICENSE", HOME / "LICENSE")
    source = {
        "package": "lucide-static",
        "version": json.loads((package / "package.json").read_bytes())["version"],
        "licence": "ISC AND MIT",
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    (HOME / "source.json").write_text(json.dumps(source, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
