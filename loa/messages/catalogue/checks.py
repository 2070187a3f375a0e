"""E566 to E579: what the cards of the channels say of a plan, found at check and at render, never at publishing."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E566": Sentence(
        "{channel}: tháng {month} lên lịch {count} lượt cho {accounts}, nhưng gói của tài khoản chỉ cho {most} lượt "
        "mỗi tháng. Các lượt trong tháng: {items}.",
        "{channel}: {count} deliveries are planned in {month} for {accounts}, but the account's package allows {most} "
        "a month. Those of the month: {items}.",
        "Dời bớt sang tháng khác, gộp nhiều bài vào một lượt gửi, hoặc mua gói cao hơn rồi ghi lại gói trong loa.yaml.",
        "Move some to another month, join several articles in one delivery, or buy a larger package and name it in "
        "loa.yaml.",
    ),
    "E567": Sentence(
        "{channel} gửi lại bài đã đăng trên {needed}, nhưng tin “{item}” không đăng trên {needed} cho {unit}.",
        "{channel} passes on what was published on {needed}, but item “{item}” is not published on {needed} "
        "for {unit}.",
        "Thêm {needed} vào mục send của tin đó, cho đúng đơn vị này và có tài khoản {needed}; hoặc chọn tin khác ở "
        "options.",
        "Add {needed} under send of that item, for this unit and with an account on {needed}; or name another item "
        "under options.",
    ),
    "E568": Sentence(
        "Tin “{item}” và tin “{other}” cùng tiêu đề “{title}” trên {channel} ({account}), cách nhau chưa đến một "
        "ngày. Nếu mất trả lời của kênh, Loa không phân biệt được bài nào đã lên.",
        "Items “{item}” and “{other}” have the same title “{title}” on {channel} ({account}), less than a day apart. "
        "Should an answer be lost, nobody could tell which of them is out.",
        "Đặt tiêu đề khác nhau ở phần đầu tệp nội dung.",
        "Give them different titles in the front matter of the content.",
    ),
    "E569": Sentence(
        "{channel}: bài này tốn {with_link} USD vì lời có đường dẫn; không có đường dẫn chỉ tốn {without} USD.",
        "{channel}: this post costs {with_link} USD because its text has a link; without the link {without} USD.",
        "Ảnh đi kèm đã có mã QR: nên ghi link: không cho kênh này và bỏ địa chỉ khỏi lời riêng "
        "(::: channel={channel_id}).",
        "The picture has a QR code: better write link: no for this channel and leave addresses out of its own text "
        "(::: channel={channel_id}).",
    ),
    "E571": Sentence(
        "{channel} trỏ tới tin “{name}”, nhưng chiến dịch không có tin này.",
        "{channel} points at item “{name}”, but the campaign has no such item.",
        "Sửa mã tin ở options; nhiều tin cách nhau bằng dấu phẩy.",
        "Correct the id under options; several ids are separated by commas.",
    ),
    "E572": Sentence(
        "{channel} gửi lúc {moment}, trước khi tin “{item}” được đăng trên {needed} ({later}).",
        "{channel} goes out at {moment}, before item “{item}” is published on {needed} ({later}).",
        "Dời lượt gửi này ra sau giờ đăng bài, hoặc đăng bài sớm hơn.",
        "Move this delivery after the article, or publish the article earlier.",
    ),
    "E573": Sentence(
        "{channel} nhận nhiều nhất {most} bài mỗi lượt gửi, ở đây có {count}.",
        "{channel} takes {most} articles a delivery at most, here are {count}.",
        "Bớt bài ở options, hoặc chia thành nhiều lượt gửi.",
        "Name fewer articles under options, or split them over several deliveries.",
    ),
    "E574": Sentence(
        "{channel}: bài này tốn {with_link} USD vì lời có đường dẫn; không có đường dẫn chỉ tốn {without} USD.",
        "{channel}: this post costs {with_link} USD because its text has a link; without the link {without} USD.",
        "Nếu được, gửi kèm ảnh có mã QR, ghi link: không cho kênh này và bỏ địa chỉ khỏi lời riêng.",
        "If possible, send a picture with a QR code, write link: no for this channel and leave addresses out of its "
        "own text.",
    ),
    "E575": Sentence(
        "Kênh {channel} không có tùy chọn “{name}”.",
        "Channel {channel} has no option “{name}”.",
        "Chọn một tùy chọn mà kênh có, hoặc bỏ dòng này.",
        "Use an option that the channel has, or drop the line.",
    ),
    "E576": Sentence(
        "Tùy chọn {name} của kênh {channel} không nhận giá trị “{value}”.",
        "Option {name} of channel {channel} does not take “{value}”.",
        "Chọn một trong các giá trị dùng được.",
        "Use one of the accepted values.",
    ),
    "E577": Sentence(
        "{channel} không đăng chung nhiều loại ấn phẩm trong một bài; ở đây có {kinds}.",
        "{channel} does not publish assets of several kinds in one post; here are {kinds}.",
        "Chỉ giữ ảnh hoặc chỉ giữ một clip ở mục asset; phần còn lại tách thành tin khác.",
        "Keep only pictures, or only one clip, under asset; put the rest into another item.",
    ),
}
