"""``brand.yaml``: what an office looks like. Templates call colours by their role, never by their value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from loa.errors import Problem
from loa.reader import Loaded
from loa.reader.fields import Model

Hex = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Motif = Literal["waves", "drum", "rays", "none"]
Role = Literal["text", "title"]
_NEUTRAL = ("paper", "card", "ink", "muted", "line", "soft")
"""Colours that are black, white and grey for elder readers, whatever the brand."""


class Gradient(Model):
    """Two colours and the way from one to the other."""

    start: str = Field(alias="from", description="Màu đầu")
    end: str = Field(alias="to", description="Màu cuối")
    angle: float = Field(default=90, description="Góc (độ): 0 = trái sang phải, 90 = trên xuống dưới")


class Fonts(Model):
    """The typefaces. A file is looked for in ``templates/fonts/``."""

    text: str = Field(default="Be Vietnam Pro", description="Phông chữ thường: Be Vietnam Pro, Noto Sans, hoặc tên tệp")
    title: str = Field(default="Be Vietnam Pro", description="Phông tiêu đề và con số")


class Palette(Model):
    """Colours and gradients that take the place of the brand's own in a variant."""

    colors: dict[str, Hex] = Field(default={}, description="Màu thay thế: vai trò → #RRGGBB")
    gradients: dict[str, Gradient] = Field(default={}, description="Dải màu thay thế")
    accents: tuple[Hex, ...] = Field(default=(), description="Màu nhấn thay thế")

    def over(self, default: Palette, accents: tuple[Hex, ...]) -> Palette:
        """This palette over the default one; a brand with accents of its own keeps them in the variant."""
        return Palette(
            colors={**default.colors, **self.colors},
            gradients={**default.gradients, **self.gradients},
            accents=self.accents or accents or default.accents,
        )

    def without(self, spoken: Mapping[str, str]) -> Palette:
        """This palette less the strong colours that a brand has of its own: its green is no blue for elder readers."""
        own = {name: color for name, color in self.colors.items() if name not in spoken or name in _NEUTRAL}
        return self.model_copy(update={"colors": own})


class Brand(Model):
    """The colours that templates call by role, and how the office's pictures feel."""

    colors: dict[str, Hex] = Field(default={}, description="Bảng màu: vai trò → #RRGGBB")
    gradients: dict[str, Gradient] = Field(default={}, description="Dải màu")
    accents: tuple[Hex, ...] = Field(default=(), description="Các màu nhấn, dùng lần lượt cho từng số liệu")
    logo: str = Field(default="", description="Biểu trưng chung, dùng khi đơn vị không có biểu trưng riêng")
    fonts: Fonts = Field(default=Fonts(), description="Phông chữ")
    corner: float = Field(default=1, ge=0, le=2, description="Độ bo góc: 0 vuông, 1 vừa, 2 tròn")
    motif: Motif = Field(default="waves", description="Họa tiết: waves (sóng loa), drum (mặt trống), rays (tia), none")
    tone: Literal["formal", "friendly"] = Field(
        default="formal", description="formal: tên đơn vị viết hoa, trang trọng; friendly: viết thường, gần gũi"
    )
    elder: Palette = Field(default=Palette(), description="Màu tương phản cao cho bản dành cho người cao tuổi")

    def over(self, default: Brand) -> Brand:
        """This brand with what it leaves unsaid as the default brand says it."""
        return self.model_copy(
            update={
                "colors": {**default.colors, **self.colors},
                "gradients": {**default.gradients, **self.gradients},
                "accents": self.accents or default.accents,
                "elder": self.elder.over(default.elder.without(self.colors), self.accents),
            }
        )

    def of_variant(self, variant: str) -> Brand:
        """The brand as a variant shows it."""
        if variant != "elder":
            return self
        return self.model_copy(
            update={
                "colors": {**self.colors, **self.elder.colors},
                "gradients": {**self.gradients, **self.elder.gradients},
                "accents": self.elder.accents or self.accents,
            }
        )


def gradient_problems(loaded: Loaded[Brand], whole: Brand) -> list[Problem]:
    """Gradients whose ends are no colours: such a brand cannot be painted with at all."""
    return [*_ends(loaded, whole, whole.gradients, ()), *_ends(loaded, whole, whole.elder.gradients, ("elder",))]


def _ends(
    loaded: Loaded[Brand], whole: Brand, gradients: Mapping[str, Gradient], top: tuple[str, ...]
) -> Iterator[Problem]:
    known = (*whole.colors, *whole.elder.colors)
    for name, gradient in gradients.items():
        for key, color in (("from", gradient.start), ("to", gradient.end)):
            if color.partition("/")[0] not in known and not color.startswith("#"):
                place = loaded.place_of((*top, "gradients", name, key))
                yield Problem("E494", {"gradient": name, "color": color}, place, tuple(dict.fromkeys(known)))
