"""What others measured and what it cost: indicators, budget, feedback of citizens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from loa.dispatch.feedback import STATES, summary
from loa.messages import number
from loa.plan import Reading
from loa.progress import IndicatorState
from loa.render.chart import Bar, bar_chart, measured
from loa.report.blocks import TT, Block, Column, Grid, Picture, Section, Words, count_column, numbered
from loa.report.paper.period import on_paper
from loa.report.paper.source import Source

_TOPICS = 10


def indicators(source: Source, names: Mapping[str, str]) -> Section:
    """A table with where each began, what it is to be and what it is, and the same drawn as bars."""
    states = source.stand.progress.indicators
    title = "Kết quả thực hiện các chỉ số"
    if not states:
        return Section(title, (Words("Kế hoạch không giao chỉ số."),))
    columns = (
        TT,
        Column("Chỉ số", 3),
        count_column("Đầu kỳ", 26),
        count_column("Mục tiêu", 27),
        count_column("Hiện nay", 26),
        Column("Đánh giá", place="centre", millimetres=20),
    )
    rows = [
        (
            f"{each.indicator.title}{_source(each)}",
            _value(each, each.indicator.baseline),
            _target(each),
            _value(each, each.reading),
            _judged(source, each, names),
        )
        for each in states
    ]
    reached = sum(each.is_reached for each in states)
    text = f"Đạt {number(reached)}/{number(len(states))} chỉ số theo mục tiêu gần nhất."
    grid = Grid("chi-so", columns, numbered(rows))
    return Section(title, (Words(text), grid, *_drawn(states)))


def _judged(source: Source, state: IndicatorState, names: Mapping[str, str]) -> str:
    if state.reading is None:
        return "Chưa có số liệu"
    is_to_come = state.standing == "open" and state.target.by > source.period.last
    return "Chưa đến hạn" if is_to_come else names[state.standing]


def _drawn(states: tuple[IndicatorState, ...]) -> tuple[Block, ...]:
    bars = [
        Bar(
            each.indicator.title,
            each.indicator.unit,
            each.reading.value,
            each.target.value,
            each.indicator.baseline.value if each.indicator.baseline else None,
        )
        for each in states
        if each.reading
    ]
    if not bars:
        return ()
    told = "; ".join(
        f"{bar.label}: {measured(bar.value, bar.unit)}, mục tiêu {measured(bar.target, bar.unit)}" for bar in bars
    )
    return (Picture(bar_chart(bars), f"Biểu đồ các chỉ số. {told}."),)


def _value(state: IndicatorState, reading: Reading | None) -> str:
    if reading is None:
        return "–"
    return f"{measured(reading.value, state.indicator.unit)} ({on_paper(reading.date)})"


def _target(state: IndicatorState) -> str:
    wording = f"{state.indicator.at_least} {measured(state.target.value, state.indicator.unit)}".strip()
    return f"{wording} ({on_paper(state.target.by)})"


def _source(state: IndicatorState) -> str:
    return f"\n(Nguồn: {state.reading.source})" if state.reading else ""


def budget(source: Source) -> Section:
    """Each line with what was granted, spent, left, and what Loa estimates for the channels that it covers."""
    states = source.stand.progress.budget
    if not states:
        return Section("Kinh phí thực hiện", (Words("Kế hoạch không giao kinh phí riêng."),))
    columns = (
        TT,
        Column("Khoản chi", 2.4),
        Column("Nguồn", 2),
        count_column("Được giao", 25),
        count_column("Đã chi", 25),
        count_column("Còn lại", 25),
        count_column("Ước tính theo đơn giá", 25),
    )
    rows = [
        (
            each.line.title,
            each.line.source or "–",
            number(each.line.amount),
            number(each.spent),
            number(each.remaining),
            number(each.estimated) if each.line.covers else "–",
        )
        for each in states
    ]
    granted = sum((each.line.amount for each in states), Decimal(0))
    spent, estimated = sum(each.spent for each in states), sum(each.estimated for each in states)
    whole = ("", "Tổng cộng", "", number(granted), number(spent), number(granted - spent), number(estimated))
    text = (
        "Đơn vị tính: đồng. Cột “Ước tính theo đơn giá” là chi phí của những gì đã phát theo đơn giá đã khai báo, "
        "để đối chiếu; không trừ vào số còn lại."
    )
    grid = Grid("kinh-phi", columns, (*numbered(rows), whole), has_sum=True)
    return Section("Kinh phí thực hiện", (Words(text), grid))


def feedback(source: Source) -> Section:
    """How much citizens said, about what, and what became of it."""
    title = "Góp ý của người dân"
    if not source.feedback:
        return Section(title, (Words("Trong kỳ chưa ghi nhận góp ý nào."),))
    found = summary(source.feedback)
    states = ", ".join(f"{name.lower()} {number(found.by_state[state])}" for state, (name, _) in STATES.items())
    columns = (TT, Column("Chủ đề", 3), count_column("Số góp ý", 24), count_column("Đã trả lời, khép lại", 30))
    settled = Counter(each.topic for each in source.feedback if each.state in ("answered", "closed"))
    rows = [(topic, number(count), number(settled[topic])) for topic, count in found.by_topic.most_common(_TOPICS)]
    text = f"Trong kỳ ghi nhận {number(found.total)} góp ý: {states}. Không lưu tên, số điện thoại của người góp ý."
    return Section(title, (Words(text), Grid("gop-y", columns, numbered(rows))))
