"""``template.yaml`` and ``brand.yaml`` as frozen models, and the checks that pydantic cannot make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from loa.errors import Problem, ProblemsFound
from loa.reader import Loaded
from loa.reader.fields import Model, Slug, Text, YesNo
from loa.render.tree import nodes
from loa.render.tree.icons import ICONS

Hex = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
FIELD = re.compile(r"\{\{\s*([A-Za-z0-9_.]+)\s*\}\}")
BUILT_IN = frozenset({"item", "number", "unit", "facts", "format", "body", "campaign", "caption"})


class Gradient(Model):
    """Two colours and the way from one to the other."""

    start: str = Field(alias="from", description="Màu đầu")
    end: str = Field(alias="to", description="Màu cuối")
    angle: float = Field(default=90, description="Góc (độ): 0 = trái sang phải, 90 = trên xuống dưới")


class Brand(Model):
    """``brand.yaml``: the colours that templates call by name."""

    colors: dict[str, Hex] = Field(description="Bảng màu: tên → #RRGGBB")
    gradients: dict[str, Gradient] = Field(default={}, description="Dải màu")
    accents: tuple[str, ...] = Field(min_length=1, description="Các màu nhấn, dùng lần lượt cho từng số liệu")


class FormatSpec(Model):
    """A format: its size in pixels, where no text may stand, its own sizes."""

    width: int = Field(ge=200, le=8000, description="Chiều rộng (điểm ảnh)")
    height: int = Field(ge=200, le=8000, description="Chiều cao (điểm ảnh)")
    safe: nodes.Sides = Field(default="0", description="Vùng không đặt chữ: trên phải dưới trái")
    tokens: dict[str, float] = Field(default={}, description="Kích thước riêng của khổ này")
    dense: dict[str, float] = Field(default={}, description="Kích thước thay thế khi nội dung nhiều, không đủ chỗ")

    def crowded(self) -> FormatSpec:
        """This format with the sizes for much content."""
        return self.model_copy(update={"tokens": {**self.tokens, **self.dense}, "dense": {}})


class FieldSpec(Model):
    """What a template asks of one field of the data."""

    required: YesNo = Field(default=False, description="Bắt buộc phải có")
    list_: YesNo = Field(default=False, alias="list", description="Là danh sách")
    default: str = Field(default="", description="Nội dung khi bỏ trống")
    most: int = Field(default=0, description="Số ký tự (hoặc phần tử) nhiều nhất; 0 = không giới hạn")
    about: str = Field(default="", description="Giải thích cho người soạn")


class Cue(Model):
    """One caption: what is read while a scene is on."""

    text: Text = Field(description="Lời phụ đề")


class Scene(Model):
    """A stretch of a clip's time with its own tree."""

    seconds: float = Field(gt=0, le=60, description="Thời lượng (giây)")
    when: nodes.When | None = Field(default=None, description="Điều kiện có cảnh này")
    each: str = Field(default="", description="Lặp lại cảnh cho từng phần tử")
    caption: str = Field(default="", description="Phụ đề của cảnh")
    box: nodes.AnyNode = Field(description="Cây hộp của cảnh")


class Template(Model):
    """``template.yaml``. A template with scenes is a clip; one with a box is a picture."""

    title: Text = Field(description="Tên mẫu")
    about: str = Field(default="", description="Giới thiệu mẫu")
    alt: str = Field(default="", description="Mô tả hình mặc định")
    formats: dict[Slug, FormatSpec] = Field(min_length=1, description="Các khổ")
    fields: dict[str, FieldSpec] = Field(description="Các trường dữ liệu của mẫu")
    parts: dict[str, nodes.AnyNode] = Field(default={}, description="Các phần dùng lại")
    box: nodes.AnyNode | None = Field(default=None, description="Cây hộp của hình")
    background: nodes.AnyNode | None = Field(default=None, description="Nền chung của clip")
    overlay: nodes.AnyNode | None = Field(default=None, description="Lớp chung phía trên của clip (phụ đề)")
    scenes: tuple[Scene, ...] = Field(default=(), description="Các cảnh của clip")
    slowest: float = Field(default=10, ge=3, le=90, description="Thời lượng dài nhất của clip (giây)")

    @property
    def is_clip(self) -> bool:
        return bool(self.scenes)


class Preview(Model):
    """``preview.yaml``: sample data that shows a template off."""

    data: dict[str, Any] = Field(description="Dữ liệu mẫu")


@dataclass(frozen=True, slots=True)
class _Check:
    """Walks a loaded template and notes what does not hold together."""

    loaded: Loaded[Template]
    brand: Brand
    problems: list[Problem]

    def note(self, code: str, loc: tuple[str | int, ...], accepted: tuple[str, ...] = (), **params: str) -> None:
        self.problems.append(Problem(code, params, self.loaded.place_of(loc), accepted))

    def strings(self, value: object, loc: tuple[str | int, ...]) -> Iterator[tuple[str, tuple[str | int, ...]]]:
        if isinstance(value, str):
            yield value, loc
        elif isinstance(value, Mapping):
            for name, inner in value.items():
                yield from self.strings(inner, (*loc, name))
        elif isinstance(value, list | tuple):
            for index, inner in enumerate(value):
                yield from self.strings(inner, (*loc, index))

    def fields(self) -> None:
        known = set(self.loaded.value.fields) | BUILT_IN
        for text, loc in self.strings(self.loaded.value.model_dump(by_alias=True, exclude_defaults=True), ()):
            for name in FIELD.findall(text):
                if name.split(".")[0] not in known:
                    self.note("E411", loc, tuple(sorted(known)), field=name)

    def names(self) -> None:
        for text, loc in self.strings(self.loaded.value.model_dump(by_alias=True, exclude_defaults=True), ()):
            self.one_name(str(loc[-1]) if loc else "", text, loc)

    def one_name(self, key: str, text: str, loc: tuple[str | int, ...]) -> None:
        template, brand = self.loaded.value, self.brand
        if key in {"fill", "color", "track", "border", "motif_color", "behind"} and text:
            known = (*brand.colors, *brand.gradients, "accent", "accent-ink")
            if text.split("/", maxsplit=1)[0] not in known and not text.startswith("#"):
                self.note("E412", loc, known, color=text)
        elif key == "part" and text not in template.parts:
            self.note("E413", loc, tuple(template.parts), part=text)
        elif key == "name" and "{{" not in text and text not in ICONS:
            self.note("E414", loc, tuple(ICONS), icon=text)
        self.tokens(text, loc)

    def tokens(self, text: str, loc: tuple[str | int, ...]) -> None:
        for word in text.split():
            for name, spec in self.loaded.value.formats.items():
                if word.startswith("$") and word.lstrip("$-") not in spec.tokens:
                    self.note("E415", loc, tuple(spec.tokens), token=word, format=name)


def check_template(loaded: Loaded[Template], brand: Brand) -> None:
    """Raise every unknown field, colour, part, icon and token of a template, each at its place."""
    check = _Check(loaded, brand, [])
    if (loaded.value.box is None) == (not loaded.value.scenes):
        check.note("E416", ())
    check.fields()
    check.names()
    if check.problems:
        raise ProblemsFound(check.problems)
