from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import Field

from loa.errors import Problem, ProblemsFound
from loa.reader import load
from loa.reader.fields import Day, Duration, Figure, Model, Moment, Slug, Text, Time, YesNo, ZoneName


class Part(Model):
    """A record inside of a record."""

    id: Slug
    name: str = ""
    start: Day | None = Field(default=None, alias="from")
    figure: Figure | None = None


class Sheet(Model):
    """A record with a field of each kind."""

    id: Slug = "mau"
    title: str = ""
    text: Text = "-"
    phone: str = ""
    day: Day | None = None
    at: Time | None = None
    moment: Moment | None = None
    open: YesNo = False
    limit: Duration | None = None
    zone: ZoneName = "Asia/Ho_Chi_Minh"
    count: int | None = Field(default=None, ge=1, le=12)
    words: tuple[str, ...] = ()
    part: Part | None = None
    parts: tuple[Part, ...] = ()
    by_day: dict[Day, Moment] = Field(default={})
    data: dict[str, str | tuple[dict[str, str], ...]] = Field(default={})
    named: dict[Slug, Part] = Field(default={})


Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file and hands out its path."""

    def write_file(content: str | bytes) -> Path:
        path = tmp_path / "mau.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def read(write: Write) -> Callable[[str | bytes], Sheet]:
    """Reads a text as a sheet."""
    return lambda content: load(write(content), Sheet, "mau.yaml").value


@pytest.fixture
def refuse(write: Write) -> Callable[[str | bytes], tuple[Problem, ...]]:
    """The problems of a text that must be refused."""

    def problems_of(content: str | bytes) -> tuple[Problem, ...]:
        with pytest.raises(ProblemsFound) as found:
            load(write(content), Sheet, "mau.yaml")
        return found.value.problems()

    return problems_of
