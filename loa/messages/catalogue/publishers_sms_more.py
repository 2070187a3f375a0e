"""E750–E754: what a phone that serves as gateway says, and the international gateways."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E750": Sentence(
        "Điện thoại làm tổng đài không gửi được tin ({detail}).",
        "The phone that serves as gateway could not send the message ({detail}).",
        "Xem điện thoại đó: SIM, tiền trong tài khoản, sóng và hạn mức gửi tin của máy.",
        "Look at that phone: its SIM, its credit, its signal and its limit of messages.",
    ),
    "E751": Sentence(
        "Số máy này đã từ chối hoặc bị chặn nhận tin của đầu gửi ({detail}).",
        "This number has refused messages of this sender, or is barred from them ({detail}).",
        "Không gửi lại; ghi số vào danh sách từ chối của cơ quan.",
        "Do not send again; put the number on the body's own list of refusals.",
    ),
    "E752": Sentence(
        "Bộ lọc của nhà mạng hoặc tổng đài đã chặn tin ({detail}).",
        "A filter of the carrier or the gateway stopped the message ({detail}).",
        "Hỏi tổng đài lý do; xem lại đường dẫn, lời lẽ và số lần gửi tới cùng một máy.",
        "Ask the gateway why; look at links, wording and how often the same handset was written to.",
    ),
    "E753": Sentence(
        "Điện thoại làm tổng đài đang dồn tin chưa gửi kịp ({detail}); Loa tạm nghỉ rồi gửi tiếp.",
        "The phone that serves as gateway has a full queue ({detail}); Loa pauses and goes on.",
        "Xem điện thoại đó còn bật và có sóng không; giảm parts_per_second nếu lặp lại.",
        "See whether that phone is on and has a signal; lower parts_per_second if this repeats.",
    ),
    "E754": Sentence(
        "Nhật ký của tổng đài chưa có lượt gửi này; như vậy chưa đủ để nói là chưa gửi.",
        "The gateway's logs do not show this call; that does not prove that it was not taken.",
        "Loa còn xem lại; nếu vẫn không thấy, mở trang của tổng đài, đối chiếu rồi ghi nhận bằng `loa decide`.",
        "Loa looks again; if it stays so, open the gateway's own pages, compare, and record it by `loa decide`.",
    ),
}
