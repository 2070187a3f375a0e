"""Draws the sample illustration of ``guong-dien-hinh``: our own work, so that no person's photo is shipped.

Run it from the root of the repository: ``uv run python -m tools.sample_art``.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import skia
from PIL import Image

WIDTH, HEIGHT = 1600, 1200
SCALE = 2
"""Twice as many pixels: the picture must also do on an A2 sheet."""
TARGET = Path(__file__).parents[1] / "templates" / "infographics" / "guong-dien-hinh" / "mau.jpg"
PEOPLE_UP = 95
"""The people stand where every crop, wide or tall, keeps their faces."""
SKIN, SKIN_SHADE = "#E8B48C", "#D69A70"
HAIR, GREY = "#1E1B2E", "#C9CDD6"


def paint(color: str, alpha: int = 255) -> skia.Paint:
    """A flat fill."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return skia.Paint(AntiAlias=True, Color=skia.Color(red, green, blue, alpha))


def stroke(color: str, width: float, alpha: int = 255) -> skia.Paint:
    """A round pen."""
    pen = paint(color, alpha)
    pen.setStyle(skia.Paint.kStroke_Style)
    pen.setStrokeWidth(width)
    pen.setStrokeCap(skia.Paint.kRound_Cap)
    pen.setStrokeJoin(skia.Paint.kRound_Join)
    return pen


def shape(canvas: skia.Canvas, commands: str, ink: skia.Paint) -> None:
    """A path in the language of SVG."""
    path = skia.Path()
    words = commands.replace(",", " ").split()
    at = 0
    while at < len(words):
        letter = words[at]
        count = {"M": 2, "L": 2, "C": 6, "Q": 4, "Z": 0}[letter]
        values = [float(word) for word in words[at + 1 : at + 1 + count]]
        {"M": path.moveTo, "L": path.lineTo, "C": path.cubicTo, "Q": path.quadTo, "Z": path.close}[letter](*values)
        at += count + 1
    canvas.drawPath(path, ink)


def sky(canvas: skia.Canvas) -> None:
    """Morning light, a sun, far mountains."""
    light = skia.GradientShader.MakeLinear(
        [skia.Point(0, 0), skia.Point(0, 900)],
        [skia.Color(142, 197, 255), skia.Color(222, 240, 255), skia.Color(255, 240, 205)],
        [0.0, 0.55, 1.0],
    )
    canvas.drawPaint(skia.Paint(Shader=light))
    for radius, color, alpha in ((270, "#FFE08A", 60), (205, "#FFE08A", 90), (140, "#FFC420", 255)):
        canvas.drawCircle(1200, 300, radius, paint(color, alpha))
    shape(canvas, "M 0 640 C 180 470 300 430 430 520 C 560 380 700 350 860 500 C 1010 400 1180 420 1300 520 "
          "C 1420 460 1520 470 1600 520 L 1600 1200 L 0 1200 Z", paint("#7FB2E5"))  # fmt: skip
    shape(canvas, "M 0 720 C 220 590 380 600 560 680 C 760 560 980 560 1160 680 C 1320 600 1480 610 1600 660 "
          "L 1600 1200 L 0 1200 Z", paint("#4E8FD3"))  # fmt: skip
    for x, y, size in ((240, 210, 1.0), (640, 130, 0.7), (1430, 190, 0.6)):
        for dx, dy, radius in ((0, 0, 44), (58, -18, 58), (124, 0, 46)):
            canvas.drawCircle(x + dx * size, y + dy * size, radius * size, paint("#FFFFFF"))
        bar = skia.Rect.MakeXYWH(x - 44 * size, y, 214 * size, 46 * size)
        canvas.drawRoundRect(bar, 23 * size, 23 * size, paint("#FFFFFF"))


def fields(canvas: skia.Canvas) -> None:
    """Rice terraces, and a stilt house among trees."""
    greens = ("#2F9A76", "#3DAA7E", "#57B887", "#7CC98F", "#A3D79B")
    for step, color in enumerate(greens):
        y = 770 + step * 78
        ridge = f"C 260 {y - 60} 520 {y - 30} 800 {y + 20} C 1080 {y + 70} 1340 {y + 10} 1600 {y - 40}"
        shape(canvas, f"M 0 {y + 40} {ridge} L 1600 1200 L 0 1200 Z", paint(color))
        shape(canvas, f"M 0 {y + 40} {ridge}", stroke("#E8F7D8", 6, 120))
    for x, y, size in ((120, 742, 1.0), (205, 756, 0.75), (520, 752, 0.7)):
        canvas.drawRect(skia.Rect.MakeXYWH(x - 7 * size, y, 14 * size, 74 * size), paint("#7A4A26"))
        for dx, dy, radius in ((-34, -10, 46), (34, -10, 46), (0, -52, 58)):
            canvas.drawCircle(x + dx * size, y + dy * size, radius * size, paint("#1E7D63"))
    for x in (296, 346, 396, 446):
        canvas.drawRect(skia.Rect.MakeXYWH(x, 760, 10, 66), paint("#6B3F1F"))
    canvas.drawRect(skia.Rect.MakeXYWH(284, 690, 184, 76), paint("#B8743B"))
    canvas.drawRect(skia.Rect.MakeXYWH(352, 706, 44, 60), paint("#5B3418"))
    for x in (304, 416):
        canvas.drawRect(skia.Rect.MakeXYWH(x, 706, 32, 30), paint("#FFE9B8"))
    shape(canvas, "M 256 696 L 318 616 L 434 616 L 496 696 Z", paint("#8E2F2A"))


def helper(canvas: skia.Canvas) -> None:
    """The member of the team, in a blue shirt, showing the way on a tablet."""
    shape(canvas, "M 880 1300 C 870 980 900 860 1010 812 L 1170 812 C 1290 850 1330 980 1340 1300 Z", paint("#1259C3"))
    shape(
        canvas, "M 1170 812 C 1290 850 1330 980 1340 1300 L 1230 1300 C 1230 1010 1210 900 1170 812 Z", paint("#0E4DAE")
    )
    shape(canvas, "M 1030 812 L 1090 900 L 1150 812 Z", paint("#FFFFFF"))
    shape(canvas, "M 1044 726 L 1136 726 L 1136 812 C 1120 850 1060 850 1044 812 Z", paint(SKIN_SHADE))
    shape(canvas, "M 968 640 C 950 470 1230 470 1212 650 C 1232 760 1220 830 1196 858 C 1190 780 1180 740 1170 700 "
          "L 1004 700 C 998 760 990 800 976 842 C 950 790 952 700 968 640 Z", paint(HAIR))  # fmt: skip
    canvas.drawOval(skia.Rect.MakeXYWH(1000, 545, 180, 222), paint(SKIN))
    shape(canvas, "M 992 650 C 990 560 1040 520 1100 524 C 1160 520 1196 570 1190 660 C 1176 610 1150 588 1120 584 "
          "C 1080 604 1030 600 1006 606 C 998 620 996 636 992 650 Z", paint(HAIR))  # fmt: skip
    shape(canvas, "M 1060 712 Q 1088 738 1118 712", stroke("#A8552F", 7))
    for x in (1050, 1126):
        canvas.drawCircle(x, 656, 8, paint(HAIR))
    for x in (1034, 1146):
        canvas.drawCircle(x, 694, 16, paint("#F0937A", 120))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(1196, 936, 78, 30), 8, 8, paint("#FFFFFF"))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(1208, 947, 54, 8), 4, 4, paint("#1259C3"))


def elder(canvas: skia.Canvas) -> None:
    """The old farmer under the conical hat, watching."""
    shape(canvas, "M 420 1300 C 412 1010 440 910 540 872 L 690 872 C 800 908 836 1010 842 1300 Z", paint("#8A4B2A"))
    shape(canvas, "M 540 872 C 440 910 412 1010 420 1300 L 512 1300 C 508 1050 520 950 540 872 Z", paint("#743C20"))
    shape(canvas, "M 586 872 L 616 960 L 648 872 Z", paint("#F3E4CF"))
    shape(canvas, "M 576 800 L 660 800 L 660 872 C 646 900 590 900 576 872 Z", paint("#B97F56"))
    canvas.drawOval(skia.Rect.MakeXYWH(530, 632, 176, 214), paint("#CF9A6E"))
    shape(
        canvas, "M 566 800 C 570 880 600 916 622 918 C 648 914 672 870 672 798 C 650 822 590 824 566 800 Z", paint(GREY)
    )
    shape(canvas, "M 580 782 Q 600 800 618 788 Q 638 800 658 782", stroke(GREY, 13))
    for x in (584, 652):
        canvas.drawCircle(x, 734, 7, paint(HAIR))
        shape(canvas, f"M {x - 16} 712 Q {x} 702 {x + 16} 712", stroke(GREY, 8))
    shape(canvas, "M 404 700 Q 500 560 622 470 Q 740 566 836 704 Q 620 640 404 700 Z", paint("#F2D9A0"))
    shape(canvas, "M 622 470 Q 740 566 836 704 Q 736 672 640 668 Q 650 560 622 470 Z", paint("#DDBB77"))
    for end in (470, 540, 690, 760):
        shape(canvas, f"M 622 474 Q {(622 + end) / 2 + (end - 622) * 0.1} 570 {end} 672", stroke("#C9A45C", 4, 150))


def tablet(canvas: skia.Canvas) -> None:
    """What both look at: a form with a tick."""
    canvas.save()
    canvas.rotate(-6, 860, 1030)
    canvas.drawRoundRect(skia.Rect.MakeXYWH(708, 912, 300, 232), 26, 26, paint("#0A2150"))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(726, 930, 264, 196), 12, 12, paint("#FFFFFF"))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(726, 930, 264, 44), 12, 12, paint("#1259C3"))
    for y, width in ((996, 190), (1026, 80), (1056, 80)):
        canvas.drawRoundRect(skia.Rect.MakeXYWH(748, y, width, 13), 6, 6, paint("#C6D5EA"))
    canvas.drawCircle(896, 1060, 40, paint("#08806C"))
    shape(canvas, "M 878 1062 L 891 1076 L 916 1046", stroke("#FFFFFF", 10))
    canvas.restore()
    shape(canvas, "M 1150 1300 C 1150 1110 1110 1060 1040 1046", stroke("#1259C3", 96))
    canvas.drawCircle(1016, 1040, 46, paint(SKIN))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(950, 1022, 80, 28), 14, 14, paint(SKIN))
    shape(canvas, "M 560 1300 C 570 1130 620 1100 690 1094", stroke("#8A4B2A", 92))
    canvas.drawCircle(714, 1092, 42, paint("#CF9A6E"))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(700, 1072, 78, 26), 13, 13, paint("#CF9A6E"))


def draw() -> Image.Image:
    """The whole picture."""
    surface = skia.Surface(WIDTH * SCALE, HEIGHT * SCALE)
    with surface as canvas:
        canvas.scale(SCALE, SCALE)
        for layer in (sky, fields):
            layer(canvas)
        canvas.translate(0, -PEOPLE_UP)
        for layer in (elder, helper, tablet):
            layer(canvas)
    pixels = np.asarray(surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType))
    return Image.fromarray(pixels).convert("RGB")


def main() -> None:
    """Write the picture into its template."""
    data = io.BytesIO()
    draw().save(data, "JPEG", quality=82, optimize=True)
    TARGET.write_bytes(data.getvalue())


if __name__ == "__main__":
    main()
