"""E365 to E372: content packs."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E365": Sentence(
        "Không đóng được gói {name} phiên bản {version}.",
        "The pack {name}, version {version}, cannot be made.",
        "Tên gói viết thường không dấu (dvctt-2027), phiên bản là số (2027.1); gói có ít nhất một tệp, "
        "nhiều nhất {most} tệp và {megabytes} MB.",
        "A name is like dvctt-2027, a version like 2027.1; a pack has one file at least, at most {most} files and "
        "{megabytes} MB.",
    ),
    "E366": Sentence(
        "{file} không phải gói nội dung, hoặc đã hỏng ({detail}).",
        "{file} is no content pack, or is damaged ({detail}).",
        "Xin cơ quan gửi gói gửi lại tệp.",
        "Ask the sender for the file again.",
    ),
    "E367": Sentence(
        "{file} đã bị sửa sau khi ký: {detail} không khớp.",
        "{file} was changed after it was signed: {detail} does not match.",
        "Không nhập gói này. Xin cơ quan gửi gói gửi lại tệp.",
        "Do not take it in. Ask the sender for the file again.",
    ),
    "E368": Sentence(
        "Các tệp này của gói {name} đã được sửa ở đây: {files}.",
        "These files of the pack {name} were edited here: {files}.",
        "Giữ bản đã sửa thì đừng nhập; muốn lấy bản của gói thì thêm --replace (bản đã sửa được cất vào var/replaced).",
        "To take those of the pack, add --replace (yours are laid aside under var/replaced).",
    ),
    "E369": Sentence(
        "Ở đây đang dùng gói {name} phiên bản {present}, mới hơn {version}.",
        "Version {present} of the pack {name} is in use here, later than {version}.",
        "Không cần nhập. Muốn quay lại bản cũ, xin cơ quan gửi gói phát hành phiên bản mới.",
        "There is no need to take it in.",
    ),
    "E370": Sentence(
        "Phiếu gói packs/{file} đã bị sửa, không đọc được.",
        "The note packs/{file} was edited and cannot be read.",
        "Xóa phiếu này rồi nhập lại gói.",
        "Remove it and take the pack in again.",
    ),
    "E371": Sentence(
        "Gói {name} của {body} ký bằng khóa mà cơ quan này chưa tin cậy.",
        "The pack {name} of {body} is signed with a key that is not trusted here.",
        "Gọi điện hỏi lại cơ quan đó; nếu đúng khóa, thêm vào loa.yaml: pack_keys: [{{name: {body}, key: {key}}}]",
        "Ask that office by telephone; if it is theirs, add to loa.yaml: pack_keys: [{{name: {body}, key: {key}}}]",
    ),
    "E372": Sentence(
        "{file} không phải phiếu báo dùng gói.",
        "{file} is no note on the use of packs.",
        "Xin đơn vị chạy lại loa pack list --note và gửi tệp mới.",
        "Ask the unit to run loa pack list --note again.",
    ),
}
