"""What must hold of a brand: its colours read on each other wherever the templates lay them, and its names exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loa.errors import Place, Problem, ProblemsFound
from loa.reader import Loaded, load
from loa.render.brand import Brand
from loa.render.contrast import ENOUGH, ENOUGH_ELDER
from loa.render.library import brand_file, load_brand, source_of
from loa.render.palette import least_contrast, readable
from loa.workspace import Workspace

_SHEETS = ("paper", "card")
_DARK = ("deep", "royal", "header", "cover")
PAIRS: Mapping[str, tuple[str, ...]] = {
    "ink": _SHEETS,
    "muted": _SHEETS,
    "primary": _SHEETS,
    "alert": _SHEETS,
    "good": _SHEETS,
    "deep": _SHEETS,
    "on-deep": (*_DARK, "primary", "alert", "good"),
    "soft": _DARK,
    "highlight": _DARK,
    "on-highlight": ("highlight",),
}
"""Which text stands on which grounds in the shared parts; accents stand on sheets."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A brand as one variant shows it, and where its file says each colour."""

    loaded: Loaded[Brand]
    brand: Brand
    variant: str

    @property
    def least(self) -> float:
        return ENOUGH_ELDER if self.variant else ENOUGH

    def ends(self, ground: str) -> tuple[str, ...]:
        """The colours of a ground: one, or both ends of a gradient."""
        gradient = self.brand.gradients.get(ground)
        names = (ground,) if gradient is None else (gradient.start, gradient.end)
        return tuple(self.brand.colors.get(name, name) for name in names)

    def problems(self) -> Iterator[Problem]:
        for text, grounds in PAIRS.items():
            yield from self._worst(text, self.brand.colors[text], grounds, ("colors", text))
        for number, accent in enumerate(self.brand.accents):
            yield from self._worst(f"accents[{number + 1}]", accent, _SHEETS, ("accents", number))

    def _worst(self, name: str, text: str, grounds: Sequence[str], loc: tuple[str | int, ...]) -> Iterator[Problem]:
        """The ground on which a text reads worst, if that is not enough; a colour for the text that suits them all."""
        ratio, ground = min((least_contrast(text, self.ends(ground)), ground) for ground in grounds)
        if ratio < self.least:
            better = readable(text, [end for each in grounds for end in self.ends(each)], self.least)
            params = {"text": f"{name} {text}", "ground": f"{ground} {'–'.join(self.ends(ground))}", "better": better}
            params |= {"ratio": f"{ratio:.2f}", "least": f"{self.least:g}", "where": " (elder)" if self.variant else ""}
            yield Problem("E493", params, self._place(loc, ground))

    def _place(self, loc: tuple[str | int, ...], ground: str) -> Place:
        """The line that says the text's colour; where the file leaves it to the default brand, the ground's."""
        own = self.loaded.value
        top: tuple[str | int, ...] = ("elder",) if self.variant else ()
        said = own.elder if self.variant else own
        if loc[0] == "accents" and said.accents:
            return self.loaded.place_of((*top, *loc))
        if loc[0] == "colors" and loc[1] in said.colors:
            return self.loaded.place_of((*top, *loc))
        if ground in said.gradients:
            return self.loaded.place_of((*top, "gradients", ground))
        return self.loaded.place_of((*top, "colors", ground) if ground in said.colors else loc)


def check_brand(ws: Workspace, name: str = "") -> list[Problem]:
    """Everything that is wrong with a brand, plain and for elder readers.

    Raises:
        RenderError: E420, there is no such brand.
    """
    path = brand_file(ws, name)
    try:
        brand = load_brand(ws, name)
    except ProblemsFound as error:
        return list(error.problems())
    loaded = load(path, Brand, source_of(ws, path).shown)
    found = [*_logo(ws, brand, loaded)]
    for variant in ("", "elder"):
        found += _Look(loaded, brand.of_variant(variant), variant).problems()
    return found


def _logo(ws: Workspace, brand: Brand, loaded: Loaded[Brand]) -> Iterator[Problem]:
    if brand.logo and not ws.find_file(brand.logo).is_file():
        yield Problem("E498", {"logo": brand.logo}, loaded.place_of(("logo",)))
