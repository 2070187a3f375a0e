"""A small office: one province, one commune, two reviewers, one campaign. Numbers and names are made up."""

from pathlib import Path

from support.planted import phone

LOA_YAML = """\
body:
  name: Ủy ban nhân dân tỉnh Mẫu
  short_name: UBND tỉnh Mẫu
  unit: tinh-mau
lists:
  - id: doi-ngu
    name: Đội ngũ
    legal_basis: Kế hoạch thử
    file: content/recipients/doi-ngu.csv
units:
  list:
    - {code: tinh-mau, name: Tỉnh Mẫu, hotline: "1022", portal: "https://dichvucong.gov.vn"}
    - {code: xa-mot, name: Xã Một, parent: tinh-mau, hotline: "1022", portal: "https://dichvucong.gov.vn"}
accounts:
  - id: fb-tinh
    channel: facebook
    unit: tinh-mau
    name: Tỉnh Mẫu
    settings: {page_id: "1001"}
    secrets: {page_token: fb-tinh}
  - id: fb-xa
    channel: facebook
    unit: xa-mot
    name: Xã Một
    settings: {page_id: "1002"}
    secrets: {page_token: fb-xa}
  - id: sms-tinh
    channel: sms
    unit: tinh-mau
    name: Tin nhắn tỉnh Mẫu
    settings: {brandname: TINHMAU}
    secrets: {api_key: sms-key, secret_key: sms-secret}
reviewers:
  - {id: lan, name: Nguyễn Thị Lan}
  - {id: binh, name: Trần Văn Bình}
policies:
  approvals: "1"
  quiet_hours: {from: "21:00", to: "07:00"}
  lateness: {limit: 2h, then: ask}
"""

CAMPAIGN = """\
id: thu-nghiem
title: Chiến dịch thử
author: Trần Văn Bình
lead: Văn phòng UBND tỉnh
basis:
  - Kế hoạch thử
from: 2027-01-01
facts:
  truc-tuyen: {value: "80", unit: "%", label: hồ sơ nộp trực tuyến, source: Kế hoạch thử}
units: [tinh-mau, xa-mot]
items:
  - id: tin-mot
    title: Tin thứ nhất
    content: [content/tin-mot.md]
    when: {date: 2027-03-01, at: "08:00"}
    send:
      facebook: {}
  - id: tin-hai
    title: Tin thứ hai
    content: [content/tin-hai.md]
    units: [tinh-mau]
    when: {date: 2027-03-02, at: "09:00"}
    send:
      sms: {recipients: doi-ngu}
  - id: tin-ba
    title: Tin thứ ba
    content: [content/tin-mot.md]
    units: [tinh-mau]
    when: {date: 2027-03-03, at: "08:00"}
    make:
      - id: hinh
        template: infographics/chi-so
        formats: [square]
        facts: [truc-tuyen]
        data: {title: Nộp hồ sơ trực tuyến}
    send:
      facebook: {asset: hinh/square}
"""

CONTENT = """\
---
title: Nộp hồ sơ tại nhà
---
{{ unit.name }} mời bà con nộp hồ sơ trực tuyến: {{ fact.truc-tuyen }} hồ sơ đã nộp qua mạng.
"""

SMS_CONTENT = """\
---
title: Tin nhắn
---
UBND tinh Mau: ba con nop ho so tai dichvucong.gov.vn, goi 1022 de duoc giup.
"""

RECIPIENTS = "phone,unit\n" + "".join(f"{phone(number)},tinh-mau\n" for number in range(1, 6))


def make_office(root: Path) -> Path:
    """Lay the office out in ``root`` and give it back."""
    files = {
        "loa.yaml": LOA_YAML,
        "campaigns/thu-nghiem.yaml": CAMPAIGN,
        "content/tin-mot.md": CONTENT,
        "content/tin-hai.md": SMS_CONTENT,
        "content/recipients/doi-ngu.csv": RECIPIENTS,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def replace_in(path: Path, before: str, after: str) -> None:
    """Change a file of the office; the text must be there."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
