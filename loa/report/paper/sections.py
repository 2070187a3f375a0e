"""The sections of a report in the order in which offices write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from loa.dispatch.words import channel_name
from loa.messages import number
from loa.progress import Outcome, QuotaState, TaskState, outcome_of, published_on
from loa.report.blocks import TT, Column, Grid, Part, Section, Words, count_column, numbered
from loa.report.paper.measures import budget, feedback, indicators
from loa.report.paper.notes import noted
from loa.report.paper.period import on_paper
from loa.report.paper.proofs import events, handmade, insights
from loa.report.paper.source import Source

STANDING = {"reached": "Đạt", "open": "Đang thực hiện", "late": "Chậm"}
STANDING_AT_THE_END = {"reached": "Đạt", "open": "Chưa đạt", "late": "Chưa đạt"}
_TASKS = {
    "done": "Hoàn thành chỉ tiêu",
    "some": "Đang thực hiện",
    "planned": "Đã lên lịch",
    "nothing": "Chưa triển khai",
    "beyond": "Cơ quan chủ trì báo cáo riêng",
}
_MANY = 12
"""Units that a sentence names; the whole list stands in the workbook."""


def sections_of(source: Source) -> tuple[Section, ...]:
    """All sections. What is typed by people has dotted lines where nothing was typed."""
    results = [_published(source), _quotas(source), _tasks(source), _coverage(source)]
    results += [part for part in (events(source), handmade(source), insights(source)) if part]
    notes = source.notes
    typed = [
        Section("Khó khăn, vướng mắc", noted(notes, "difficulties")),
        Section("Đề xuất, kiến nghị", noted(notes, "proposals")),
        Section(
            "Phương hướng, nhiệm vụ trong năm tiếp theo" if source.is_final else "Phương hướng, nhiệm vụ trong kỳ tới",
            noted(notes, "outlook"),
        ),
    ]
    assessed = [Section("Đánh giá chung", noted(notes, "assessment"))] if source.is_final else []
    return (
        Section("Tình hình triển khai", parts=tuple(_situation(source))),
        Section("Kết quả thực hiện", parts=tuple(results)),
        indicators(source, STANDING_AT_THE_END if source.is_final else STANDING),
        budget(source),
        feedback(source),
        *assessed,
        *typed,
    )


def _situation(source: Source) -> Iterator[Part]:
    plan = source.plan
    grounds = [Words(each, is_listed=True) for each in (*plan.basis, plan.document)]
    yield Part("Căn cứ thực hiện", tuple(grounds))
    units = source.stand.progress.coverage.units
    there = sum(not unit.has_ended for unit in units)
    scope = Words(
        f"Báo cáo tổng hợp kết quả {source.period.days()}; kế hoạch thực hiện từ ngày {on_paper(plan.start)} đến "
        f"ngày {on_paper(plan.end)}. Số liệu lũy kế tính từ đầu kế hoạch "
        f"đến hết ngày {on_paper(source.period.last)}, "
        f"trên {number(there)} đơn vị và {number(len(source.stand.ground.campaigns))} chiến dịch truyền thông."
    )
    yield Part("Kỳ báo cáo và phạm vi", (scope,))
    if work := source.notes.get("work"):
        yield Part("Công tác chỉ đạo, điều hành", work)
    if plan.phases:
        columns = (
            TT,
            Column("Giai đoạn", 2),
            Column("Thời gian", place="centre", millimetres=30),
            Column("Yêu cầu", 3),
        )
        rows = [
            (each.title, f"{on_paper(each.start)} – {on_paper(each.end)}", each.goal or "–") for each in plan.phases
        ]
        yield Part("Các giai đoạn của kế hoạch", (Grid("giai-doan", columns, numbered(rows)),))


def _published(source: Source) -> Part:
    """Deliveries planned for the period, by channel; every one stands in exactly one column."""
    if not source.views:
        return Part("Kết quả phát tin", (Words("Trong kỳ không có lượt gửi nào theo lịch."),))
    lines: dict[str, Counter[Outcome]] = {}
    for view in source.views:
        lines.setdefault(view.channel, Counter())[outcome_of(view.state)] += 1
    whole: Counter[Outcome] = Counter()
    for counts in lines.values():
        whole += counts
    shown: dict[str, tuple[Outcome, ...]] = {
        "Đã phát": (Outcome.DONE,),
        "Chờ phát": (Outcome.WAITING,),
        "Đã hủy": (Outcome.CANCELLED,),
    }
    shown["Giữ lại, bỏ lỡ, lỗi, chưa rõ"] = (Outcome.HELD, Outcome.MISSED, Outcome.UNKNOWN, Outcome.REFUSED)
    rows = [(channel_name(name), *_cells(counts, shown)) for name, counts in lines.items()]
    columns = (TT, Column("Kênh", 2.2), *(count_column(each, 22) for each in ("Theo lịch", *shown)))
    grid = Grid("luot-gui", columns, (*numbered(rows), ("", "Tổng cộng", *_cells(whole, shown))), has_sum=True)
    out = sum(published_on(view, source.stand.ground.zone) is not None for view in source.views)
    gone = whole[Outcome.DONE] - out
    since = f" (trong đó {number(gone)} bài đã gỡ sau khi phát, không tính vào chỉ tiêu)" if gone else ""
    text = (
        f"Theo lịch trong kỳ có {number(len(source.views))} lượt gửi, "
        f"đã phát {number(whole[Outcome.DONE])} lượt{since}."
        " Một lượt gửi là một tin của một đơn vị, vào một giờ phát, trên một tài khoản."
    )
    return Part("Kết quả phát tin", (Words(text), grid))


def _cells(counts: Counter[Outcome], shown: dict[str, tuple[Outcome, ...]]) -> tuple[str, ...]:
    of_shown = (sum(counts[each] for each in outcomes) for outcomes in shown.values())
    return (number(counts.total()), *(number(value) for value in of_shown))


def _quotas(source: Source) -> Part:
    states = source.stand.progress.quotas
    if not states:
        return Part("Thực hiện chỉ tiêu", (Words("Kế hoạch không giao chỉ tiêu đếm được."),))
    columns = (
        TT,
        Column("Chỉ tiêu"),
        Column("Đơn vị tính", place="centre", millimetres=19),
        *(count_column(each) for each in ("Phải đạt", "Trong kỳ", "Lũy kế", "Tỷ lệ")),
        Column("Đánh giá", place="centre", millimetres=25),
    )
    rows = [quota_row(source, each) for each in states]
    reached = sum(each.standing == "reached" for each in states)
    told = [each for each in states if each.standing == "late" or (source.is_final and each.standing == "open")]
    text = f"Đến hết kỳ đạt {number(reached)}/{number(len(states))} chỉ tiêu."
    lacking = [Words(_lack(source, each), is_listed=True) for each in told]
    title = " Các chỉ tiêu chưa đạt:" if source.is_final else " Các chỉ tiêu còn thiếu khi đã quá hạn:"
    head = [Words(text + (title if lacking else ""))]
    return Part("Thực hiện chỉ tiêu", (*head, *lacking, Grid("chi-tieu", columns, numbered(rows))))


def quota_row(source: Source, state: QuotaState) -> tuple[str, ...]:
    """A quota as a line of the table; shares of units are told as units of units."""
    quota = state.quota
    unit = "đơn vị" if state.is_share else quota.unit
    target = f"{number(quota.target)}%" if state.is_share else number(state.target)
    per_unit = f"{quota.title} (mỗi đơn vị {number(quota.target)})" if quota.per == "unit" else quota.title
    counted = f"{number(state.counted)}/{number(len(state.asked))}" if state.is_share else number(state.counted)
    within = number(state.counted_between(source.period.first, source.period.last))
    names = STANDING_AT_THE_END if source.is_final else STANDING
    return (per_unit, unit, target, within, counted, f"{state.percent}%", names[state.standing])


def _lack(source: Source, state: QuotaState) -> str:
    names = [source.unit(code) for code in state.lacking]
    where = f"; còn thiếu ở: {_listed(names)}" if names else ""
    return f"{state.quota.title}: đạt {state.percent}%{where}."


def _tasks(source: Source) -> Part:
    columns = (
        TT,
        Column("Nhiệm vụ", 3.2),
        Column("Chủ trì; phối hợp", 2.2),
        Column("Kết quả", 2),
        Column("Mức độ", 1.4),
    )
    states = source.stand.progress.tasks
    rows = [
        (
            each.task.title,
            "; ".join(filter(None, (", ".join(each.task.lead), ", ".join(each.task.partners)))) or "–",
            _done(each),
            _TASKS[each.word],
        )
        for each in states
    ]
    words = Counter(each.word for each in states)
    counts = (
        (words["done"] + words["some"], "đã có kết quả"),
        (words["planned"], "đã lên lịch"),
        (words["nothing"], "chưa triển khai"),
        (words["beyond"], "do cơ quan chủ trì báo cáo riêng"),
    )
    told = ", ".join(f"{number(count)} {name}" for count, name in counts if count)
    text = f"Kế hoạch giao {number(len(states))} nhiệm vụ: {told}."
    return Part("Thực hiện nhiệm vụ", (Words(text), Grid("nhiem-vu", columns, numbered(rows))))


def _done(state: TaskState) -> str:
    if state.word == "beyond":
        return state.task.beyond
    told = [f"{number(state.done)}/{number(state.planned)} lượt gửi đã phát"] if state.planned else []
    told += [f"{number(state.logged)} việc ghi nhật ký"] if state.logged else []
    return "; ".join(told) or "–"


def _coverage(source: Source) -> Part:
    cover = source.stand.progress.coverage
    there = [unit for unit in cover.units if not unit.has_ended]
    heard = sum(bool(unit.done) for unit in there)
    words = [
        Words(
            f"Đã phát tin: {number(heard)}/{number(len(there))} đơn vị. Số phần việc (đơn vị × tin) đã phát đủ: "
            f"{number(cover.whole)}/{number(len(cover.cells))}."
        )
    ]
    for title, units in (
        ("Chưa phát tin nào", cover.silent),
        ("Chưa có tài khoản trên kênh nào", cover.without_account),
    ):
        if units:
            words.append(Words(f"{title}: {_listed([unit.name for unit in units])}.", is_listed=True))
    return Part("Mức độ thực hiện của các đơn vị", tuple(words))


def _listed(names: list[str]) -> str:
    more = f" và {len(names) - _MANY} đơn vị khác" if len(names) > _MANY else ""
    return ", ".join(names[:_MANY]) + more
