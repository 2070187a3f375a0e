"""What names in a template stand for in one format: tokens become pixels, colour names become colours."""

from __future__ import annotations

from dataclasses import dataclass

from loa.render.template import Brand, FormatSpec, Gradient

Rgba = tuple[int, int, int, int]
Edges = tuple[float, float, float, float]
_OPAQUE = 255


@dataclass(frozen=True, slots=True)
class Shade:
    """A gradient whose colours are known."""

    start: Rgba
    end: Rgba
    angle: float


def parse_hex(text: str) -> Rgba:
    """``#0B2A5B`` as red, green, blue, opaque."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16), _OPAQUE


@dataclass(frozen=True, slots=True)
class Theme:
    """The brand and the tokens of one format."""

    brand: Brand
    spec: FormatSpec

    def length(self, value: float | str, scale: float = 1) -> float:
        if isinstance(value, str):
            sign, name = (-1, value[2:]) if value.startswith("-") else (1, value[1:])
            value = sign * self.spec.tokens[name] if value.lstrip("-").startswith("$") else float(value)
        return value * scale

    def sides(self, text: str, scale: float = 1) -> Edges:
        """``all``, ``vertical horizontal``, ``top horizontal bottom`` or ``top right bottom left``."""
        values = [self.length(word if word.startswith("$") else float(word), scale) for word in text.split()]
        filled = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}[len(values)]
        top, right, bottom, left = (values[index] for index in filled)
        return top, right, bottom, left

    def color(self, name: str, accent: int = 0) -> Rgba:
        """A colour by name, with ``/12`` as twelve per cent of its opacity."""
        base, _, alpha = name.partition("/")
        if base == "accent":
            base = self.brand.accents[accent % len(self.brand.accents)]
        red, green, blue, _ = parse_hex(base if base.startswith("#") else self.brand.colors[base])
        return red, green, blue, round(_OPAQUE * float(alpha) / 100) if alpha else _OPAQUE

    def fill(self, name: str, accent: int = 0) -> Rgba | Shade:
        found: Gradient | None = self.brand.gradients.get(name)
        if found is None:
            return self.color(name, accent)
        return Shade(self.color(found.start, accent), self.color(found.end, accent), found.angle)
