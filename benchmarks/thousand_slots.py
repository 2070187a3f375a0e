"""An office with many slots, each an item of its own with a text and a picture of its own: for the review desk."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

from support.browser import make_assets, sample_office
from support.review_desk import NOW

DAYS = 90
_A_FILE = 100
_FIRST, _APART = datetime(2027, 1, 1, 7, 15), timedelta(minutes=65)  # noqa: DTZ001 - an hour of the office's own day
_UNITS = ("tinh-nghe-an", "phuong-truong-vinh", "xa-kim-lien", "xa-muong-xen")
_HEAD = """\
id: tin-hang-ngay-{number}
title: Tin hằng ngày về dịch vụ công trực tuyến, đợt {number}
author: thao
lead: Sở Khoa học và Công nghệ
basis: [Kế hoạch của Ủy ban nhân dân tỉnh]
from: 2027-09-01
to: 2028-03-31
units: [tinh-nghe-an, phuong-truong-vinh, xa-kim-lien, xa-muong-xen]
items:
"""
_ITEM = """\
  - id: tin-{number}
    title: Nộp hồ sơ trực tuyến được gì? Tin {number}
    content: [content/tin-hang-ngay/tin-{number}.md]
    units: [{unit}]
    when: {{date: {day}, at: "{at:%H:%M}"}}
    make:
      - id: hinh
        template: infographics/loi-ich
        formats: [portrait]
        data:
          kicker: Tin {number}
          title: Nộp hồ sơ tại nhà, đỡ một buổi đi lại
          benefits:
            - {{icon: clock, title: Đỡ đi lại chờ đợi, text: Nộp buổi tối hay ngày nghỉ đều được}}
            - {{icon: eye, title: Biết hồ sơ đến đâu, text: Mỗi bước giải quyết đều báo về điện thoại}}
            - {{icon: mailbox, title: Nhận kết quả tại nhà, text: Bản giấy gửi qua bưu điện nếu bà con chọn}}
          slogan: Hành chính thông minh – Tận tâm phục vụ
          hotline_label: Tổng đài hỗ trợ
          qr_caption: Quét mã để nộp hồ sơ trực tuyến
    send:
      facebook: {{asset: hinh/portrait}}
"""
_TEXT = """\
---
title: Nộp hồ sơ trực tuyến, tin {number}
link: "{{{{ unit.portal }}}}"
hashtags: DichVuCongTrucTuyen
---
{{{{ unit.name }}}} mời bà con nộp hồ sơ trực tuyến tại nhà, tin số {number}.

Bà con chỉ cần điện thoại có kết nối mạng và tài khoản định danh điện tử VNeID mức độ 2.
Chưa rành thì gọi {{{{ unit.hotline }}}}.
"""


def make_office(folder: Path, slots: int) -> Path:
    """The sample office with so many slots more over ninety days, planned, all pictures made: a minute or two."""
    root = Path(shutil.copytree(sample_office(folder), folder / "office"))
    texts = text_of(root, 0).parent
    texts.mkdir()
    for number in range(slots):
        text_of(root, number).write_text(_TEXT.format(number=number), encoding="utf-8")
    for first in range(0, slots, _A_FILE):
        part = first // _A_FILE + 1
        items = "".join(map(_item, range(first, min(slots, first + _A_FILE))))
        (root / "campaigns" / f"tin-hang-ngay-{part}.yaml").write_text(_HEAD.format(number=part) + items, "utf-8")
    make_assets(root, DAYS + 1)
    return root


def text_of(root: Path, number: int) -> Path:
    """The file with the words of a slot."""
    return root / "content" / "tin-hang-ngay" / f"tin-{number}.md"


def _item(number: int) -> str:
    turn, day = divmod(number, DAYS)
    when: date = datetime.fromisoformat(NOW).date() + timedelta(days=day + 1)
    return _ITEM.format(number=number, unit=_UNITS[(number + turn) % len(_UNITS)], day=when, at=_FIRST + turn * _APART)
