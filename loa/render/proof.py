"""A look at an order whatever the lint says of it: the designer sees what is wrong, not only that something is."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from loa.errors import Problem
from loa.render.audio import is_audio
from loa.render.canvas import SkiaCanvas
from loa.render.finish import encode
from loa.render.kinds import kind_of
from loa.render.order import Kind, Order
from loa.render.picture import Design, design, painted, settle
from loa.render.scan import check_codes
from loa.render.tree.measure import Rect
from loa.render.tree.paint import Painter
from loa.workspace import Workspace

_GAP = 24
_GROUND = (217, 222, 230, 255)
_SCENE_HEIGHT, _SCENE_WIDTH = 720, 880


@dataclass(frozen=True, slots=True)
class Proof:
    """What an order looks like now, and what would stop it. ``text`` instead of a picture where it is heard."""

    order: Order
    kind: Kind
    data: bytes
    width: int
    height: int
    problems: tuple[Problem, ...]
    safe: tuple[float, float, float, float]
    """Where no text may stand: top, right, bottom and left, as shares of the picture."""
    milliseconds: float
    text: str = ""


def proof(ws: Workspace, order: Order) -> Proof:
    """Make a picture of an order to look at; nothing is kept.

    Raises:
        LoaError: the template, the brand or the data cannot be read at all.
    """
    start = time.perf_counter()
    if is_audio(order.template):
        return _script(ws, order, start)
    plan = design(ws, order)
    kind = kind_of(ws, order.template, order.format)
    data, width, height, problems = _LOOKS[kind](plan)
    taken = (time.perf_counter() - start) * 1000
    return Proof(order, kind, data, width, height, tuple(problems), _safe(plan, kind), taken)


Look = tuple[bytes, int, int, list[Problem]]


def _picture(plan: Design) -> Look:
    settled, placed, problems = settle(plan)
    order, spec = settled.order, settled.spec
    with painted(settled, placed) as sheet:
        codes = check_codes(sheet.pixels, placed, f"{order.template}/{order.format}")
        return encode(sheet.pixels, whole=sheet.jpeg), spec.width, spec.height, [*problems, *codes]


def _document(plan: Design) -> Look:
    from loa.render.print.document import lay_out_document  # noqa: PLC0415 (paper is seldom looked at)
    from loa.render.print.preview import preview_of  # noqa: PLC0415 (the same)

    document = lay_out_document(plan)
    shown = preview_of(document, document.pictures())
    return shown.data, shown.width, shown.height, document.problems()


def _clip(plan: Design) -> Look:
    """The scenes of a clip side by side, each as it stands when all of it has come on."""
    from loa.render.clip import laid_out  # noqa: PLC0415 (clips are seldom looked at)

    clip = laid_out(plan)
    spec, scenes = plan.spec, [(*clip.ground, *roots) for _, roots in clip.scenes]
    scale = min(1.0, _SCENE_HEIGHT / spec.height, _SCENE_WIDTH / spec.width)
    width, height = round(spec.width * scale), round(spec.height * scale)
    spots, board_width, board_height = _spots(len(scenes), width, height)
    board = SkiaCanvas(board_width, board_height)
    board.rect(Rect(0, 0, board_width, board_height), _GROUND)
    painter = Painter(board, clip.plan.theme, clip.plan.pictures(tuple(root.element for root in clip.seen)))
    for (left, top), roots in zip(spots, scenes, strict=True):
        with board.clip(Rect(left, top, width, height)), board.moved(left, top, scale, (0, 0), 1):
            for root in roots:
                painter.paint(root)
    return encode(board.pixels), board_width, board_height, clip.problems()


def _spots(count: int, width: int, height: int) -> tuple[list[tuple[int, int]], int, int]:
    """Where scenes of this size stand on a board, in as even rows as they come; the width and height of the board."""
    columns = min(count, max(1, math.ceil(math.sqrt(count * height / width * 1.6))))
    rows = math.ceil(count / columns)
    columns = math.ceil(count / rows)  # three and three, not five and one
    spots = [
        (index % columns * (width + _GAP) + _GAP, index // columns * (height + _GAP) + _GAP) for index in range(count)
    ]
    return spots, columns * (width + _GAP) + _GAP, rows * (height + _GAP) + _GAP


_LOOKS = {"picture": _picture, "document": _document, "clip": _clip}


def _safe(plan: Design, kind: Kind) -> tuple[float, float, float, float]:
    if kind != "picture":
        return 0, 0, 0, 0
    top, right, bottom, left = plan.theme.sides(plan.spec.safe)
    width, height = plan.spec.width, plan.spec.height
    return top / height, right / width, bottom / height, left / width


def _script(ws: Workspace, order: Order, start: float) -> Proof:
    """What an announcer reads; a sound is made only when it is ordered."""
    from loa.render.audio.bulletin import bulletin_problems  # noqa: PLC0415 (sound is seldom looked at)
    from loa.render.audio.script import write_script  # noqa: PLC0415 (the same)

    sheet = write_script(ws, order).sheet(ws.settings.voice.pace)
    problems = tuple(bulletin_problems(ws, order))
    taken = (time.perf_counter() - start) * 1000
    return Proof(order, kind_of(ws, order.template, order.format), b"", 0, 0, problems, (0, 0, 0, 0), taken, sheet)
