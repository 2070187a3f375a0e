"""A small district with a plan: three communes, one of them without an account, and a log of what people did."""

from pathlib import Path

LOA_YAML = """\
body: {name: Ủy ban nhân dân huyện Mẫu, short_name: UBND huyện Mẫu, unit: huyen-mau}
units:
  list:
    - {code: huyen-mau, name: Huyện Mẫu, hotline: "1022", portal: "https://dichvucong.gov.vn"}
    - {code: xa-a, name: Xã A, parent: huyen-mau, hotline: "1022", portal: "https://dichvucong.gov.vn"}
    - {code: xa-b, name: Xã B, parent: huyen-mau, hotline: "1022", portal: "https://dichvucong.gov.vn"}
    - {code: xa-c, name: Xã C, parent: huyen-mau, hotline: "1022", portal: "https://dichvucong.gov.vn"}
accounts:
  - {id: fb-a, channel: facebook, unit: xa-a, name: Trang Xã A, settings: {page_id: "1"}, secrets: {page_token: fb}}
  - {id: fb-b, channel: facebook, unit: xa-b, name: Trang Xã B, settings: {page_id: "2"}, secrets: {page_token: fb}}
reviewers:
  - {id: lan, name: Nguyễn Thị Lan}
policies: {approvals: "1"}
"""

PLAN = """\
id: dvc-mau
title: Tuyên truyền dịch vụ công trực tuyến huyện Mẫu năm 2025
document: Kế hoạch số 12/KH-UBND ngày 10/4/2025 của UBND huyện Mẫu
basis:
  - Kế hoạch số 67/KH-UBND ngày 03/4/2025 của UBND tỉnh
body:
  name: Ủy ban nhân dân huyện Mẫu
  parent: Ủy ban nhân dân tỉnh Mẫu
  short_name: UBND
  town: Mẫu
  signer_title: TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH
  signer: Trần Văn Bình
  reports_to: [Ủy ban nhân dân tỉnh Mẫu, Sở Khoa học và Công nghệ tỉnh Mẫu]
from: 2025-04-01
to: 2025-12-31
phases:
  - {id: trien-khai, title: Triển khai, goal: Phát tin và mở lớp, from: 2025-05-01, to: 2025-10-31, place: Mục IV}
groups:
  - {id: truyen-thong, title: Truyền thông đại chúng, place: Mục III.1}
tasks:
  - id: tin-bai
    title: Sản xuất tin, bài về dịch vụ công trực tuyến
    group: truyen-thong
    lead: ["Phòng Văn hóa, Khoa học và Thông tin"]
    with: [UBND các xã]
    time: Cả năm 2025
    place: Mục III.1
  - {id: lop-hoc, title: Mở lớp tập huấn cho cán bộ, lead: [Phòng Nội vụ], place: Mục III.3}
  - id: ha-tang
    title: Nâng cấp đường truyền tại Bộ phận Một cửa
    beyond: việc mua sắm, không phải truyền thông
    place: Mục III.4
quotas:
  - {id: tin-nam, title: Tin bài trên mạng xã hội, count: items, target: "3", unit: "tin, bài", task: tin-bai,
     each: year, place: Mục III.1}
  - {id: xa-dang, title: Xã đăng tin trên kênh của mình, count: units, target: "100", unit: "%",
     units: [xa-a, xa-b, xa-c], task: tin-bai, by: 2025-06-30, place: Mục II}
  - {id: lop, title: Lớp tập huấn, count: events, target: "2", unit: lớp, task: lop-hoc, place: Mục III.3}
  - {id: hoc-vien, title: Cán bộ được tập huấn, count: people, target: "30", unit: người, task: lop-hoc,
     place: Mục III.3}
  - {id: to-roi, title: Tờ rơi phát tại Bộ phận Một cửa, count: copies, target: "500", unit: tờ, place: Mục III.2}
indicators:
  - id: truc-tuyen
    title: Người dân trưởng thành dùng dịch vụ công trực tuyến
    at_least: tối thiểu
    baseline: {date: 2024-12-31, value: "35.5", source: Báo cáo năm 2024}
    targets: [{by: 2025-12-31, value: "50"}, {by: 2030-12-31, value: "70"}]
    readings: [{date: 2025-09-30, value: "47.2", source: Cổng dịch vụ công tỉnh}]
    place: Mục II.1
budget:
  - {id: in-an, title: In tài liệu, amount: "10000000", covers: [print], source: Ngân sách huyện, place: Mục V}
  - {id: tap-huan, title: Tập huấn, amount: "20000000", source: Ngân sách huyện, place: Mục V}
"""

CAMPAIGN = """\
id: tin-mau
title: Tin về dịch vụ công trực tuyến
author: Trần Văn Bình
lead: Phòng Văn hóa, Khoa học và Thông tin
basis: [Kế hoạch số 12/KH-UBND]
serves: [tin-nam]
from: 2025-04-01
to: 2025-12-31
units: [xa-a, xa-b]
events:
  - id: lop
    title: Lớp tập huấn cán bộ
    kind: class
    serves: [lop, hoc-vien]
    meetings:
      - {unit: huyen-mau, date: 2025-08-12, at: "08:00", place: Hội trường huyện, people: "30"}
items:
  - id: mo-dau
    title: Vì sao nên nộp hồ sơ trực tuyến
    content: [content/tin.md]
    serves: [tin-nam, xa-dang]
    when: {date: 2025-05-15, at: "08:00"}
    send: {facebook: {}}
  - id: huong-dan
    title: Cách nộp hồ sơ trực tuyến
    content: [content/tin.md]
    when: {date: 2025-09-10, at: "08:00"}
    send: {facebook: {}}
"""

CONTENT = """\
---
title: Nộp hồ sơ tại nhà
---
{{ unit.name }} mời bà con nộp hồ sơ trực tuyến tại {{ unit.portal }}, gọi {{ unit.hotline }} để được giúp.
"""

NOTES = """\
# Khó khăn, vướng mắc
- Một số thôn chưa có sóng 4G.
- Cán bộ kiêm nhiệm, thiếu thời gian.

# Đề xuất, kiến nghị
Đề nghị UBND tỉnh bổ sung kinh phí in tài liệu.

# Phương hướng
Tiếp tục phát tin hằng tháng.
"""

LOG = """\
event tin-mau/lop/huyen-mau --day 2025-08-12 --unit huyen-mau --count 1 --link https://example.vn/lop --note Lớp một
people tin-mau/lop/huyen-mau --day 2025-08-12 --unit huyen-mau --count 31 --link https://example.vn/diem-danh
copies to-roi --day 2025-08-20 --unit xa-a --count 300 --link https://example.vn/to-roi
spent in-an --day 2025-08-21 --amount 4500000 --note Hóa đơn số 15
"""


def make_planned_office(root: Path) -> Path:
    """Lay the office out in ``root`` and give it back."""
    files = {
        "loa.yaml": LOA_YAML,
        "campaigns/plan.yaml": PLAN,
        "campaigns/tin-mau.yaml": CAMPAIGN,
        "campaigns/bao-cao.md": NOTES,
        "content/tin.md": CONTENT,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
