"""The words of the letter that asks operators to send messages to the subscribers of an area."""

from __future__ import annotations

from loa.dossier.model import Dossier
from loa.messages import short_date

_MOST_AREAS = 5


def letter_of(dossier: Dossier) -> tuple[str, str]:
    """The subject and the text of the letter, in Vietnamese; blank lines part paragraphs."""
    subject = f"đề nghị phối hợp nhắn tin tuyên truyền “{dossier.campaign}”"
    return subject, "\n\n".join([_opening(dossier), _requests(dossier), *_closing(dossier)])


def _opening(dossier: Dossier) -> str:
    grounds = f"Thực hiện {'; '.join(dossier.basis)}, " if dossier.basis else ""
    return (
        f"{grounds}{dossier.body} triển khai “{dossier.campaign}”. Để thông tin đến được đông đảo người dân, "
        f"{dossier.body} đề nghị Quý doanh nghiệp phối hợp nhắn tin đến thuê bao của mình như sau:"
    )


def _requests(dossier: Dossier) -> str:
    days = sorted({moment.date() for moment in dossier.times})
    first, last = short_date(days[0]), short_date(days[-1])
    span = f"ngày {first}" if first == last else f"từ ngày {first} đến ngày {last}"
    sender = dossier.sender or "theo thống nhất giữa hai bên"
    lines = (
        f"Phạm vi: thuê bao trên địa bàn {_area(dossier)}.",
        (
            f"Nội dung: {len(dossier.rounds)} tin, ghi tại phụ lục kèm theo; mỗi tin có bản có dấu và bản không dấu, "
            "kèm số phần tin. Đề nghị giữ nguyên văn."
        ),
        f"Tên định danh hiển thị: {sender}.",
        f"Thời gian: {len(dossier.times)} đợt, {span}, giờ ghi tại phụ lục; không nhắn từ 22 giờ đến 7 giờ hôm sau.",
    )
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def _area(dossier: Dossier) -> str:
    if len(dossier.areas) <= _MOST_AREAS:
        return ", ".join(dossier.areas)
    return f"{len(dossier.areas)} đơn vị ghi tại phụ lục"


def _closing(dossier: Dossier) -> tuple[str, ...]:
    contact = f", điện thoại {dossier.hotline}" if dossier.hotline else ""
    return (
        (
            "Công văn này và phụ lục không kèm số điện thoại của người dân; Quý doanh nghiệp gửi đến thuê bao của mình "
            "theo quy định của pháp luật về bảo vệ dữ liệu cá nhân và về viễn thông."
        ),
        (
            "Sau mỗi đợt, đề nghị thông báo số thuê bao đã nhận để tổng hợp báo cáo. "
            f"Đầu mối phối hợp: {dossier.lead}{contact}."
        ),
    )
