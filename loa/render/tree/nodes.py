"""The nodes of a template's tree, as ``template.yaml`` writes them. Numbers may be tokens: ``$margin``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from loa.reader.fields import Model, YesNo
from loa.render.tree.lengths import Length, Sides, Size

Case = Annotated[
    Literal["yes", "no", "có", "không", "true", "false", "tone"],
    WithJsonSchema({"enum": ["có", "không", "tone", "yes", "no", "true", "false", True, False]}),
]
Align = Literal["start", "center", "end", "stretch"]
Justify = Literal["start", "center", "end", "between"]
Corner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]


class When(Model):
    """Shows a node only if every condition holds."""

    given: str = Field(default="", description="Chỉ hiện khi trường này có nội dung")
    missing: str = Field(default="", description="Chỉ hiện khi trường này để trống")
    field: str = Field(default="", description="Trường dùng để so sánh với is / is_not")
    is_: str = Field(default="", alias="is", description="Chỉ hiện khi trường bằng giá trị này")
    is_not: str = Field(default="", description="Chỉ hiện khi trường khác giá trị này")
    reaches: str = Field(default="", description="Chỉ hiện khi số ở field không nhỏ hơn số ở trường này")
    below: str = Field(default="", description="Chỉ hiện khi số ở field nhỏ hơn số ở trường này")
    share: float = Field(default=100, gt=0, description="So với bao nhiêu phần trăm của reaches, below")
    count: str = Field(default="", description="Danh sách cần đếm")
    least: int = Field(default=0, description="Ít nhất bao nhiêu phần tử")
    most: int = Field(default=99, description="Nhiều nhất bao nhiêu phần tử")
    odd: YesNo | None = Field(default=None, description="Số phần tử lẻ (có) hay chẵn (không)")
    formats: tuple[str, ...] = Field(default=(), description="Chỉ hiện ở các khổ này")
    shapes: tuple[Literal["tall", "square", "wide", "strip"], ...] = Field(
        default=(), description="Chỉ hiện ở các dáng khổ này: tall, square, wide, strip"
    )
    elder: YesNo | None = Field(
        default=None, description="Chỉ ở bản cho người cao tuổi (có), hoặc chỉ ở bản thường (không)"
    )
    roomy: YesNo | None = Field(default=None, description="Chỉ hiện khi còn rộng chỗ (có), hoặc khi chật (không)")


class Enter(Model):
    """How a node of a clip comes on: when, for how long, from where."""

    at: float = Field(default=0, ge=0, description="Giây bắt đầu, tính từ đầu cảnh")
    seconds: float = Field(default=0.5, gt=0, le=10, description="Thời gian xuất hiện (giây)")
    stagger: float = Field(default=0, ge=0, le=2, description="Phần tử lặp sau chậm hơn phần tử trước (giây)")
    by: Literal["fade", "rise", "slide", "grow", "draw"] = Field(
        default="fade", description="Kiểu: fade, rise, slide, grow; draw = vẽ dần hoặc đếm dần"
    )


class Node(Model):
    """What every node may say."""

    when: When | None = Field(default=None, description="Điều kiện hiển thị")
    each: str = Field(default="", description="Lặp lại cho từng phần tử của danh sách này (item.…, number)")
    width: Length | None = Field(default=None, description="Chiều rộng (điểm ảnh)")
    height: Length | None = Field(default=None, description="Chiều cao (điểm ảnh)")
    grow: float = Field(default=0, ge=0, le=1000, description="Phần chỗ trống được nhận thêm")
    padding: Sides = Field(default="0", description="Lề trong: tất cả, hoặc trên phải dưới trái")
    fill: str = Field(default="", description="Màu hoặc dải màu nền")
    radius: Sides = Field(default="0", description="Bo góc")
    border: str = Field(default="", description="Màu viền")
    border_width: Length = Field(default=2, description="Độ dày viền")
    shadow: YesNo = Field(default=False, description="Đổ bóng")
    motif: Corner | None = Field(default=None, description="Họa tiết sóng loa ở góc")
    motif_when: When | None = Field(default=None, description="Điều kiện có họa tiết")
    motif_color: str = Field(default="white/8", description="Màu họa tiết")
    align: Align = Field(default="start", description="Căn theo chiều ngang của hộp")
    self_align: Align | None = Field(default=None, description="Căn riêng trong hộp cha")
    prefer: float = Field(default=1, gt=0, le=1000, description="Mức ưu tiên khi là một cách bố trí trong fit")
    enter: Enter | None = Field(default=None, description="Cách xuất hiện (chỉ trong clip)")


class Group(Node):
    """What the nodes with children share."""

    children: tuple[AnyNode, ...] = Field(default=(), description="Các hộp con")
    gap: Length = Field(default=0, description="Khoảng cách giữa các hộp con")
    justify: Justify = Field(default="start", description="Phân bố theo chiều xếp")


class Row(Group):
    """Children side by side."""

    kind: Literal["row"]
    align: Align = Field(default="center", description="Căn theo chiều dọc của hàng")


class Column(Group):
    """Children one under another."""

    kind: Literal["column"]
    align: Align = Field(default="stretch", description="Căn theo chiều ngang của cột")


class Stack(Group):
    """Children over one another."""

    kind: Literal["stack"]
    align: Align = Field(default="stretch", description="Căn theo chiều ngang; justify căn theo chiều dọc")


class Grid(Group):
    """Cells of equal size. An odd one out may span its row."""

    kind: Literal["grid"]
    columns: int = Field(default=2, ge=1, le=6, description="Số cột")
    level: YesNo = Field(default=True, description="Nội dung các ô bắt đầu cùng một độ cao")
    lead: YesNo = Field(default=False, description="Nếu lẻ, ô đầu chiếm cả hàng")


class Wrap(Group):
    """Children side by side, going on in the next row when one is full."""

    kind: Literal["wrap"]
    align: Align = Field(default="start", description="Căn các hàng theo chiều ngang")


class Fit(Node):
    """Tries each option at the largest scale that fits and keeps the best."""

    kind: Literal["fit"]
    options: tuple[AnyNode, ...] = Field(min_length=1, description="Các cách bố trí để chọn")
    smallest: float = Field(default=0.6, gt=0, le=10, description="Tỉ lệ nhỏ nhất")
    largest: float = Field(default=1.4, gt=0, le=10, description="Tỉ lệ lớn nhất")


class Use(Node):
    """A part of the template, by name."""

    kind: Literal["use"]
    part: str = Field(description="Tên phần khai báo ở mục parts")


class Text(Node):
    """Words, set in balanced lines."""

    kind: Literal["text"]
    text: str = Field(description="Nội dung, có thể chứa {{ trường }}")
    tail: str = Field(default="", description="Phần chữ nhỏ đi sau, ví dụ đơn vị tính")
    tail_scale: float = Field(default=0.55, gt=0, le=4, description="Cỡ chữ của phần nhỏ so với phần chính")
    size: Length = Field(default=30, description="Cỡ chữ")
    smallest: Length | None = Field(default=None, description="Cỡ chữ nhỏ nhất khi phải thu lại")
    lines: int = Field(default=1, ge=1, le=20, description="Số dòng nhiều nhất")
    leading: float = Field(default=1.28, gt=0.7, le=2.5, description="Giãn dòng")
    weight: int = Field(default=500, ge=100, le=900, description="Độ đậm")
    color: str = Field(default="ink", description="Màu chữ")
    tracking: Size = Field(default=0, description="Giãn chữ (phần nghìn cỡ chữ)")
    uppercase: Case = Field(default="no", description="Viết hoa toàn bộ; tone = theo giọng điệu của nhận diện")
    balance: YesNo = Field(default=True, description="Cân các dòng cho đều")
    decor: YesNo = Field(default=False, description="Chỉ để trang trí, không đọc trong mô tả hình")
    group: str = Field(default="", description="Các chữ cùng nhóm có cùng cỡ")
    counts: YesNo = Field(default=False, description="Là con số đếm dần từ 0 (chỉ trong clip)")
    face: Literal["text", "title"] = Field(default="text", description="Phông: text (thường) hoặc title (tiêu đề, số)")
    behind: str = Field(default="", description="Màu nền phía sau chữ, để kiểm tra độ tương phản")


class Ring(Node):
    """A share of a whole. ``value`` counts from 0 to 100."""

    kind: Literal["ring"]
    value: str = Field(description="Giá trị 0–100")
    size: Length = Field(default=160, description="Đường kính")
    thickness: float = Field(default=0.15, gt=0, lt=0.5, description="Độ dày so với đường kính")
    color: str = Field(default="accent", description="Màu phần giá trị")
    track: str = Field(default="accent/14", description="Màu phần còn lại")


class Bar(Node):
    """A share of a whole as a bar that fills the width it gets, or the height."""

    kind: Literal["bar"]
    value: str = Field(description="Giá trị 0–100")
    upright: YesNo = Field(default=False, description="Cột đứng, cao theo chỗ được cho")
    whole: str = Field(default="", description="Giá trị ở cuối thanh; bỏ trống là 100")
    target: str = Field(default="", description="Vạch chỉ tiêu, trên cùng thang với value")
    target_color: str = Field(default="alert", description="Màu vạch chỉ tiêu")
    thickness: Length = Field(default=16, description="Độ dày")
    color: str = Field(default="accent", description="Màu phần giá trị")
    track: str = Field(default="accent/14", description="Màu phần còn lại")


class Chart(Node):
    """What the charts share: a list whose rows have a label and a value (and a number, if it is a figure)."""

    data: str = Field(description="Danh sách số liệu: mỗi phần tử có label, value, unit")
    size: Length = Field(default=200, description="Đường kính (donut) hoặc chiều cao (bars, line)")


class Donut(Chart):
    """Shares of a whole as one ring; what is missing to 100 stays empty."""

    kind: Literal["donut"]
    thickness: float = Field(default=0.2, gt=0, lt=0.5, description="Độ dày so với đường kính")
    track: str = Field(default="line", description="Màu phần còn lại")


class Plot(Chart):
    """What columns and lines share. The axis begins at 0."""

    most: float = Field(default=0, ge=0, description="Đỉnh của trục; 0 = tự chọn theo số lớn nhất")
    target: str = Field(default="", description="Chỉ tiêu, vẽ thành vạch ngang")
    target_label: str = Field(default="", description="Chữ của vạch chỉ tiêu")
    target_color: str = Field(default="alert", description="Màu vạch chỉ tiêu")
    color: str = Field(default="", description="Màu; bỏ trống thì mỗi cột một màu nhấn")
    label_size: Length = Field(default=24, description="Cỡ chữ của nhãn")
    value_size: Length = Field(default=34, description="Cỡ chữ của số liệu")
    label_color: str = Field(default="ink", description="Màu chữ của nhãn")


class Bars(Plot):
    """Columns side by side, each with its value above and its label below."""

    kind: Literal["bars"]


class Line(Plot):
    """A value over time, with its points named."""

    kind: Literal["line"]


class Icon(Node):
    """A line icon by name."""

    kind: Literal["icon"]
    name: str = Field(description="Tên biểu tượng")
    size: Length = Field(default=40, description="Cỡ")
    color: str = Field(default="ink", description="Màu nét")
    stroke: float = Field(default=2, gt=0, le=12, description="Độ dày nét trên khung 24")


class Qr(Node):
    """A QR code."""

    kind: Literal["qr"]
    value: str = Field(description="Đường dẫn đưa vào mã QR")
    size: Length = Field(default=180, description="Cạnh, kể cả lề trắng")
    color: str = Field(default="ink", description="Màu ô")


class Logo(Node):
    """The logo of the unit, or our neutral mark where there is none."""

    kind: Literal["logo"]
    value: str = Field(default="", description="Trường chứa đường dẫn tệp ảnh")
    size: Length = Field(default=96, description="Cạnh")


class Image(Node):
    """A photo of the workspace, cropped to the box."""

    kind: Literal["image"]
    value: str = Field(description="Trường chứa đường dẫn tệp ảnh")
    focus: Literal["top", "center"] = Field(default="center", description="Phần giữ lại khi cắt: top, center")


AnyNode = Annotated[
    Row | Column | Stack | Grid | Wrap | Fit | Use | Text | Ring | Bar | Donut | Bars | Line | Icon | Qr | Logo | Image,
    Field(discriminator="kind"),
]
for _model in (Group, Row, Column, Stack, Grid, Wrap, Fit):
    _model.model_rebuild()
