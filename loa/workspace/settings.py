"""``loa.yaml`` as a frozen model. Field descriptions are Vietnamese: editors show them to the staff."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from loa.reader.fields import Day, Duration, Model, Slug, Text, Time, YesNo, ZoneName


class Unit(Model):
    """One unit of the tree, valid for a span of days."""

    code: Slug = Field(description="Mã đơn vị, viết thường không dấu, ví dụ: xa-kim-lien")
    name: Text = Field(description="Tên đầy đủ của đơn vị, ví dụ: Xã Kim Liên")
    parent: Slug | None = Field(default=None, description="Mã đơn vị cấp trên trực tiếp")
    hotline: str = Field(default="", description="Số điện thoại hỗ trợ người dân")
    portal: str = Field(default="", description="Địa chỉ cổng dịch vụ công, bắt đầu bằng https://")
    address: str = Field(default="", description="Địa chỉ trụ sở hoặc Bộ phận Một cửa")
    logo: str = Field(default="", description="Đường dẫn tệp ảnh biểu trưng trong thư mục làm việc")
    brand: str = Field(default="", description="Nhận diện riêng của đơn vị: tên tệp trong templates/brands")
    valid_from: Day | None = Field(default=None, description="Ngày đơn vị bắt đầu hoạt động")
    valid_to: Day | None = Field(default=None, description="Ngày cuối cùng đơn vị còn hoạt động")
    successors: tuple[Slug, ...] = Field(default=(), description="Mã các đơn vị kế thừa sau sắp xếp")


class Units(Model):
    """Where the units are listed: a CSV file, here, or both."""

    file: str = Field(default="", description="Tệp CSV danh sách đơn vị (cột: code, name, parent, hotline, portal …)")
    list: tuple[Unit, ...] = Field(default=(), description="Danh sách đơn vị ghi trực tiếp")


class Body(Model):
    """The issuing body."""

    name: Text = Field(description="Tên cơ quan chủ quản, ví dụ: Ủy ban nhân dân tỉnh Nghệ An")
    short_name: Text = Field(description="Tên viết tắt, ví dụ: UBND tỉnh Nghệ An")
    unit: Slug = Field(description="Mã đơn vị của cơ quan này trong cây đơn vị")


class AccountSettings(Model):
    """An account of a unit on a channel. ``secrets`` are names of secrets, never the secrets."""

    id: Slug = Field(description="Mã tài khoản, ví dụ: fb-xa-kim-lien")
    channel: Slug = Field(description="Kênh: facebook, zalo, x, sms, youtube, portal, loudspeaker, print, letter…")
    unit: Slug = Field(description="Mã đơn vị quản lý tài khoản")
    name: Text = Field(description="Tên hiển thị của trang hoặc tài khoản")
    settings: dict[str, str] = Field(default={}, description="Thông số riêng của kênh, ví dụ page_id, oa_id")
    secrets: dict[str, str] = Field(default={}, description="TÊN của khóa bí mật (không ghi giá trị bí mật vào đây)")


class ChannelSettings(Model):
    """What differs from the card of a channel: host, version, limits."""

    settings: dict[str, str] = Field(default={}, description="Máy chủ, phiên bản và giới hạn của kênh")


Role = Literal["author", "reviewer", "publisher", "admin"]


class Reviewer(Model):
    """A person who works at the review desk, and what this person may do there."""

    id: Slug = Field(description="Mã người duyệt")
    name: Text = Field(description="Họ và tên người duyệt")
    title: str = Field(default="", description="Chức vụ")
    roles: tuple[Role, ...] = Field(
        default=("reviewer",),
        description="Vai: author = góp ý, reviewer = duyệt và trả lại, publisher = dừng, cho chạy, gỡ bài, quyết định "
        "lượt gửi đang hỏi, admin = mọi việc và quản lý người dùng",
    )


class Delegation(Model):
    """While it holds, one person approves in the name of another; both days belong to it."""

    given_by: Slug = Field(alias="from", description="Mã người ủy quyền (người duyệt)")
    to: Slug = Field(description="Mã người được ủy quyền")
    since: Day = Field(description="Ngày bắt đầu, ví dụ 2026-11-01")
    until: Day = Field(description="Ngày cuối cùng còn hiệu lực, ví dụ 2026-11-30")


class QuietHours(Model):
    """The hours in which nothing goes out; may cross midnight. Equal ends mean none."""

    start: Time = Field(alias="from", description="Giờ bắt đầu yên lặng, ví dụ 21:00")
    end: Time = Field(alias="to", description="Giờ kết thúc yên lặng, ví dụ 07:00")


class Lateness(Model):
    """How late a slot may still go out, and what then."""

    limit: Duration = Field(default=timedelta(hours=2), description="Trễ tối đa vẫn được phát, ví dụ 2h, 30m, 1d")
    then: Literal["ask", "drop"] = Field(
        default="ask", description="Quá hạn thì: ask = giữ lại hỏi người, drop = ghi nhận bỏ lỡ"
    )


class Policies(Model):
    """The rules of the house for every campaign."""

    approvals: Annotated[int, Field(ge=1, le=5)] = Field(default=1, description="Số người phải duyệt mỗi tin")
    author_may_approve_alone: YesNo = Field(default=False, description="Người soạn có được tự duyệt một mình không")
    quiet_hours: QuietHours = Field(
        default=QuietHours.model_validate({"from": "21:00", "to": "07:00"}), description="Khung giờ không phát tin"
    )
    lateness: Lateness = Field(default=Lateness(), description="Xử lý khi phát trễ")
    assets_keep_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        default=30, description="Số ngày giữ ấn phẩm mà không tin nào dùng nữa"
    )


class RecipientList(Model):
    """A list of people who get messages, and why they may be written to; its numbers are never written here."""

    id: Slug = Field(description="Mã danh sách, dùng ở send.sms.recipients, ví dụ: to-cong-nghe-so")
    name: Text = Field(description="Tên danh sách, ví dụ: Tổ công nghệ số cộng đồng")
    consent: str = Field(default="", description="Bằng chứng đồng ý: phiếu đăng ký, ngày, nơi lưu")
    legal_basis: str = Field(default="", description="Căn cứ pháp lý nếu không dựa trên sự đồng ý (văn bản, điều)")
    file: str = Field(default="", description="Tệp CSV hoặc XLSX trong thư mục làm việc, tự nhập khi tệp thay đổi")
    keep_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        default=90, description="Số ngày giữ số điện thoại sau biên nhận cuối cùng"
    )


class VoiceSettings(Model):
    """Who reads the bulletins for loudspeakers. Voices are programs of their own, started as processes."""

    engine: Literal["none", "espeak", "piper", "command"] = Field(
        default="none", description="Giọng đọc: none = người đọc, espeak, piper, command (xem ban-tin-loa.md)"
    )
    program: str = Field(default="", description="Tên hoặc đường dẫn chương trình đọc, nếu khác tên thường gọi")
    model: str = Field(default="", description="Tệp giọng đọc (piper), nằm trong thư mục làm việc")
    command: tuple[str, ...] = Field(
        default=(), description="Lệnh riêng (command): {text} là tệp lời, {sound} là tệp WAV phải ghi ra"
    )
    pace: Annotated[float, Field(ge=2, le=6)] = Field(default=3.3, description="Tốc độ đọc (tiếng mỗi giây)")
    words: dict[str, str] = Field(default={}, description="Cách đọc riêng của cơ quan: từ viết tắt → lời đọc")


AlertKind = Literal["late", "unknown", "auth", "heartbeat", "stopped", "clock"]


class AlertWay(Model):
    """One way on which the office hears of trouble; just one of ``command``, ``email`` and ``webhook`` is given."""

    on: tuple[AlertKind, ...] = Field(
        default=("late", "unknown", "auth", "heartbeat", "stopped", "clock"),
        description="Báo khi: late (trễ, bỏ lỡ), unknown (chưa rõ kết quả), auth (tài khoản cần xử lý), heartbeat "
        "(bộ lịch phát ngừng), stopped (kế hoạch lỗi nên không phát gì), clock (đồng hồ máy nhảy)",
    )
    command: tuple[str, ...] = Field(default=(), description="Chạy lệnh này; lời báo (JSON) đi vào đầu vào chuẩn")
    email: str = Field(default="", description="Gửi thư điện tử tới địa chỉ này")
    smtp: str = Field(default="", description="Máy chủ thư, ví dụ smtp.nghean.gov.vn:587")
    sender: str = Field(default="", description="Địa chỉ gửi thư")
    smtp_user: str = Field(default="", description="Tên đăng nhập máy chủ thư")
    smtp_password: str = Field(default="", description="TÊN của khóa bí mật chứa mật khẩu máy chủ thư")
    webhook: str = Field(default="", description="Gửi JSON (POST) tới địa chỉ https này")


class SharedMedia(Model):
    """Where several machines find the same finished assets; a folder or an S3-compatible store, or neither."""

    folder: str = Field(
        default="", description="Thư mục mạng, đường dẫn đầy đủ (ví dụ /mnt/loa/kho); phải có sẵn, Loa không tự tạo"
    )
    endpoint: str = Field(default="", description="Địa chỉ kho S3, ví dụ https://s3.nghean.gov.vn")
    bucket: str = Field(default="", description="Tên ngăn chứa (bucket) S3, đã tạo sẵn")
    region: str = Field(default="", description="Vùng (region) S3; với MinIO thường là us-east-1")
    access_key: str = Field(default="", description="TÊN của khóa bí mật chứa access key")
    secret_key: str = Field(default="", description="TÊN của khóa bí mật chứa secret key")


class TrustedKey(Model):
    """An office whose content packs may be taken in."""

    name: Text = Field(description="Tên cơ quan chia sẻ gói nội dung")
    key: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] = Field(
        description="Khóa công khai của cơ quan đó (64 ký tự, lệnh loa pack key bên đó in ra)"
    )


class Settings(Model):
    """The whole of ``loa.yaml``."""

    body: Body = Field(description="Cơ quan chủ quản")
    time_zone: ZoneName = Field(default="Asia/Ho_Chi_Minh", description="Múi giờ của lịch phát")
    units: Units = Field(description="Cây đơn vị")
    channels: dict[Slug, ChannelSettings] = Field(default={}, description="Thiết lập riêng cho từng kênh")
    accounts: tuple[AccountSettings, ...] = Field(default=(), description="Tài khoản trên các kênh")
    accounts_file: str = Field(
        default="",
        description="Tệp CSV tài khoản, thêm vào accounts (cột id, channel, unit, name; cột khác là thông số cùng tên; "
        "cột secret.<tên> là TÊN khóa bí mật)",
    )
    lists: tuple[RecipientList, ...] = Field(default=(), description="Danh sách người nhận tin nhắn")
    reviewers: tuple[Reviewer, ...] = Field(default=(), description="Những người được quyền duyệt")
    delegations: tuple[Delegation, ...] = Field(default=(), description="Ủy quyền duyệt có thời hạn")
    policies: Policies = Field(default=Policies(), description="Quy định chung")
    voice: VoiceSettings = Field(default=VoiceSettings(), description="Giọng đọc bản tin loa truyền thanh")
    alerts: tuple[AlertWay, ...] = Field(default=(), description="Báo sự cố cho ai, bằng cách nào")
    media: SharedMedia = Field(default=SharedMedia(), description="Kho ấn phẩm dùng chung khi chạy nhiều máy")
    holidays_file: str = Field(default="", description="Tệp ngày nghỉ, hoán đổi do cơ quan bổ sung")
    pack_keys: tuple[TrustedKey, ...] = Field(
        default=(), description="Những cơ quan mà gói nội dung của họ được nhập vào đây"
    )
    brand: str = Field(default="", description="Nhận diện chung của mọi ấn phẩm: tên tệp trong templates/brands")
