"""Numbers brought to E.164 a second, beside the phonenumbers library: python benchmarks/phone_numbers.py [--write].

The numbers are made up from a seed. Both sides run in turn, three times; the best round of each counts.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence

import phonenumbers
from table import rows, write_section

from loa.text import Phone, normalise

ROUNDS = 3
OURS, THEIRS = 200_000, 4_000
BAR = 300_000
BLOCKS = ("032", "038", "070", "079", "081", "085", "090", "091", "096", "098")
SHAPES = {
    "plain (0912345678)": "{0}{1}{2}",
    "grouped (0912 345 678)": "{0}{1} {2}",
    "with +84 and dots": "+84 {3}.{1}.{2}",
    "full width": "{4}",
}


def made(shape: str, count: int) -> list[str]:
    """``count`` mobile numbers, all written in one shape."""
    chance, found = random.Random(7), []  # noqa: S311 - made-up numbers, no secret
    for _ in range(count):
        block, rest = chance.choice(BLOCKS), f"{chance.randrange(10**7):07}"
        wide = (block + rest).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        found.append(shape.format(block, rest[:3], rest[3:], block[1:], wide))
    return found


def by_library(written: str) -> bool:
    """What one would do without our own code."""
    number = phonenumbers.parse(written, "VN")
    kind = phonenumbers.number_type(number)
    return phonenumbers.is_valid_number(number) and kind == phonenumbers.PhoneNumberType.MOBILE


def by_us(written: str) -> bool:
    """The same question to our own code."""
    return isinstance(normalise(written), Phone)


def rate(ask: Callable[[str], bool], numbers: Sequence[str]) -> float:
    """Numbers a second; every one of them must be found good."""
    start = time.perf_counter()
    assert all(ask(each) for each in numbers)
    return len(numbers) / (time.perf_counter() - start)


def measured() -> Iterable[tuple[str, float, float]]:
    """Each shape with our rate and the library's."""
    for name, shape in SHAPES.items():
        many, few = made(shape, OURS), made(shape, THEIRS)
        rounds = [(rate(by_us, many), rate(by_library, few)) for _ in range(ROUNDS)]
        yield name, max(ours for ours, _ in rounds), max(theirs for _, theirs in rounds)


def main() -> None:
    """Measure and print."""
    body = [
        (
            name,
            f"{ours:,.0f}",
            f"{theirs:,.0f}",
            f"{ours / theirs:.0f}",
            f"≥ {BAR:,}" if name.startswith("plain") else "",
        )
        for name, ours, theirs in measured()
    ]
    lines = rows(("numbers a second, one core", "ours", "phonenumbers", "ratio", "bar"), body)
    print("\n".join(lines))
    if "--write" in sys.argv:
        write_section("phone_numbers", ["## Phone numbers", "", *lines])


if __name__ == "__main__":
    main()
