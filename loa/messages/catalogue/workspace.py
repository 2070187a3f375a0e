"""E201 to E219: the workspace, its units and its accounts."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E201": Sentence(
        "Không tìm thấy loa.yaml ở “{folder}” và các thư mục cấp trên.",
        "No loa.yaml was found in “{folder}” or any folder above it.",
        "Chuyển vào thư mục làm việc, hoặc tạo thư mục mới bằng: loa init <tên thư mục>",
        "Go to the workspace folder, or make a new one with: loa init <folder>",
    ),
    "E202": Sentence(
        "Đường dẫn “{path}” nằm ngoài thư mục làm việc.",
        "The path “{path}” lies outside the workspace.",
        "Chép tệp vào thư mục làm việc rồi ghi đường dẫn tính từ thư mục đó, dùng dấu gạch chéo “/”.",
        "Copy the file into the workspace and write its path from there, with “/” between folders.",
    ),
    "E203": Sentence(
        "Không có tài khoản mang mã “{account}” trong loa.yaml.",
        "loa.yaml has no account “{account}”.",
        "Khai báo tài khoản này ở mục accounts của loa.yaml.",
        "Declare the account under accounts in loa.yaml.",
    ),
    "E204": Sentence(
        "Thư mục “{folder}” đã có nội dung.",
        "The folder “{folder}” is not empty.",
        "Chọn tên thư mục khác hoặc một thư mục trống.",
        "Choose another name or an empty folder.",
    ),
    "E205": Sentence(
        "Các đơn vị nối nhau thành vòng: {circle}.",
        "These units form a circle: {circle}.",
        "Sửa cột parent (cấp trên) hoặc successors (kế thừa) để không đơn vị nào quay về chính mình.",
        "Mend parent or successors so that no unit leads back to itself.",
    ),
    "E206": Sentence(
        "Tệp “{file}” không phải văn bản UTF-8.",
        "The file “{file}” is not UTF-8 text.",
        "Trong Excel, lưu lại theo kiểu “CSV UTF-8 (phân tách bằng dấu phẩy)”.",
        "In Excel, save it again as “CSV UTF-8 (comma delimited)”.",
    ),
    "E207": Sentence(
        "Không đọc được tệp “{file}”.",
        "The file “{file}” cannot be read.",
        "Kiểm tra tên tệp và quyền đọc tệp.",
        "Check its name and the permission to read it.",
    ),
    "E208": Sentence(
        "Tệp “{file}” lớn hơn {limit} MB.",
        "The file “{file}” is larger than {limit} MB.",
        "Danh sách đơn vị không thể lớn như vậy; kiểm tra lại tệp.",
        "A list of units cannot be that large; check the file.",
    ),
    "E209": Sentence(
        "Tệp “{file}” trống.",
        "The file “{file}” is empty.",
        "Dòng đầu ghi tên các cột, mỗi dòng sau ghi một đơn vị.",
        "The first line names the columns; each further line is a unit.",
    ),
    "E210": Sentence(
        "Cột “{column}” không dùng được ở đây hoặc ghi hai lần.",
        "The column “{column}” is unknown here or given twice.",
        "Sửa tên cột ở dòng đầu của tệp.",
        "Mend the name of the column in the first line.",
    ),
    "E211": Sentence(
        "Dòng này có nhiều ô hơn {count} cột ở dòng đầu, hoặc có dấu ngoặc kép chưa đóng.",
        "This line has more cells than the {count} columns of the first line, or a quote that is not closed.",
        "Ô có dấu phẩy phải đặt trong dấu ngoặc kép; mỗi đơn vị nằm trọn trên một dòng.",
        "Put a cell that has a comma in double quotes; each unit stands on one line.",
    ),
    "E212": Sentence(
        "Tệp thiếu cột “{column}”.",
        "The column “{column}” is missing.",
        "Thêm cột này vào dòng đầu và điền cho mọi đơn vị.",
        "Add it to the first line and fill it for every unit.",
    ),
    "E213": Sentence(
        "Không có đơn vị mang mã “{value}”.",
        "There is no unit with the code “{value}”.",
        "Sửa mã cho đúng, hoặc thêm đơn vị vào danh sách đơn vị.",
        "Mend the code, or add the unit to the list of units.",
    ),
    "E214": Sentence(
        "Ô ở cột “{column}” bỏ trống.",
        "The cell in the column “{column}” is empty.",
        "Điền giá trị cho ô này.",
        "Fill the cell.",
    ),
    "E215": Sentence(
        "Giá trị “{value}” không hợp lệ ở cột “{column}”.",
        "“{value}” is not valid in the column “{column}”.",
        "Mã viết thường, không dấu, nối bằng gạch ngang; ngày ghi theo kiểu năm-tháng-ngày.",
        "Codes are lower case, unaccented, joined by hyphens; dates are year-month-day.",
    ),
    "E216": Sentence(
        "Không có tệp “{file}” trong thư mục làm việc.",
        "The workspace has no file “{file}”.",
        "Chép tệp vào đúng chỗ, hoặc sửa đường dẫn.",
        "Copy the file to its place, or mend the path.",
    ),
    "E217": Sentence(
        "Mục secrets, khóa “{key}”: giá trị ở đây có vẻ là chính khóa bí mật.",
        "secrets, key “{key}”: the value here looks like the secret itself.",
        "Chỉ ghi TÊN của khóa; giá trị thật đặt bằng `loa secret set TÊN`. Nếu đã lộ, hãy đổi khóa.",
        "Write only the NAME; the value is set with `loa secret set NAME`. If it has leaked, replace it.",
    ),
    "E218": Sentence(
        "Đơn vị “{unit}” kết thúc ({end}) trước khi bắt đầu ({start}).",
        "The unit “{unit}” ends ({end}) before it begins ({start}).",
        "Sửa valid_from hoặc valid_to.",
        "Mend valid_from or valid_to.",
    ),
    "E219": Sentence(
        "Mã “{value}” đã dùng ở {first}.",
        "The code “{value}” was already used at {first}.",
        "Mỗi mã chỉ dùng một lần; đổi một trong hai mã.",
        "A code is used once only; change one of the two.",
    ),
}
