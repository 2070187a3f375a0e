"""The words of an alert: conditions of one kind together, with counts, the first five, and what to do."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from loa import logs
from loa.messages import number, remedy, sentence
from loa.store.alerts import FAILED, ONCE, AlertRow

Phase = Literal["new", "lasts", "over"]
SHOWN = 5
_LONGEST = 8000
_TITLES: Mapping[str, tuple[str, str]] = {
    "late": ("lượt gửi trễ hoặc bỏ lỡ", "deliveries late or missed"),
    "unknown": ("lượt gửi chưa rõ kết quả", "deliveries of unknown outcome"),
    "auth": ("tài khoản cần người xử lý", "accounts need a person"),
    "heartbeat": ("bộ lịch phát không chạy", "the scheduler does not run"),
    "stopped": ("không phát gì", "nothing goes out"),
    "clock": ("đồng hồ máy không đáng tin", "the machine's clock is in doubt"),
    "test": ("thử đường báo sự cố", "a test of this way of telling"),
}
_COUNTED = frozenset({"late", "unknown"})
_PHASES: Mapping[Phase, tuple[str, str]] = {
    "new": ("", ""),
    "lasts": ("VẪN CÒN: ", "STILL: "),
    "over": ("ĐÃ HẾT: ", "OVER: "),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One alert, ready to be told. ``data`` is what a program gets."""

    subject: str
    body: str
    data: Mapping[str, Any] = field(default_factory=dict)


def notices_of(office: str, rows: Sequence[AlertRow]) -> list[tuple[Notice, list[AlertRow]]]:
    """Alerts for ``rows``: those of one kind that began, last or ended are told together."""
    groups: dict[tuple[str, Phase], list[AlertRow]] = {}
    for row in rows:
        groups.setdefault((row.kind, _phase(row)), []).append(row)
    return [(_notice(office, kind, phase, group), group) for (kind, phase), group in groups.items()]


def trial(office: str) -> Notice:
    """An alert that says only that this way works."""
    vi, en = _TITLES["test"]
    body = f"{office}: đường báo sự cố này hoạt động, không có sự cố nào.\n\nThis way works; nothing is wrong.\n"
    return Notice(f"[Loa] {office}: {vi}", body, {"kind": "test", "phase": "new", "office": office, "title": en})


def _phase(row: AlertRow) -> Phase:
    if row.ended_at:
        return "over"
    return "lasts" if row.told_at else "new"


def _notice(office: str, kind: str, phase: Phase, rows: Sequence[AlertRow]) -> Notice:
    count = sum(int(row.params.get("count", "1")) for row in rows) if kind in _COUNTED else len(rows)
    return Notice(
        _subject(office, kind, phase, count),
        logs.clean(_body(office, kind, phase, rows, count))[:_LONGEST],
        {
            "kind": kind,
            "phase": phase,
            "office": office,
            "host": platform.node(),
            "count": count,
            "since": min(row.since for row in rows).isoformat(),
            "first": [_as_data(row) for row in rows[:SHOWN]],
        },
    )


def _subject(office: str, kind: str, phase: Phase, count: int) -> str:
    counted = f"{number(count)} " if kind in _COUNTED or (kind == "auth" and count > 1) else ""
    return f"[Loa] {office}: {_PHASES[phase][0]}{counted}{_TITLES[kind][0]}"


def _body(office: str, kind: str, phase: Phase, rows: Sequence[AlertRow], count: int) -> str:
    vi = [f"{_PHASES[phase][0]}{_TITLES[kind][0]} ({number(count)}).", ""]
    vi += [f"• {sentence(row.code, row.params, 'vi')}" for row in rows[:SHOWN]]
    if len(rows) > SHOWN:
        vi.append(f"• … và {number(len(rows) - SHOWN)} mục khác; xem tất cả bằng lệnh loa status.")
    if phase != "over":
        vi += ["", *(f"→ {each}" for each in dict.fromkeys(remedy(row.code, row.params, "vi") for row in rows))]
    en = [f"{_PHASES[phase][1]}{_TITLES[kind][1]} ({count}).", ""]
    en += [f"• {sentence(row.code, row.params, 'en')}" for row in rows[:SHOWN]]
    vi += ["", f"{office} · máy {platform.node()}", "", "———", *en]
    return "\n".join(vi) + "\n"


def _as_data(row: AlertRow) -> dict[str, Any]:
    params = {name: logs.clean(value) for name, value in row.params.items() if name not in {ONCE, FAILED}}
    words = {"text": logs.clean(sentence(row.code, row.params, "vi")), "remedy": remedy(row.code, row.params, "vi")}
    return {"code": row.code, "since": row.since.isoformat(), "params": params, **words}
