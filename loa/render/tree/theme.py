"""What names in a template stand for in one format: tokens become pixels, colour names become colours."""

from __future__ import annotations

from dataclasses import dataclass

from loa.render.brand import Brand, Gradient, Role
from loa.render.template import FormatSpec

Rgba = tuple[int, int, int, int]
Edges = tuple[float, float, float, float]
_OPAQUE = 255
_ELDER_TYPE, _ELDER_FLOOR = 1.18, 1.35
_READING, _DISPLAY = 2.4, 4.5
"""Type up to so many times the smallest is for reading; from so many times on it is display."""
_CAPITALS = ("yes", "có", "true")
_PLAIN = {"white": "#FFFFFF", "black": "#000000"}


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
    elder: bool = False

    @property
    def smallest(self) -> float:
        """The smallest type allowed, in pixels (units on paper)."""
        return self.spec.smallest * (_ELDER_FLOOR if self.elder else 1)

    def type(self, value: float | str, scale: float = 1) -> float:
        """A size of type, larger for elder readers and never smaller than they can read."""
        size = self.type_step(value) * scale
        return max(self.smallest, size) if self.elder else size

    def type_step(self, value: float | str) -> float:
        """A size of type at scale 1, whatever the floor says."""
        size = self.length(value)
        return size * self._elder_growth(size / self.spec.smallest) if self.elder else size

    @staticmethod
    def _elder_growth(floors: float) -> float:
        """Reading sizes grow in full; titles less, and large figures, which everybody can read, not at all."""
        share = min(1.0, max(0.0, (_DISPLAY - floors) / (_DISPLAY - _READING)))
        return 1 + (_ELDER_TYPE - 1) * share

    def family(self, role: Role) -> str:
        return self.brand.fonts.title if role == "title" else self.brand.fonts.text

    def upper(self, case: str) -> bool:
        """Whether a text is set in capitals; ``tone`` leaves it to the brand: a formal one does, a friendly one not."""
        return case in _CAPITALS or (case == "tone" and self.brand.tone == "formal")

    def radius(self, text: str, scale: float = 1) -> Edges:
        """The rounded corners of a box, as round as the brand likes them."""
        top, right, bottom, left = self.sides(text, scale * self.brand.corner)
        return top, right, bottom, left

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
        known = self.brand.colors.get(base) or _PLAIN.get(base, base)
        red, green, blue, _ = parse_hex(known)
        return red, green, blue, round(_OPAQUE * float(alpha) / 100) if alpha else _OPAQUE

    def fill(self, name: str, accent: int = 0) -> Rgba | Shade:
        found: Gradient | None = self.brand.gradients.get(name)
        if found is None:
            return self.color(name, accent)
        return Shade(self.color(found.start, accent), self.color(found.end, accent), found.angle)
