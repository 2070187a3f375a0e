"""E71x to E73x: lists of people who get messages."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E710": Sentence(
        "Danh sách “{list}” chưa ghi vì sao được phép nhắn tin cho những người này.",
        "The list “{list}” does not say why these people may be written to.",
        "Thêm dòng consent: (bằng chứng đồng ý, nơi lưu) hoặc legal_basis: (văn bản, điều khoản) cho danh sách này.",
        "Add consent: (the proof and where it is kept) or legal_basis: (the document and article) to this list.",
    ),
    "E711": Sentence(
        "Danh sách “{name}” chưa khai báo trong loa.yaml.",
        "loa.yaml declares no list “{name}”.",
        "Ghi đúng mã danh sách, hoặc khai báo nó ở mục lists của loa.yaml.",
        "Write the id of a list as it stands there, or declare it under lists in loa.yaml.",
    ),
    "E712": Sentence(
        "Danh sách “{list}” chưa có số nào trong sổ phát.",
        "The list “{list}” has no numbers in the book yet.",
        "Nhập bằng `loa recipients import {list} TỆP`, hoặc ghi file: cho danh sách này trong loa.yaml.",
        "Bring it in with `loa recipients import {list} FILE`, or give the list a file: in loa.yaml.",
    ),
    "E713": Sentence(
        "Danh sách “{list}” không có ai thuộc đơn vị này.",
        "The list “{list}” has nobody of this unit.",
        "Xem `loa recipients stats {list}`; thêm người của đơn vị vào danh sách, hoặc bỏ đơn vị khỏi tin này.",
        "See `loa recipients stats {list}`; add people of the unit, or take the unit out of the item.",
    ),
    "E714": Sentence(
        "Danh sách “{name}” chưa khai báo trong loa.yaml. Đang có: {lists}.",
        "loa.yaml declares no list “{name}”. There are: {lists}.",
        "Thêm vào loa.yaml rồi nhập lại:\nlists:\n  - id: {name}\n    name: (tên danh sách)\n"
        "    legal_basis: (văn bản, điều khoản cho phép nhắn tin; nếu dựa trên sự đồng ý thì ghi consent:)",
        "Add to loa.yaml, then import again:\nlists:\n  - id: {name}\n    name: (what people call it)\n"
        "    legal_basis: (the document that allows messages; where people agreed, write consent: instead)",
    ),
    "E715": Sentence(
        "Không mở được tệp {file}: {detail}",
        "The file {file} cannot be opened: {detail}",
        "Kiểm tra đường dẫn; đóng tệp nếu đang mở trong Excel.",
        "Check the path; close the file where Excel has it open.",
    ),
    "E716": Sentence(
        "Không đọc được chữ trong tệp {file}: tệp không theo UTF-8, UTF-16 hay Windows-1258.",
        "The letters of {file} cannot be read: it is neither UTF-8, UTF-16 nor Windows-1258.",
        "Mở tệp trong Excel, chọn Lưu thành (Save As) kiểu “CSV UTF-8” hoặc “Excel Workbook (.xlsx)”, rồi nhập lại.",
        "Open it in Excel, save it as “CSV UTF-8” or “Excel Workbook (.xlsx)”, then import that.",
    ),
    "E717": Sentence(
        "{file} không phải tệp CSV hay XLSX đọc được (có thể là .xls đời cũ, .ods, có mật khẩu, hoặc bị hỏng).",
        "{file} is no CSV or XLSX file that can be read (an old .xls, an .ods, locked by a password, or damaged).",
        "Mở tệp bằng Excel hoặc LibreOffice, lưu lại kiểu “Excel Workbook (.xlsx)” không đặt mật khẩu, rồi nhập lại.",
        "Open it in Excel or LibreOffice, save it as “Excel Workbook (.xlsx)” without a password, then import that.",
    ),
    "E718": Sentence(
        "Tệp {file} bung ra quá lớn so với một danh sách, nên không đọc.",
        "Unpacked, {file} is larger than any list; it was not read.",
        "Chép riêng cột số điện thoại và cột đơn vị sang tệp mới, lưu kiểu CSV UTF-8, rồi nhập tệp đó.",
        "Copy the columns of numbers and units into a new file, save it as CSV UTF-8, then import that.",
    ),
    "E719": Sentence(
        "Tệp {file} trống.",
        "The file {file} is empty.",
        "Kiểm tra lại tệp; với XLSX, danh sách phải nằm ở trang tính đầu tiên.",
        "Look at the file; in an XLSX file the list must be on the first sheet.",
    ),
    "E720": Sentence(
        "Không tìm thấy cột số điện thoại trong {file}. Dòng {row} có: {headings}.",
        "No column of {file} has phone numbers. Row {row} has: {headings}.",
        "Đặt tên cột là “Số điện thoại” (hoặc SĐT, phone) và “Mã đơn vị” (hoặc xã, unit) ngay trên danh sách, "
        "rồi nhập lại. Với XLSX, danh sách phải nằm ở trang tính đầu tiên.",
        "Name the columns phone and unit right above the list, then import again. In an XLSX file the list must be on "
        "the first sheet.",
    ),
    "E721": Sentence(
        "Cột {column} của {file} không có số di động nào ({count} dòng đã đọc).",
        "Column {column} of {file} has no mobile number ({count} rows read).",
        "Kiểm tra đúng tệp, đúng cột chưa; cột số phải theo dạng 09… hoặc +849…",
        "Check that it is the right file and column; numbers are written 09… or +849…",
    ),
    "E722": Sentence(
        "Danh sách này vừa được người khác nhập lại; lần nhập này đã dừng và không đổi gì.",
        "Somebody else has begun to import this list; this import has stopped and changed nothing.",
        "Xem `loa recipients stats`; nhập lại nếu cần.",
        "See `loa recipients stats`; import again where needed.",
    ),
    "E723": Sentence(
        "Không đọc được dòng {row} của tệp CSV ({detail}).",
        "Row {row} of the CSV file cannot be read ({detail}).",
        "Mở tệp bằng Excel, xem dòng đó (thường do thừa dấu nháy kép), rồi lưu lại kiểu CSV UTF-8.",
        "Open it in Excel, look at that row (often a stray double quote), then save it as CSV UTF-8.",
    ),
    "E724": Sentence(
        "Tệp khóa {place} bị hỏng: không đủ 32 byte.",
        "The key file {place} is damaged: it is not 32 bytes long.",
        "Chép lại var/vault.key từ bản sao lưu. Đừng xóa tệp để Loa tạo khóa mới: số trong sổ phát sẽ không mở được.",
        "Restore var/vault.key from a backup. Do not delete it for a new one: the numbers in the book would stay shut.",
    ),
    "E725": Sentence(
        "Tệp var/vault.key không phải khóa của sổ phát này: không đọc được số, cũng không nhận ra người đã từ chối.",
        "var/vault.key is not the key of this book: numbers cannot be opened, nor those known who refused.",
        "Chép lại đúng tệp var/vault.key từ bản sao lưu hoặc từ máy cũ. Nếu khóa đã mất hẳn: cất sổ cũ "
        "(var/book.sqlite) đi, nhập lại danh sách vào sổ mới, rồi nhập lại những số đã từ chối bằng "
        "`loa recipients forget`.",
        "Bring the right var/vault.key from a backup or the old machine. If it is lost for good: put the old book "
        "(var/book.sqlite) aside, import the lists into a new one, and enter those who refused by "
        "`loa recipients forget`.",
    ),
    "E726": Sentence(
        "Đọc được {count} số điện thoại trong {file}, nhưng đơn vị ghi ở các dòng đó không có trong danh sách đơn vị.",
        "{file} has {count} numbers, but the units in their rows are not among the units.",
        "Sửa cột đơn vị: ghi mã hoặc tên đúng như trong tệp đơn vị (units) mà loa.yaml nêu, rồi nhập lại.",
        "Mend the column of units: the code or the name as in the file of units of loa.yaml; then import again.",
    ),
    "E735": Sentence(
        "Số đúng, nhưng đơn vị ghi ở dòng này không có trong danh sách đơn vị.",
        "The number is good, but the unit of this row is not among the units.",
        "Ghi mã hoặc tên đơn vị đúng như trong tệp đơn vị (units) mà loa.yaml nêu, rồi nhập lại.",
        "Write the code or the name of the unit as in the file of units of loa.yaml, then import again.",
    ),
    "E733": Sentence(
        "Danh sách “{list}” không có dòng {row} nào chờ xem lại.",
        "Row {row} of the list “{list}” does not wait for review.",
        "Xem các dòng đang chờ: `loa recipients review {list}`.",
        "See what waits: `loa recipients review {list}`.",
    ),
    "E734": Sentence(
        "Loa không đọc ra số nào ở dòng {row}, nên không nhận được.",
        "Loa can read no number in row {row}, so there is nothing to accept.",
        "Gõ số đúng: thêm --correct {row}; hoặc bỏ dòng: --drop {row}.",
        "Type the right number with --correct {row}, or give the row up with --drop {row}.",
    ),
    "E736": Sentence(
        "Danh sách “{list}” tự nhập từ tệp {file} ghi trong loa.yaml, nên không nhập từ tệp khác.",
        "The list “{list}” comes by itself from the file {file} of loa.yaml, so no other file is imported.",
        "Sửa hoặc thay tệp {file}; hoặc bỏ dòng file: của danh sách trong loa.yaml rồi nhập lại.",
        "Change or replace {file}; or take the line file: of the list out of loa.yaml, then import again.",
    ),
    "E737": Sentence(
        "Chủ số này đã yêu cầu xóa, nên số không vào danh sách nữa.",
        "The owner of this number asked to be forgotten; it goes into no list any more.",
        "Bỏ dòng này bằng --drop.",
        "Give the row up with --drop.",
    ),
    "E738": Sentence(
        "Ngày {dated} của tệp Không quảng cáo nằm ở tương lai.",
        "The do-not-call file is dated {dated}, which is in the future.",
        "Ghi ngày tải tệp về: --dated năm-tháng-ngày.",
        "Give the day on which the file was fetched: --dated YYYY-MM-DD.",
    ),
    "E739": Sentence(
        "Loa chỉ đọc trang tính đầu tiên, nhưng trong {file} trang đó đang bị ẩn, "
        "hoặc trang khác cũng có số điện thoại (trang thứ: {sheets}). Chưa nhập gì.",
        "Only the first sheet is read, but in {file} it is hidden, or other sheets have phone numbers, too "
        "(sheets: {sheets}). Nothing was imported.",
        "Chép tất cả số vào một trang tính duy nhất không ẩn, hoặc tách mỗi trang thành một tệp cho một danh sách.",
        "Put all numbers on one sheet that is not hidden, or make each sheet a file of a list of its own.",
    ),
}
