"""A file of rules as the reader gives it; field descriptions are Vietnamese, for the legal officers who edit it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import time
from typing import Annotated, Literal, get_args

from pydantic import Field

from loa.errors import Problem
from loa.reader import Loaded
from loa.reader.fields import Day, Duration, Model, Slug, Text, Time, YesNo
from loa.rules.model import ClassName, MessageClass, Must, RuleSet

_HOUSE_HOURS = time(0)
"""Closing when it opens: a class without hours of its own keeps to those of the house and of the channel."""


class Hours(Model):
    """From ``start`` until before ``end``, local time."""

    start: Time = Field(alias="from", description="Giờ đầu tiên được gửi, ví dụ 07:00")
    end: Time = Field(alias="to", description="Giờ phải dừng, ví dụ 22:00")


class ClassRules(Model):
    """One class of message."""

    name: ClassName = Field(description="emergency, public_info, operations hoặc advertising")
    title: Text = Field(description="Tên gọi của loại tin")
    basis: Text = Field(description="Căn cứ pháp lý và mức chắc chắn, hoặc ghi rõ là quy tắc của cơ quan")
    any_hour: YesNo = Field(default=False, description="Được gửi vào mọi giờ, kể cả giờ yên lặng")
    hours: Hours | None = Field(default=None, description="Khung giờ riêng; bỏ trống = theo giờ của cơ quan và kênh")
    cap: Annotated[int, Field(ge=0, le=100)] = Field(description="Số tin tối đa tới một số; 0 = không giới hạn")
    cap_span: Duration = Field(description="Khoảng thời gian tính số tin tối đa, ví dụ 24h")
    label: Must = Field(description="Nhãn quảng cáo ở đầu tin: required, forbidden hoặc free")
    opt_out: Must = Field(description="Câu hướng dẫn từ chối ở cuối tin: required, forbidden hoặc free")
    needs_consent: YesNo = Field(description="Chỉ gửi cho danh sách có sự đồng ý")
    keeps_opt_outs: YesNo = Field(description="Không gửi cho người đã từ chối nhận tin")
    do_not_call_days: Annotated[int, Field(ge=0, le=365)] = Field(
        description="Tệp Danh sách không quảng cáo không được cũ hơn số ngày này; 0 = không cần tệp"
    )
    most_parts: Annotated[int, Field(ge=1, le=10)] = Field(description="Số phần SMS tối đa của một tin")
    approvals: Annotated[int, Field(ge=1, le=5)] = Field(description="Số người phải duyệt")
    needs_reason: YesNo = Field(description="Người duyệt phải ghi lý do")


class RuleFile(Model):
    """The whole of a file of rules."""

    id: Slug = Field(description="Mã bộ quy tắc, ví dụ vn-2026-11; in trong mọi hồ sơ gửi tin")
    valid_from: Day = Field(description="Áp dụng từ ngày")
    checked_on: Day = Field(description="Ngày cán bộ pháp chế rà soát lần cuối")
    basis: tuple[Text, ...] = Field(min_length=1, description="Các văn bản căn cứ, kèm mức chắc chắn")
    labels: tuple[Text, ...] = Field(min_length=1, description="Các nhãn quảng cáo được công nhận")
    opt_out_words: tuple[Text, ...] = Field(min_length=1, description="Các từ dùng trong câu hướng dẫn từ chối")
    link_domains: tuple[Annotated[str, Field(pattern=r"^(?:[0-9a-z](?:[0-9a-z-]*[0-9a-z])?\.)+[a-z]{2,}$")], ...] = (
        Field(description="Các tên miền mà liên kết trong tin được dẫn tới, kể cả tên miền con")
    )
    large: Annotated[int, Field(ge=1)] = Field(description="Tin gửi quá số người này cần thêm người duyệt")
    large_approvals: Annotated[int, Field(ge=1, le=5)] = Field(description="Số người phải duyệt tin gửi đông")
    canary_most: Annotated[int, Field(ge=1, le=1000)] = Field(description="Số cán bộ nhận thử tối đa")
    classes: tuple[ClassRules, ...] = Field(description="Bốn loại tin, mỗi loại đúng một lần")


def class_problems(loaded: Loaded[RuleFile]) -> Iterator[Problem]:
    """What the fields alone cannot say: each class once, hours or any hour, but not both."""
    names = [each.name for each in loaded.value.classes]
    if missing := [name for name in get_args(ClassName) if name not in names]:
        yield Problem("E787", {"names": ", ".join(missing)}, loaded.place_of(("classes",), key=True))
    seen: Counter[str] = Counter()
    for number, each in enumerate(loaded.value.classes):
        seen[each.name] += 1
        if seen[each.name] > 1:
            yield Problem("E788", {"name": each.name}, loaded.place_of(("classes", number, "name")))
        if each.any_hour and each.hours is not None:
            yield Problem("E789", {"name": each.name}, loaded.place_of(("classes", number, "hours"), key=True))


def rule_set(value: RuleFile, sha256: str) -> RuleSet:
    """The rules of a file without problems."""
    return RuleSet(
        id=value.id,
        valid_from=value.valid_from,
        checked_on=value.checked_on,
        basis=value.basis,
        sha256=sha256,
        labels=value.labels,
        opt_out_words=value.opt_out_words,
        link_domains=value.link_domains,
        large=value.large,
        large_approvals=value.large_approvals,
        canary_most=value.canary_most,
        classes=tuple(_class(each) for each in value.classes),
    )


def _class(each: ClassRules) -> MessageClass:
    return MessageClass(
        name=each.name,
        title=each.title,
        basis=each.basis,
        opens=_bound(each, "start"),
        closes=_bound(each, "end"),
        cap=each.cap,
        cap_span=each.cap_span,
        label=each.label,
        opt_out=each.opt_out,
        needs_consent=each.needs_consent,
        keeps_opt_outs=each.keeps_opt_outs,
        do_not_call_days=each.do_not_call_days,
        most_parts=each.most_parts,
        approvals=each.approvals,
        needs_reason=each.needs_reason,
    )


def _bound(each: ClassRules, name: Literal["start", "end"]) -> time | None:
    if each.any_hour:
        return None
    if each.hours is None:
        return _HOUSE_HOURS
    found: time = getattr(each.hours, name)
    return found
