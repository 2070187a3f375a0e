"""Every command that a sentence or a page tells somebody to type: its verb and its options exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from loa.cli.verbs import build
from loa.messages import catalogue_entries

ROOT = Path(__file__).resolve().parents[2]
LOA = typer.main.get_command(build())
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs/channels").glob("*.md"))]
_SPAN = re.compile(r"`(loa [^`]+)`")
_LINE = re.compile(r"^(?:uv run )?(loa [^#|\n]*)", re.MULTILINE)
_BLOCK = re.compile(r"^\s*```(?:sh)?\n(.*?)```", re.MULTILINE | re.DOTALL)


def in_sentences() -> Iterator[tuple[str, str]]:
    for code, sentence in catalogue_entries():
        for text in (sentence.vi, sentence.en, sentence.remedy_vi, sentence.remedy_en):
            yield from ((code, found) for found in _SPAN.findall(text))


def in_pages() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        lines = "\n".join(line.strip() for block in _BLOCK.findall(text) for line in block.splitlines())
        for found in [*_SPAN.findall(text), *_LINE.findall(lines)]:
            yield page.name, found


def trouble(written: str) -> str:
    """What is wrong with a command, or nothing. A word in capitals stands for something else."""
    node = LOA
    known = {name for param in LOA.params for name in param.opts} | {"--help", "--lang"}
    words = re.findall(r"[^\s\"“”]+|\"[^\"]*\"", written)[1:]
    for word in words:
        if (verbs := getattr(node, "commands", {})) and not word.startswith("-") and not word.isupper():
            if word not in verbs:
                return f"no verb {word}"
            node = verbs[word]
    known |= {name for param in node.params for name in [*param.opts, *param.secondary_opts]}
    options = (word.split("=")[0] for word in words if re.match(r"--?[a-z]", word))
    return ", ".join(each for each in options if each not in known)


def test_every_command_exists_as_it_is_written() -> None:
    wrong = {
        (place, written): found for place, written in [*in_sentences(), *in_pages()] if (found := trouble(written))
    }
    assert wrong == {}


@pytest.mark.parametrize("written", ["loa sms fly 1", "loa status --as TÊN", "loa statuses"])
def test_a_command_that_does_not_exist_is_found(written: str) -> None:
    assert trouble(written)
