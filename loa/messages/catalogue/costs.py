"""E293 and E294: what a plan costs against its budget."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E293": Sentence(
        "Chưa có giá cho kênh {channel}: thiếu thông số {setting}; khoản này chưa tính vào tổng.",
        "No price for {channel}: the setting {setting} is missing; it is not in the total.",
        "Ghi {setting} (số đồng) ở channels.{channel}.settings của loa.yaml.",
        "Write {setting} (in đồng) under channels.{channel}.settings of loa.yaml.",
    ),
    "E294": Sentence(
        "Vượt kinh phí của “{line}”: cần {cost} đồng, được giao {amount} đồng.",
        "Over the budget of “{line}”: {cost} đồng are needed, {amount} are given.",
        "Bớt lượt gửi, rút ngắn tin nhắn, hoặc xin bổ sung kinh phí trước khi duyệt.",
        "Send less, shorten the messages, or ask for more before it is approved.",
    ),
}
