"""A campaign as a frozen model: what the staff wrote in one YAML file, typed and checked.

Field descriptions are Vietnamese: editors show them to the staff (``loa schema``).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from loa.campaign.event import Event
from loa.reader.fields import Day, Figure, Model, Moment, Slug, Text, Time, YesNo
from loa.workspace.settings import Lateness

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DayOfMonth = Annotated[int, Field(ge=1, le=31)]


class Fact(Model):
    """A figure with its unit, its date and where it comes from."""

    value: Figure = Field(description="Giá trị bằng số, dấu chấm thập phân, ví dụ 50 hoặc 62.5")
    unit: str = Field(default="", description="Đơn vị tính, ví dụ %, hồ sơ, triệu đồng")
    label: Text = Field(description="Nội dung con số, ví dụ: người dân trưởng thành sử dụng DVCTT")
    date: str = Field(default="", description="Thời điểm của số liệu, ví dụ: 2025 hoặc 2025-12-31")
    source: Text = Field(description="Nguồn số liệu (văn bản, mục)")


class Anchor(Model):
    """A day that items count from: one date each year (``10/10``), a lunar date, a public holiday or one given date."""

    yearly: str = Field(default="", pattern=r"^(\d{1,2}/\d{1,2})?$", description="Ngày dương lịch hằng năm: ngày/tháng")
    lunar: str = Field(default="", pattern=r"^(\d{1,2}/\d{1,2})?$", description="Ngày âm lịch hằng năm: ngày/tháng")
    holiday: str = Field(default="", description="Tên ngày lễ: tet, gio-to, 30-4, 1-5, quoc-khanh, tet-duong-lich")
    date: Day | None = Field(default=None, description="Một ngày cụ thể (năm-tháng-ngày)")

    @model_validator(mode="after")
    def _exactly_one(self) -> Anchor:
        given = [bool(self.yearly), bool(self.lunar), bool(self.holiday), self.date is not None]
        if sum(given) != 1:
            raise ValueError("anchor_one_of")
        return self


class Phase(Model):
    """A stretch of the campaign with a goal of its own."""

    id: Slug = Field(description="Mã giai đoạn")
    title: Text = Field(description="Tên giai đoạn")
    goal: str = Field(default="", description="Mục tiêu của giai đoạn")
    start: str = Field(default="", alias="from", description="Từ ngày/tháng")
    end: str = Field(default="", alias="to", description="Đến ngày/tháng")


class When(Model):
    """When an item goes out. Exactly one of: date · anchor · event · every."""

    at: Time = Field(description="Giờ phát, ví dụ 08:00")
    date: Day | None = Field(default=None, description="Phát một lần vào ngày này")
    anchor: Slug | None = Field(default=None, description="Mã mốc thời gian khai báo ở mục anchors")
    event: Slug | None = Field(default=None, description="Mã sự kiện ở mục events: phát cho từng buổi của sự kiện")
    meetings: tuple[Slug, ...] = Field(
        default=(), description="Chỉ phát cho các buổi này của sự kiện (mã buổi); bỏ trống = mọi buổi"
    )
    days: int = Field(
        default=0,
        ge=-366,
        le=366,
        description="Số ngày so với mốc hoặc buổi: -7 = trước 7 ngày, 3 = sau 3 ngày (sau ngày cuối của buổi)",
    )
    every: Literal["month", "week", "wave"] | None = Field(
        default=None, description="Lặp lại: month = hằng tháng, week = hằng tuần, wave = đợt cao điểm một tháng mỗi năm"
    )
    day: DayOfMonth | None = Field(default=None, description="Ngày trong tháng (every: month)")
    nth: Literal["1", "2", "3", "4", "5", "last"] | None = Field(
        default=None, description="Thứ tự của thứ trong tháng, đi cùng weekday (every: month)"
    )
    last_working_day: YesNo = Field(default=False, description="Ngày làm việc cuối tháng (every: month)")
    weekday: Weekday | None = Field(default=None, description="Thứ trong tuần (every: week, hoặc cùng nth)")
    month: Annotated[int, Field(ge=1, le=12)] | None = Field(default=None, description="Tháng của đợt cao điểm (wave)")
    weekdays: tuple[Weekday, ...] = Field(default=(), description="Các thứ phát trong đợt cao điểm (wave)")
    short_month: Literal["last_day", "skip"] = Field(
        default="last_day", description="Tháng không có ngày này thì: last_day = phát ngày cuối tháng, skip = bỏ qua"
    )
    off_holidays: Literal["keep", "before", "after"] = Field(
        default="keep", description="Trùng ngày nghỉ thì: keep = giữ, before = lùi về trước, after = dời về sau"
    )
    skip: tuple[Day, ...] = Field(default=(), description="Những ngày bỏ qua không phát")
    move: dict[Day, Moment] = Field(default={}, description="Dời một lần phát: ngày gốc → ngày giờ mới")
    start: Day | None = Field(default=None, alias="from", description="Bắt đầu lặp từ ngày")
    end: Day | None = Field(default=None, alias="until", description="Dừng lặp sau ngày này")

    @model_validator(mode="after")
    def _exactly_one_kind(self) -> When:
        if sum(given is not None for given in (self.date, self.anchor, self.event, self.every)) != 1:
            raise ValueError("when_one_of")
        if self.meetings and self.event is None:
            raise ValueError("E346")
        return self

    @model_validator(mode="after")
    def _complete(self) -> When:
        if self.every == "month" and sum((self.day is not None, self.nth is not None, self.last_working_day)) != 1:
            raise ValueError("when_month_needs")
        if (self.nth is not None or self.every == "week") and self.weekday is None:
            raise ValueError("when_needs_weekday")
        if self.every == "wave" and (self.month is None or not self.weekdays):
            raise ValueError("when_wave_needs")
        return self


class Make(Model):
    """What to make: one template in some formats, filled with ``data``."""

    id: Slug = Field(description="Tên gọi của ấn phẩm trong tin này, dùng ở mục send")
    template: Text = Field(description="Mẫu, ví dụ infographics/chi-so, clips/con-so (xem loa template list)")
    formats: tuple[Slug, ...] = Field(min_length=1, description="Các khổ cần làm, ví dụ square, story, a3")
    facts: tuple[Slug, ...] = Field(default=(), description="Các số liệu đưa lên ấn phẩm, theo thứ tự")
    data: dict[str, str | tuple[dict[str, str], ...]] = Field(default={}, description="Nội dung điền vào mẫu")
    alt: str = Field(default="", description="Mô tả hình cho người khiếm thị; bỏ trống thì lấy từ mẫu")
    variant: Literal["", "elder"] = Field(
        default="", description="elder = bản cho người cao tuổi: chữ lớn, ít chữ, tương phản cao"
    )
    brand: str = Field(default="", description="Nhận diện riêng của ấn phẩm; bỏ trống = của đơn vị, rồi của loa.yaml")


class Send(Model):
    """One channel of an item, with what differs there."""

    asset: str = Field(default="", description="Ấn phẩm gửi kèm: <mã ấn phẩm>/<khổ>; nhiều ấn phẩm cách nhau dấu phẩy")
    text: str = Field(default="", description="Lời riêng cho kênh này (thay nội dung chung)")
    link: str = Field(default="", description="Đường dẫn kèm theo; ghi không để kênh này không kèm đường dẫn")
    recipients: Slug | None = Field(default=None, description="Danh sách nhận tin (chỉ SMS)")
    options: dict[str, str] = Field(default={}, description="Tùy chọn riêng của kênh")


class Item(Model):
    """One message of the campaign and all that is made of it."""

    id: Slug = Field(description="Mã tin, không trùng trong chiến dịch")
    title: Text = Field(description="Tiêu đề tin")
    content: tuple[str, ...] = Field(min_length=1, description="Tệp nội dung trong content/ (một hoặc nhiều)")
    audience: Slug | None = Field(default=None, description="Đối tượng")
    theme: Slug | None = Field(default=None, description="Chủ đề")
    phase: Slug | None = Field(default=None, description="Giai đoạn")
    language: str = Field(default="vi", description="Ngôn ngữ của tin")
    lead: str = Field(default="", description="Cơ quan chủ trì tin này (nếu khác chiến dịch)")
    partners: tuple[str, ...] = Field(default=(), alias="with", description="Cơ quan phối hợp")
    units: tuple[Slug, ...] = Field(default=(), description="Đơn vị phát tin này; bỏ trống = các đơn vị của chiến dịch")
    units_below: Slug | None = Field(
        default=None, description="Thay cho units: mọi đơn vị trực thuộc đơn vị này, ở mọi cấp dưới"
    )
    serves: tuple[Slug, ...] = Field(
        default=(), description="Mã chỉ tiêu, nhiệm vụ của kế hoạch mà tin này thực hiện; bỏ trống = của chiến dịch"
    )
    when: When = Field(description="Thời điểm phát")
    make: tuple[Make, ...] = Field(default=(), description="Ấn phẩm cần làm")
    send: dict[Slug, Send] = Field(min_length=1, description="Kênh phát")
    lateness: Lateness | None = Field(default=None, description="Xử lý khi trễ, nếu khác quy định chung")

    @model_validator(mode="after")
    def _units_named_one_way(self) -> Item:
        if self.units and self.units_below is not None:
            raise ValueError("E163")
        return self


class Audience(Model):
    """Whom the campaign speaks to, and the words that are fixed for them."""

    id: Slug = Field(description="Mã đối tượng")
    name: Text = Field(description="Tên đối tượng, ví dụ: Người dân")
    slogans: tuple[Text, ...] = Field(default=(), description="Thông điệp cố định, giữ nguyên từng chữ")
    reading: Literal["plain", "simple"] = Field(
        default="plain", description="simple = cần câu ngắn (người cao tuổi, vùng sâu, vùng xa); plain = bình thường"
    )


class Named(Model):
    """An id with a name for people."""

    id: Slug = Field(description="Mã")
    name: Text = Field(description="Tên gọi")


class Campaign(Model):
    """One campaign file."""

    id: Slug = Field(description="Mã chiến dịch, không trùng")
    title: Text = Field(description="Tên chiến dịch")
    author: Text = Field(description="Người soạn (mã người duyệt nếu có trong loa.yaml, hoặc họ tên)")
    lead: Text = Field(description="Cơ quan chủ trì")
    partners: tuple[Text, ...] = Field(default=(), alias="with", description="Cơ quan phối hợp")
    basis: tuple[Text, ...] = Field(min_length=1, description="Căn cứ pháp lý")
    note: str = Field(default="", description="Ghi chú")
    plan: Slug | None = Field(default=None, description="Mã kế hoạch; bỏ trống = plan.yaml cùng thư mục (nếu có)")
    serves: tuple[Slug, ...] = Field(
        default=(), description="Mã chỉ tiêu, nhiệm vụ của kế hoạch mà chiến dịch thực hiện"
    )
    start: Day = Field(alias="from", description="Ngày bắt đầu chiến dịch")
    end: Day | None = Field(default=None, alias="to", description="Ngày kết thúc; bỏ trống = những năm tiếp theo")
    repeat: Literal["once", "yearly", "monthly"] = Field(
        default="once", description="once = một lần, yearly = hằng năm, monthly = hằng tháng"
    )
    anchors: dict[Slug, Anchor] = Field(default={}, description="Mốc thời gian")
    phases: tuple[Phase, ...] = Field(default=(), description="Giai đoạn")
    audiences: tuple[Audience, ...] = Field(default=(), description="Đối tượng và thông điệp cố định")
    themes: tuple[Named, ...] = Field(default=(), description="Chủ đề tuyên truyền")
    facts: dict[Slug, Fact] = Field(default={}, description="Số liệu dùng trong chiến dịch")
    units: tuple[Slug, ...] = Field(default=(), description="Mã các đơn vị tham gia; all = mọi đơn vị đang hoạt động")
    units_below: Slug | None = Field(
        default=None, description="Thay cho units: mọi đơn vị trực thuộc đơn vị này, ở mọi cấp dưới"
    )
    events: tuple[Event, ...] = Field(default=(), description="Sự kiện: buổi, lớp, cuộc thi, hội nghị của các đơn vị")
    items: tuple[Item, ...] = Field(min_length=1, description="Các tin của chiến dịch")

    @model_validator(mode="after")
    def _units_named_one_way(self) -> Campaign:
        if bool(self.units) == (self.units_below is not None):
            raise ValueError("E162")
        return self
