"""E318 to E336: phone numbers in doubt, and what a text message is made of."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E320": Sentence(
        "Ô số điện thoại để trống.",
        "There is no number.",
        "Ghi số di động vào ô, hoặc bỏ dòng này.",
        "Write the mobile number, or leave the row out.",
    ),
    "E321": Sentence(
        "Số điện thoại thiếu chữ số.",
        "The number has too few digits.",
        "Số di động có 10 chữ số, bắt đầu bằng 0; hỏi lại người trong danh sách.",
        "A mobile number has 10 digits and starts with 0; ask the person again.",
    ),
    "E322": Sentence(
        "Số điện thoại thừa chữ số.",
        "The number has too many digits.",
        "Số di động có 10 chữ số, bắt đầu bằng 0; hỏi lại người trong danh sách.",
        "A mobile number has 10 digits and starts with 0; ask the person again.",
    ),
    "E323": Sentence(
        "Đây là số cố định, không nhận được tin nhắn SMS.",
        "This is a fixed line, which gets no SMS.",
        "Ghi số di động của người này.",
        "Write the person's mobile number.",
    ),
    "E324": Sentence(
        "Đây là số tổng đài (1800, 1900…), không phải số của một người.",
        "This is a service line (1800, 1900…), not a person's number.",
        "Ghi số di động của người này.",
        "Write the person's mobile number.",
    ),
    "E325": Sentence(
        "Đây là đầu số ngắn (như 113, 1022, 5656), không phải số của một người.",
        "This is a short code (such as 113, 1022, 5656), not a person's number.",
        "Ghi số di động của người này.",
        "Write the person's mobile number.",
    ),
    "E326": Sentence(
        "Đây là số nước ngoài.",
        "This is a number abroad.",
        "Loa chỉ gửi tới số di động Việt Nam; ghi số Việt Nam của người này.",
        "Loa sends to Vietnamese mobile numbers only; write the person's number in Vietnam.",
    ),
    "E327": Sentence(
        "Một ô có hai số điện thoại trở lên.",
        "There are two numbers or more in one cell.",
        "Chọn một số, hoặc tách thành mỗi số một dòng.",
        "Choose one, or give each a row of its own.",
    ),
    "E328": Sentence(
        "Excel đã đổi số điện thoại thành dạng rút gọn (như 9.12E+08), các chữ số cuối không còn.",
        "A spreadsheet has shortened the number (as in 9.12E+08); its last digits are lost.",
        "Mở tệp gốc, đổi cột số điện thoại sang kiểu Text rồi nhập lại.",
        "Open the original, make the column of numbers text, and import it again.",
    ),
    "E329": Sentence(
        "Số 11 chữ số kiểu cũ, không rõ đã đổi sang đầu số nào.",
        "An old number of 11 digits, of a code that was never mapped to a new one.",
        "Hỏi lại người trong danh sách để có số hiện nay.",
        "Ask the person for the number of today.",
    ),
    "E330": Sentence(
        "Đầu số này Loa chưa biết chắc; có thể là số của nhà mạng mới.",
        "Loa does not know this block for sure; it may belong to a new operator.",
        "Gọi thử hoặc hỏi lại; nếu đúng thì nhận số này vào danh sách.",
        "Try a call or ask the person; take the number into the list if it is right.",
    ),
    "E331": Sentence(
        "Không đọc được số điện thoại trong ô này.",
        "No phone number can be read in this cell.",
        "Ô chỉ ghi một số di động, không kèm chữ.",
        "Write one mobile number and no words.",
    ),
    "E332": Sentence(
        "Không có tin “{item}” trong chiến dịch “{campaign}”.",
        "There is no item “{item}” in a campaign “{campaign}”.",
        "Xem mã chiến dịch và mã tin trong thư mục campaigns/.",
        "See the ids of campaigns and items in campaigns/.",
    ),
    "E333": Sentence(
        "Tin “{item}” không gửi bằng SMS.",
        "The item “{item}” does not go out by SMS.",
        "Thêm sms vào send của tin, hoặc dùng --text, --file để so sánh một đoạn lời.",
        "Add sms to its send, or compare a text of your own with --text or --file.",
    ),
    "E334": Sentence(
        "Tin “{item}” không có suất phát nào bằng SMS trong 366 ngày tới.",
        "The item “{item}” has no slot by SMS within the next 366 days.",
        "Xem loa timetable và tài khoản sms trong loa.yaml, hoặc dùng --text để so sánh lời.",
        "See loa timetable and the accounts for sms in loa.yaml, or compare the words with --text.",
    ),
    "E335": Sentence(
        "Không có tài khoản SMS “{account}”.",
        "There is no account “{account}” for SMS.",
        "Các tài khoản SMS trong loa.yaml: {known}.",
        "The accounts for SMS in loa.yaml: {known}.",
    ),
    "E336": Sentence(
        "Chưa có danh sách người nhận “{list}” trong sổ.",
        "The book has no list of recipients “{list}” yet.",
        "Nhập danh sách bằng loa recipients import, hoặc ghi số người bằng --count.",
        "Bring it in with loa recipients import, or say how many people with --count.",
    ),
}
