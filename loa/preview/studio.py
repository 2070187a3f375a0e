"""The designer's table: a template in all of its formats, looked at again whenever one of its files is saved."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loa.errors import LoaError, Problem
from loa.messages import Lang, describe, remedy, sentence
from loa.render.order import Variant
from loa.render.showroom import describe_template, located, read_sample, sample_orders, sources
from loa.workspace import Workspace

if TYPE_CHECKING:
    from loa.render.proof import Proof

Event = dict[str, Any]
_KEPT = 200
"""Pictures kept in memory: those on the page and those of a few saves before."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the designer wants to see."""

    template: str
    formats: tuple[str, ...] = ()
    variant: Variant = ""
    brand: str = ""
    data: Path | None = None

    def of(self, template: str, variant: Variant, brand: str) -> Look:
        """This look at another template, variant or brand; own data and formats belong to the template."""
        same = template == self.template
        kept = replace(self) if same else Look(template)
        return replace(kept, variant=variant, brand=brand)


@dataclass
class Studio:
    """Looks at templates of one workspace; keeps the pictures by their hash."""

    ws: Workspace
    _pictures: OrderedDict[str, bytes] = field(default_factory=OrderedDict)

    def stamp(self, look: Look) -> tuple[tuple[str, int, int], ...]:
        """The state of every file that a look depends on: another one is a reason to look again."""
        found = []
        for path in sources(self.ws, look.template, look.brand, look.data):
            try:
                status = path.stat()
            except OSError:  # not there, or just being replaced by the editor
                continue
            found.append((str(path), status.st_mtime_ns, status.st_size))
        return tuple(found)

    def picture(self, name: str) -> bytes | None:
        """The picture of this hash, if it was shown not long ago."""
        return self._pictures.get(name)

    def keep(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()[:32]
        self._pictures[name] = data
        self._pictures.move_to_end(name)
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        return name

    def events(self, look: Look, lang: Lang) -> Iterator[Event]:
        """One look: what the page is told, format by format as each is ready."""
        from loa.render.proof import proof  # noqa: PLC0415 - Skia is loaded when something is painted

        start = time.perf_counter()
        try:
            known = describe_template(self.ws, look.template).formats
            sample = read_sample(self.ws, look.template, look.data)
        except LoaError as error:
            yield {"kind": "broken", "problems": told(error.problems(), lang)}
            return
        formats = look.formats or known
        yield {"kind": "begin", "formats": list(formats)}
        orders = sample_orders(
            self.ws, look.template, sample.data, formats=formats, variant=look.variant, brand=look.brand
        )
        for order in orders:
            try:
                seen = proof(self.ws, order)
            except LoaError as error:
                problems = located(self.ws, sample, error.problems())
                yield {"kind": "error", "format": order.format, "problems": told(problems, lang)}
                continue
            yield self._shown(seen, told(located(self.ws, sample, seen.problems), lang))
        yield {"kind": "end", "ms": round((time.perf_counter() - start) * 1000)}

    def _shown(self, seen: Proof, problems: list[Event]) -> Event:
        return {
            "kind": "look",
            "format": seen.order.format,
            "what": seen.kind,
            "picture": self.keep(seen.data) if seen.data else "",
            "text": seen.text,
            "width": seen.width,
            "height": seen.height,
            "safe": [round(share * 100, 3) for share in seen.safe],
            "ms": round(seen.milliseconds),
            "problems": problems,
        }


def told(problems: Sequence[Problem], lang: Lang) -> list[Event]:
    """Problems for the page: where, what, the source line with its caret, what to do."""
    found = []
    for problem in problems:
        place = problem.place
        numbers = [str(number) for number in (place.line, place.column) if number] if place else []
        lines = describe(problem, lang).split("\n")
        source = [line for line in lines[1:] if not line.startswith("   → ")]
        found.append(
            {
                "code": problem.code,
                "where": ":".join([place.file, *numbers]) if place else "",
                "message": sentence(problem.code, problem.params, lang),
                "source": "\n".join(source),
                "remedy": remedy(problem.code, problem.params, lang),
            }
        )
    return found
