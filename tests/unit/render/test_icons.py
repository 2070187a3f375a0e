import hashlib
import json
import math
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from loa.render.canvas import SkiaCanvas
from loa.render.tree.icon_path import Command, icon
from loa.render.tree.icons import ICONS
from tools.vendor_icons import CHOSEN, convert

HOME = files("loa.render.tree.icons")
NUMBERS = {"M": 2, "L": 2, "C": 6, "Z": 0, "O": 3}
KEPT = ("phone", "globe", "check", "search", "user", "document", "clock", "shield", "arrow", "loa")


def _ends(commands: tuple[Command, ...]) -> list[float]:
    """Where the strokes reach: the handles of a curve may lie outside of it."""
    reach = []
    for letter, numbers in commands:
        reach += [c + r for c in numbers[:2] for r in (-numbers[2], numbers[2])] if letter == "O" else numbers[-2:]
    return reach


def test_the_names_are_those_chosen_and_those_that_templates_used_before() -> None:
    assert set(ICONS) == {*CHOSEN.split(), *KEPT}
    assert list(ICONS) == sorted(ICONS)
    assert len(ICONS) > 110


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_drawn_whole_within_its_frame(name: str) -> None:
    commands = icon(name)
    assert commands[0][0] in "MO"
    assert {(letter, len(numbers)) for letter, numbers in commands} <= set(NUMBERS.items())
    assert all(1 <= place <= 23 for place in _ends(commands))


def test_no_two_icons_are_the_same_but_the_older_names() -> None:
    same = {frozenset(other for other in ICONS if ICONS[other] == ICONS[name]) for name in ICONS}
    assert {names for names in same if len(names) > 1} == {
        frozenset({"arrow", "arrow-right"}),
        frozenset({"document", "file-text"}),
    }


def test_the_drawings_are_those_taken_from_the_source_that_is_named() -> None:
    source = json.loads(HOME.joinpath("source.json").read_bytes())
    assert source["sha256"] == hashlib.sha256(HOME.joinpath("icons.json").read_bytes()).hexdigest()
    tool = Path(sys.modules["tools.vendor_icons"].__file__ or "").read_text(encoding="utf-8")
    assert f"{source['package']}@{source['version']}" in tool


def test_the_licences_of_lucide_and_feather_go_with_the_drawings() -> None:
    licence = HOME.joinpath("LICENSE").read_text(encoding="utf-8")
    assert "Lucide Icons and Contributors" in licence
    assert "Cole Bemis" in licence


def test_the_icons_are_read_only_when_one_is_asked_for() -> None:
    program = "from loa.render.tree.icons import ICONS; print('_strokes' in vars(ICONS), len(ICONS) > 0)"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert told.stdout.split() == ["False", "True"]


def test_a_filled_dot_stays_filled() -> None:
    canvas = SkiaCanvas(240, 240)
    canvas.strokes(icon("key-round"), 0, 0, 10, 2, (0, 0, 0, 255))
    dot = canvas.pixels[60:91, 150:181, 3]
    reach = [math.hypot(x - 14.5, y - 14.5) for y in range(31) for x in range(31)]
    assert {alpha for alpha, away in zip(dot.flat, reach, strict=True) if away < 14} == {255}
    assert {alpha for alpha, away in zip(dot.flat, reach, strict=True) if away > 16} == {0}


def _numbers(text: str) -> list[float]:
    return [float(word) for word in re.findall(r"-?[\d.]+", text)]


@pytest.mark.parametrize(("large", "sweep", "length"), [(0, 1, 1), (1, 1, 3), (0, 0, 1), (1, 0, 3)])
def test_an_arc_becomes_quarter_turns_on_its_circle(large: int, sweep: int, length: int) -> None:
    start, end = ((12, 2), (22, 12)) if sweep else ((22, 12), (12, 2))
    center = (12, 12) if not large else (22, 2)
    flags = f"{large}{sweep}"  # as minifiers write them: without a space between or after
    drawn = convert([("path", {"d": f"M{start[0]} {start[1]}A10 10 0 {flags}{end[0]} {end[1]}"})])
    corners = [_numbers(part)[-2:] for part in drawn.split("C")]
    assert len(corners) == length + 1
    assert [math.dist(corner, center) for corner in corners] == pytest.approx([10] * len(corners), abs=2e-3)
    assert corners[-1] == pytest.approx(end)


@pytest.mark.parametrize(
    ("tag", "shape", "drawn"),
    [
        ("path", {"d": "m2 3h4v5l-4 1zm1 1 .5.5-1-.25"}, "M 2 3 L 6 3 L 6 8 L 2 9 Z M 3 4 L 3.5 4.5 L 2.5 4.25"),
        ("path", {"d": "M0 0c0 1 1 2 2 2s2-1 2-2"}, "M 0 0 C 0 1 1 2 2 2 C 3 2 4 1 4 0"),
        ("path", {"d": "M0 0Q3 3 6 0"}, "M 0 0 C 2 2 4 2 6 0"),
        ("circle", {"cx": "12", "cy": "8", "r": "3"}, "O 12 8 3"),
        ("line", {"x1": "1", "y1": "2", "x2": "3", "y2": "4"}, "M 1 2 L 3 4"),
        ("polyline", {"points": "1 2,3 4 5,6"}, "M 1 2 L 3 4 L 5 6"),
        ("polygon", {"points": "1,2 3,4 5,6"}, "M 1 2 L 3 4 L 5 6 Z"),
        ("rect", {"x": "1", "y": "2", "width": "3", "height": "4"}, "M 1 2 L 4 2 L 4 6 L 1 6 Z"),
    ],
)
def test_a_shape_is_rewritten_in_the_path_language(tag: str, shape: dict[str, str], drawn: str) -> None:
    assert convert([(tag, shape)]) == drawn


def test_a_rectangle_of_corners_only_is_an_ellipse() -> None:
    round_rect = convert([("rect", {"x": "2", "y": "4", "width": "20", "height": "16", "rx": "10", "ry": "8"})])
    assert round_rect == convert([("ellipse", {"cx": "12", "cy": "12", "rx": "10", "ry": "8"})])
    assert round_rect.count("C") == 4
    assert "L" not in round_rect
