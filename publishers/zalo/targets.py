"""Whom a broadcast reaches: words that an office writes, as the codes that Zalo wants."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from loa.text import unaccent

CITIES = Path(__file__).with_name("cities.csv")
AGES = {"0-12": 0, "13-17": 1, "18-24": 2, "25-34": 3, "35-44": 4, "45-54": 5, "55-64": 6, "65+": 7}
GENDERS = {"tat ca": 0, "all": 0, "nam": 1, "male": 1, "nu": 2, "female": 2}
REGIONS = {"bac": 0, "mien bac": 0, "trung": 1, "mien trung": 1, "nam": 2, "mien nam": 2}
PHONES = {"ios": 1, "iphone": 1, "android": 2, "windows": 3}


class BadTarget(ValueError):  # noqa: N818 - a named outcome
    """A word that names no group of readers."""


def target(options: Mapping[str, str]) -> dict[str, str]:
    """The ``target`` of a broadcast; a filter that is not named is left out. Men and women alike is always said.

    Raises:
        BadTarget: an option holds a word that the tables do not know.
    """
    tables = {"ages": AGES, "gender": GENDERS, "locations": REGIONS, "cities": cities(), "platform": PHONES}
    named = {name: _codes(name, options[name], table) for name, table in tables.items() if options.get(name)}
    return {"gender": "0", **named}


@cache
def cities() -> Mapping[str, int]:
    """The 63 provinces before July 2025 with Zalo's codes, by their plain names."""
    lines = CITIES.read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines if line and not line.startswith("#")]
    return {_plain(name): int(code) for code, name in rows}


def _codes(name: str, written: str, table: Mapping[str, int]) -> str:
    found = []
    for word in (part.strip() for part in written.split(",")):
        if _plain(word) not in table:
            raise BadTarget(f"{name}: {word}")
        found.append(str(table[_plain(word)]))
    return ",".join(dict.fromkeys(found))


def _plain(word: str) -> str:
    """``TP. HCM`` and ``Tp hcm`` are one word; a dash in a name counts as a space, in an age it stays."""
    plain = " ".join(unaccent(word).lower().replace(".", " ").replace("–", "-").split())
    return plain if plain[:1].isdigit() else " ".join(plain.replace("-", " ").split())
