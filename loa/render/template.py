"""``template.yaml`` and ``brand.yaml`` as frozen models, and the checks that pydantic cannot make."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import Field

from loa.reader.fields import Model, Slug, Text, YesNo
from loa.render.tree import nodes
from loa.render.tree.lengths import Sides, Size

Shape = Literal["tall", "square", "wide", "strip"]
FIELD = re.compile(r"\{\{\s*([A-Za-z0-9_.]+)\s*\}\}")
BUILT_IN = frozenset(
    (
        *("item", "number", "last_item", "unit", "facts", "format", "body", "campaign", "caption"),
        *("page", "pages", "side", "contents", "section", "blocks", "first", "last"),  # of a document
    )
)


class Sheet(Model):
    """The paper of a print format, in millimetres."""

    width: float = Field(ge=30, le=5000, description="Chiều rộng sau khi xén (mm)")
    height: float = Field(ge=30, le=5000, description="Chiều cao sau khi xén (mm)")
    bleed: float = Field(default=3, ge=0, le=100, description="Phần tràn lề mỗi cạnh (mm)")


class Imposition(Model):
    """Several trimmed pages on one sheet of paper, in millimetres."""

    width: float = Field(ge=30, le=5000, description="Chiều rộng tờ in (mm)")
    height: float = Field(ge=30, le=5000, description="Chiều cao tờ in (mm)")
    across: int = Field(default=2, ge=1, le=20, description="Số trang theo chiều ngang")
    down: int = Field(default=1, ge=1, le=20, description="Số trang theo chiều dọc")
    order: Literal["same", "booklet"] = Field(
        default="same", description="same: mỗi tờ lặp lại một trang; booklet: sổ gập đôi, ghim giữa (hai trang mỗi mặt)"
    )

    @property
    def grid(self) -> tuple[int, int]:
        """Pages side by side and one under another; a booklet is folded once, whatever is asked."""
        return (2, 1) if self.order == "booklet" else (self.across, self.down)


class FormatSpec(Model):
    """A format: its size in pixels (units, on paper), where no text may stand, its own sizes."""

    width: int = Field(ge=200, le=8000, description="Chiều rộng (điểm ảnh)")
    height: int = Field(ge=200, le=8000, description="Chiều cao (điểm ảnh)")
    shape: Shape = Field(default="tall", description="Dáng: tall (dọc), square (vuông), wide (ngang), strip (dải)")
    page: Sheet | None = Field(default=None, description="Khổ giấy, nếu là bản in; kết quả là tệp PDF")
    impose: Imposition | None = Field(default=None, description="Bình nhiều trang trên một tờ in")
    safe: Sides = Field(default="0", description="Vùng không đặt chữ: trên phải dưới trái")
    smallest: float = Field(default=20, ge=8, le=200, description="Cỡ chữ nhỏ nhất được dùng ở khổ này")
    most_bytes: int = Field(
        default=1_000_000, ge=50_000, le=50_000_000, description="Dung lượng lớn nhất của tệp hình (byte)"
    )
    tokens: dict[str, Size] = Field(default={}, description="Kích thước riêng của khổ này")
    dense: dict[str, Size] = Field(default={}, description="Kích thước thay thế khi nội dung nhiều, không đủ chỗ")

    def crowded(self) -> FormatSpec:
        """This format with the sizes for much content."""
        return self.model_copy(update={"tokens": {**self.tokens, **self.dense}, "dense": {}})


class FieldSpec(Model):
    """What a template asks of one field of the data."""

    required: YesNo = Field(default=False, description="Bắt buộc phải có")
    list_: YesNo = Field(default=False, alias="list", description="Là danh sách")
    default: str = Field(default="", description="Nội dung khi bỏ trống")
    least: int = Field(default=0, ge=0, description="Số phần tử ít nhất của danh sách, khi có")
    most: int = Field(default=0, description="Số ký tự (hoặc phần tử) nhiều nhất; 0 = không giới hạn")
    about: str = Field(default="", description="Giải thích cho người soạn")


class Scene(Model):
    """A stretch of a clip's time with its own tree."""

    seconds: float = Field(gt=0, le=60, description="Thời lượng (giây)")
    when: nodes.When | None = Field(default=None, description="Điều kiện có cảnh này")
    each: str = Field(default="", description="Lặp lại cảnh cho từng phần tử")
    caption: str = Field(default="", description="Phụ đề của cảnh")
    footage: str = Field(default="", description="Video của người dùng làm nền của cảnh (trường chứa đường dẫn)")
    start: str = Field(default="", description="Lấy video từ giây thứ mấy (trường chứa số)")
    box: nodes.AnyNode = Field(description="Cây hộp của cảnh")


class Leaf(Model):
    """A page of a document, or as many pages as the data needs."""

    when: nodes.When | None = Field(default=None, description="Điều kiện có trang này")
    each: str = Field(default="", description="Mỗi phần tử của danh sách này một trang (item.…, number)")
    flow: str = Field(
        default="", description="Văn bản (hoặc danh sách mục có title, text) chảy qua nhiều trang; trang dùng blocks"
    )
    spoken: YesNo = Field(
        default=False, description="Viết lời như khi đọc lên (số, từ viết tắt); section.minutes là thời lượng"
    )
    pad: YesNo = Field(default=False, description="Trang đệm: lặp lại cho đủ bội số trang của mẫu")
    box: nodes.AnyNode = Field(description="Cây hộp của trang")


class AltText(Model):
    """A default alternative text for some contents."""

    when: nodes.When = Field(description="Điều kiện")
    text: Text = Field(description="Mô tả hình")


class Template(Model):
    """``template.yaml`` with all that it shares. Scenes make a clip, a box a picture, pages a document."""

    title: Text = Field(description="Tên mẫu")
    about: str = Field(default="", description="Giới thiệu mẫu")
    alt: str = Field(default="", description="Mô tả hình mặc định")
    alts: tuple[AltText, ...] = Field(default=(), description="Mô tả hình theo điều kiện; mục đầu tiên đúng được dùng")
    formats: dict[Slug, FormatSpec] = Field(default={}, description="Các khổ riêng; bỏ trống thì dùng các khổ chung")
    only: tuple[Slug, ...] = Field(default=(), description="Chỉ dùng những khổ chung này")
    tokens: dict[str, Size] = Field(default={}, description="Kích thước của mẫu, cho mọi khổ")
    sizes: dict[str, dict[str, Size]] = Field(default={}, description="Kích thước riêng theo dáng khổ hoặc theo khổ")
    dense: dict[str, dict[str, Size]] = Field(
        default={}, description="Kích thước thay thế khi chật chỗ, theo dáng khổ hoặc theo khổ"
    )
    fields: dict[str, FieldSpec] = Field(default={}, description="Các trường dữ liệu của mẫu")
    parts: dict[str, nodes.AnyNode] = Field(default={}, description="Các phần dùng lại")
    box: nodes.AnyNode | None = Field(default=None, description="Cây hộp của hình; bỏ trống thì dùng phần chung page")
    pages: tuple[Leaf, ...] = Field(default=(), description="Các trang của tài liệu")
    multiple: int = Field(default=1, ge=1, le=16, description="Số trang phải chia hết cho số này (sổ đóng ghim: 4)")
    most_pages: int = Field(default=60, ge=1, le=200, description="Số trang nhiều nhất của tài liệu")
    background: nodes.AnyNode | None = Field(default=None, description="Nền chung của clip")
    overlay: nodes.AnyNode | None = Field(default=None, description="Lớp chung phía trên của clip (phụ đề)")
    scenes: tuple[Scene, ...] = Field(default=(), description="Các cảnh của clip")
    slowest: float = Field(default=10, ge=3, le=90, description="Thời lượng dài nhất của clip (giây)")
    loop: YesNo = Field(default=False, description="Clip chiếu lặp: hết thì nối liền lại từ đầu")

    @property
    def is_clip(self) -> bool:
        return bool(self.scenes)

    def printed_in(self, form: str) -> bool:
        """Whether this format of the template is a document for paper."""
        spec = self.formats.get(form)
        return bool(self.pages) or (spec is not None and spec.page is not None)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The pages of a document; a picture that is printed is a document of one page."""
        return self.pages or ((Leaf(box=self.box),) if self.box is not None else ())


class Shared(Model):
    """``templates/shared.yaml``: the formats, fields and parts that all templates may use."""

    formats: dict[Slug, FormatSpec] = Field(min_length=1, description="Các khổ chung")
    tokens: dict[str, Size] = Field(default={}, description="Kích thước chung của mọi khổ")
    fields: dict[str, FieldSpec] = Field(default={}, description="Các trường dữ liệu chung")
    parts: dict[str, nodes.AnyNode] = Field(default={}, description="Các phần chung")


class Preview(Model):
    """``preview.yaml``: sample data that shows a template off."""

    data: dict[str, Any] = Field(description="Dữ liệu mẫu")
