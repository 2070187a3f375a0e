"""Events of a campaign as frozen models: sessions, classes, contests, conferences, each with its meetings.

Field descriptions are Vietnamese: editors show them to the staff (``loa schema``).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from loa.reader.fields import Day, Model, Slug, Text, Time, YesNo


class Meeting(Model):
    """One time that people come together, or one deadline of a contest; it belongs to one unit."""

    id: Slug | None = Field(
        default=None,
        description="Mã buổi, không trùng trong sự kiện; bỏ trống = mã đơn vị. Dời ngày thì giữ nguyên mã: "
        "tin đã phát cho buổi này không phát lại",
    )
    unit: Slug = Field(description="Mã đơn vị tổ chức buổi này")
    title: str = Field(default="", description="Tên riêng của buổi, ví dụ: Hạn nộp bài dự thi, Lễ trao giải")
    date: Day = Field(description="Ngày tổ chức (ngày đầu, nếu nhiều ngày)")
    end: Day | None = Field(default=None, alias="to", description="Ngày cuối, nếu nhiều ngày")
    at: Time | None = Field(default=None, description="Giờ bắt đầu (hoặc giờ hết hạn); bỏ trống = cả ngày")
    until: Time | None = Field(default=None, description="Giờ kết thúc")
    place: str = Field(default="", description="Nơi tổ chức, ví dụ: Nhà văn hóa thôn 2")
    link: str = Field(default="", description="Đường dẫn: trang đăng ký, phòng họp trực tuyến, buổi phát trực tiếp")
    deadline: YesNo = Field(
        default=False, description="có = đây là mốc hạn (nộp bài, chấm thi), không phải buổi: không báo, không đếm"
    )
    people: Annotated[int, Field(ge=1)] | None = Field(default=None, description="Số người dự kiến")

    @property
    def name(self) -> str:
        """What names the meeting in its event, whatever becomes of its day."""
        return self.id or self.unit

    @property
    def last(self) -> dt.date:
        """The last day; most meetings have only one."""
        return self.end or self.date


class Event(Model):
    """Meetings of one kind for one purpose: a session in each commune, a class in two runs, a contest by stages."""

    id: Slug = Field(description="Mã sự kiện, không trùng trong chiến dịch")
    title: Text = Field(description="Tên sự kiện")
    kind: Literal["session", "class", "contest", "conference", "live"] = Field(
        description="session = buổi tuyên truyền, đối thoại; class = lớp tập huấn; contest = cuộc thi; "
        "conference = hội nghị; live = phát trực tiếp"
    )
    serves: tuple[Slug, ...] = Field(
        default=(), description="Mã chỉ tiêu, nhiệm vụ của kế hoạch mà sự kiện thực hiện; bỏ trống = của chiến dịch"
    )
    meetings: tuple[Meeting, ...] = Field(min_length=1, description="Các buổi (hoặc các mốc hạn của cuộc thi)")
    note: str = Field(default="", description="Ghi chú")
