"""A plan as a frozen model: what the document asks for, each thing with its place in the document.

Field descriptions are Vietnamese: editors show them to the staff (``loa schema plan``).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from loa.reader.fields import Day, Figure, Model, Slug, Text

Counted = Literal["items", "deliveries", "units", "channels", "events", "people", "copies", "logged"]
"""What a quota counts; what is published is asked of ``loa.progress.published``, and taken-down posts are not.

- ``items``: items (of one day) that were published on at least one account; with ``per: unit``, by each unit;
- ``deliveries``: every delivery that was published (one item on two accounts counts twice); a delivery to people
  counts once, however many messages it holds;
- ``units``: units that published at least once, of those that exist on the day asked for; in per cent of them where
  the quota's unit is ``%``; a unit that was merged since counts as its one successor;
- ``channels``: units that have an account (on ``channels``), whatever they published; in per cent likewise;
- ``events``: meetings that were held, as the log tells; one that two people logged for the same unit and day is one;
- ``people``: people who attended, as the log tells; all entries that stand add up;
- ``copies``: printed copies that were handed out, as the log tells;
- ``logged``: what was typed for this very quota.

Published things count for the year or month for which they were planned, entries of the log for that of their day;
both only within the plan's days, and also after the deadline (the quota is then reached late). Only items that name
the quota count (or whose campaign does); where none does, all of the plan's items. An entry ``logged`` adds to the
quota that it names, whatever that counts (a unit's channel outside of Loa, a broadcast that no hand-off asked for).
"""
_COUNTED = (
    "Đếm gì: items = số tin, bài khác nhau đã phát; deliveries = số lượt đã phát; units = số đơn vị đã phát; "
    "channels = số đơn vị có kênh; events = số buổi, lớp, cuộc đã tổ chức; people = số người dự; "
    "copies = số bản in đã phát; logged = số ghi tay cho chỉ tiêu này"
)
_PLACE = "Chỗ trong văn bản kế hoạch, ví dụ: Mục III.1"


class PlanPhase(Model):
    """A stretch of the plan with a goal of its own; both days belong to it."""

    id: Slug = Field(description="Mã giai đoạn")
    title: Text = Field(description="Tên giai đoạn")
    goal: str = Field(default="", description="Việc phải xong trong giai đoạn")
    start: Day = Field(alias="from", description="Từ ngày")
    end: Day = Field(alias="to", description="Đến hết ngày")
    place: Text = Field(description=_PLACE)


class Group(Model):
    """A group of solutions or a chapter of tasks."""

    id: Slug = Field(description="Mã nhóm")
    title: Text = Field(description="Tên nhóm nhiệm vụ, giải pháp")
    place: Text = Field(description=_PLACE)


class Task(Model):
    """What a body must do. ``beyond`` says why no campaign can do it: the report then lists it as others' work."""

    id: Slug = Field(description="Mã nhiệm vụ")
    title: Text = Field(description="Nội dung nhiệm vụ")
    group: Slug | None = Field(default=None, description="Mã nhóm nhiệm vụ, giải pháp")
    lead: tuple[Text, ...] = Field(default=(), description="Cơ quan chủ trì")
    partners: tuple[Text, ...] = Field(default=(), alias="with", description="Cơ quan phối hợp")
    time: str = Field(default="", description="Thời gian thực hiện như văn bản ghi, ví dụ: Thường xuyên")
    beyond: str = Field(default="", description="Vì sao chiến dịch truyền thông không làm được việc này (nếu có)")
    place: Text = Field(description=_PLACE)


class Quota(Model):
    """A number that is counted from what was really published or logged with proof."""

    id: Slug = Field(description="Mã chỉ tiêu")
    title: Text = Field(description="Nội dung chỉ tiêu")
    count: Counted = Field(description=_COUNTED)
    target: Figure = Field(gt=0, description="Số phải đạt")
    unit: Text = Field(description="Đơn vị tính, ví dụ: tin, bài; buổi; tờ; %")
    per: Literal["all", "unit"] = Field(default="all", description="all = tính chung, unit = mỗi đơn vị phải đạt")
    each: Literal["once", "year", "month"] = Field(
        default="once", description="once = cả kế hoạch, year = mỗi năm, month = mỗi tháng"
    )
    channels: tuple[Slug, ...] = Field(default=(), description="Chỉ tính các kênh này; bỏ trống = mọi kênh")
    units: tuple[Slug, ...] = Field(default=(), description="Chỉ tính các đơn vị này; bỏ trống = mọi đơn vị")
    by: Day | None = Field(default=None, description="Hạn phải đạt; bỏ trống = ngày cuối của kế hoạch")
    task: Slug | None = Field(default=None, description="Mã nhiệm vụ mà chỉ tiêu thuộc về")
    phase: Slug | None = Field(default=None, description="Mã giai đoạn")
    place: Text = Field(description=_PLACE)


class Target(Model):
    """What an indicator must reach by a day."""

    by: Day = Field(description="Hạn phải đạt")
    value: Figure = Field(description="Giá trị phải đạt")


class Reading(Model):
    """What an indicator stood at on a day, and who says so."""

    date: Day = Field(description="Ngày của số liệu")
    value: Figure = Field(description="Giá trị")
    source: Text = Field(description="Nguồn số liệu")


class Indicator(Model):
    """A figure that the plan aims at and that others measure: its readings are typed, with their source."""

    id: Slug = Field(description="Mã chỉ số")
    title: Text = Field(description="Nội dung chỉ số")
    unit: str = Field(default="%", description="Đơn vị tính")
    at_least: str = Field(default="", description="Chữ đứng trước con số trong văn bản, ví dụ: tối thiểu, trên")
    baseline: Reading | None = Field(default=None, description="Giá trị đầu kỳ")
    targets: tuple[Target, ...] = Field(min_length=1, description="Mục tiêu theo mốc thời gian")
    readings: tuple[Reading, ...] = Field(default=(), description="Các giá trị đã đo, theo ngày")
    task: Slug | None = Field(default=None, description="Mã nhiệm vụ")
    place: Text = Field(description=_PLACE)


class BudgetLine(Model):
    """Money for one kind of work, in đồng."""

    id: Slug = Field(description="Mã khoản")
    title: Text = Field(description="Tên khoản chi")
    amount: Figure = Field(ge=0, description="Số tiền được giao, đồng")
    covers: tuple[Slug, ...] = Field(
        default=(), description="Loa tự tính vào khoản này chi phí của các kênh: sms, zalo-zbs, x, print…"
    )
    source: str = Field(default="", description="Nguồn kinh phí")
    place: Text = Field(description=_PLACE)


class PlanBody(Model):
    """Who issues the plan, and to whom it reports."""

    name: Text = Field(description="Cơ quan ban hành kế hoạch và lập báo cáo")
    parent: str = Field(default="", description="Cơ quan chủ quản, in phía trên tên cơ quan trong báo cáo")
    short_name: Text = Field(description="Tên viết tắt dùng trong số, ký hiệu, ví dụ: UBND")
    town: Text = Field(description="Địa danh ghi trước ngày tháng, ví dụ: Sơn Tây")
    signer_title: Text = Field(description="Chức danh người ký, ví dụ: TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH")
    signer: str = Field(default="", description="Họ và tên người ký")
    reports_to: tuple[Text, ...] = Field(min_length=1, description="Nơi nhận báo cáo")


class Figured(Model):
    """A number of the document that nothing counts: it is kept with its place, and why."""

    value: Text = Field(description="Con số như văn bản ghi")
    title: Text = Field(description="Con số nói gì")
    why: Text = Field(description="Vì sao không phải chỉ tiêu hay chỉ số")
    place: Text = Field(description=_PLACE)


class Plan(Model):
    """One plan file."""

    id: Slug = Field(description="Mã kế hoạch, không trùng")
    title: Text = Field(description="Tên kế hoạch")
    document: Text = Field(description="Văn bản ban hành: số, ngày, cơ quan")
    basis: tuple[Text, ...] = Field(default=(), description="Căn cứ")
    note: str = Field(default="", description="Ghi chú, ví dụ ngày nào đã dời và vì sao")
    body: PlanBody = Field(description="Cơ quan ban hành và nơi nhận báo cáo")
    start: Day = Field(alias="from", description="Ngày bắt đầu")
    end: Day = Field(alias="to", description="Ngày kết thúc của kỳ thực hiện này")
    phases: tuple[PlanPhase, ...] = Field(default=(), description="Giai đoạn")
    groups: tuple[Group, ...] = Field(default=(), description="Nhóm nhiệm vụ, giải pháp")
    tasks: tuple[Task, ...] = Field(min_length=1, description="Nhiệm vụ")
    quotas: tuple[Quota, ...] = Field(default=(), description="Chỉ tiêu đếm được từ việc đã làm")
    indicators: tuple[Indicator, ...] = Field(default=(), description="Chỉ số do cơ quan khác đo")
    budget: tuple[BudgetLine, ...] = Field(default=(), description="Kinh phí")
    figures: tuple[Figured, ...] = Field(default=(), description="Con số khác của văn bản")
