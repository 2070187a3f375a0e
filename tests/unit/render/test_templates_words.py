"""Words of pictures and clips are fields with defaults, never part of a tree: any language can take their place."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from loa.workspace import bundled

TEMPLATES = sorted(
    path for kind in ("infographics", "clips") for path in bundled("templates", kind).glob("*/template.yaml")
)
FIELD = re.compile(r"\{\{.*?\}\}")
WORD = re.compile(r"[^\W\d_]{2,}")
FIXED = {"Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập – Tự do – Hạnh phúc"}
"""The national name and motto of an official notice are never translated."""


def words(value: object) -> Iterator[str]:
    """Every text that a tree would show as it is written."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"text", "tail", "caption", "target_label"} and isinstance(inner, str):
                yield inner
            elif key not in {"fields", "title", "about", "alt", "alts"}:
                yield from words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner)


@pytest.mark.parametrize("path", [*TEMPLATES, bundled("templates") / "shared.yaml"], ids=lambda path: path.parent.name)
def test_every_word_of_a_template_can_be_put_into_another_language(path: Path) -> None:
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert {text for text in words(tree) if WORD.search(FIELD.sub("", text))} <= FIXED
