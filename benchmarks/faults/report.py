"""What a run of faults hands back: a Markdown table and the violations, which are to be none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass
class Report:
    """The outcome of one group of faults."""

    title: str
    head: Sequence[str]
    rows: list[Sequence[object]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    how: str = ""
    """The command that makes just this report again."""

    def add(self, *row: object) -> None:
        self.rows.append(row)

    def blame(self, where: str, found: Iterable[object]) -> int:
        """Take down violations with where they were seen; how many."""
        new = [f"{where}: {each}" for each in found]
        self.violations += new
        return len(new)

    def markdown(self) -> str:
        lines = [f"### {self.title}", ""]
        lines += [f"`{self.how}`", ""] if self.how else []
        lines += ["| " + " | ".join(self.head) + " |", "|" + "---|" * len(self.head)]
        lines += ["| " + " | ".join(map(str, row)) + " |" for row in self.rows]
        lines += ["", *(f"- {note}" for note in self.notes)] if self.notes else []
        lines += ["", f"**{len(self.violations)} violations**" if self.violations else "0 violations"]
        lines += [f"- {each}" for each in self.violations[:40]]
        return "\n".join(lines) + "\n"
