"""E920–E927: where secrets live."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E920": Sentence(
        "Mật khẩu không mở được kho khóa var/{path}.",
        "The passphrase does not open var/{path}.",
        "Gõ lại đúng mật khẩu (hoặc sửa LOA_PASSPHRASE). Kho khóa chưa bị thay đổi. Quên mật khẩu thì xóa tệp này "
        "và đặt lại từng khóa bằng `loa secret set`.",
        "Give the right passphrase (or mend LOA_PASSPHRASE). The file was not changed. If it is forgotten, delete the "
        "file and set each secret again with `loa secret set`.",
    ),
    "E921": Sentence(
        "Kho khóa var/{path} bị hỏng hoặc không đọc được.",
        "var/{path} is damaged or cannot be read.",
        "Khôi phục từ bản sao lưu; nếu không có, xóa tệp này và đặt lại từng khóa bằng `loa secret set`.",
        "Restore a backup; without one, delete the file and set each secret again with `loa secret set`.",
    ),
    "E922": Sentence(
        "Kho khóa var/{path} do phiên bản Loa mới hơn ghi (số hiệu {found}, bản này đọc đến {wanted}).",
        "var/{path} was written by a later version of Loa (version {found}, this one reads up to {wanted}).",
        "Dùng đúng phiên bản Loa đã ghi tệp này.",
        "Use the version of Loa that wrote it.",
    ),
    "E923": Sentence(
        "Cần mật khẩu của kho khóa mà không có ai để hỏi ({detail}).",
        "The passphrase of the secrets is needed and there is nobody to ask ({detail}).",
        "Đặt biến môi trường LOA_PASSPHRASE, hoặc LOA_PASSPHRASE_FILE trỏ tới tệp chứa mật khẩu, "
        "hoặc chạy lệnh trong cửa sổ dòng lệnh.",
        "Set LOA_PASSPHRASE, or LOA_PASSPHRASE_FILE to the path of a file that holds it, or run in a terminal.",
    ),
    "E924": Sentence(
        "Mật khẩu mới của kho khóa ngắn hơn {least} ký tự, hoặc hai lần gõ không giống nhau.",
        "The new passphrase is shorter than {least} characters, or was not typed the same twice.",
        "Chọn một câu dài, dễ nhớ với mình và khó đoán với người khác.",
        "Choose a long sentence that you remember and others do not guess.",
    ),
    "E925": Sentence(
        "Kho khóa var/{path} đang được một lệnh khác ghi.",
        "Another command is writing var/{path}.",
        "Đợi lệnh đó xong rồi chạy lại.",
        "Wait until it has ended and run again.",
    ),
    "E926": Sentence(
        "Không dùng được kho khóa của hệ điều hành ({detail}).",
        "The keyring of the operating system cannot be used ({detail}).",
        "Mở khóa kho của hệ điều hành rồi chạy lại, hoặc thêm --store file để dùng tệp mã hóa.",
        "Unlock the keyring and run again, or give --store file to use the encrypted file.",
    ),
    "E927": Sentence(
        "Không tài khoản nào trong loa.yaml dùng khóa bí mật “{name}”. Gần giống: {guess}.",
        "No account in loa.yaml uses a secret “{name}”. Closest: {guess}.",
        "Kiểm tra tên (xem `loa secret list`), hoặc thêm --any nếu vẫn muốn lưu.",
        "Check the name (see `loa secret list`), or give --any to keep it all the same.",
    ),
}
