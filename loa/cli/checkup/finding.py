"""One line of a check-up, how it is printed and what a machine gets of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from loa.cli.language import lang, say
from loa.cli.output import line
from loa.errors import LoaError
from loa.store.health import HealthLine, Level

_SIGNS: Mapping[Level, str] = {"ok": "✓", "warning": "!", "stop": "✗"}


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, and what was found: ``code`` with its ``params``, or plain words where all is well."""

    area: str
    name: str
    level: Level
    code: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    words: str = ""

    @property
    def text(self) -> str:
        from loa.messages import sentence

        return self.words or sentence(self.code, self.params, lang())

    @property
    def remedy(self) -> str:
        from loa.messages import remedy

        return remedy(self.code, self.params, lang()) if self.level != "ok" else ""


def well(area: str, name: str, words: str) -> Check:
    """All is well."""
    return Check(area, name, "ok", words=words)


def trouble(area: str, name: str, error: LoaError) -> Check:
    """What a room has to say when it cannot work."""
    return Check(area, name, "stop", error.code, error.params)


def of_health(each: HealthLine, area: str = "accounts") -> Check:
    """What an account said."""
    return Check(area, each.account_id, each.level, each.code, each.params)


def show(checks: Sequence[Check]) -> None:
    """Every check under the heading of its area, with what to do."""
    for area, members in groupby(checks, key=lambda each: each.area):
        line(say(*_AREAS[area]))
        for each in members:
            code = f" [{each.code}]" if each.code and each.level != "ok" else ""
            line(f"  {_SIGNS[each.level]} {each.name}:{code} {each.text}")
            if each.remedy:
                line(f"      → {each.remedy}")


def as_dict(check: Check) -> dict[str, str]:
    """A check for ``--json``: the names of these fields stay."""
    return {
        "area": check.area,
        "name": check.name,
        "level": check.level,
        "code": check.code,
        "text": check.text,
        "remedy": check.remedy,
        "detail": check.params.get("detail", ""),
    }


_AREAS = {
    "machine": ("Máy này", "This machine"),
    "workspace": ("Thư mục làm việc", "Workspace"),
    "secrets": ("Khóa bí mật", "Secrets"),
    "accounts": ("Tài khoản trên các kênh", "Accounts on the channels"),
}
